"""The words of every conversation story lead where the story says.

`rasa test core` takes the intents of a story for granted and tests what follows from them; with
`--e2e` it reads the words, but then every term in them must be marked up. So they are read here.
"""

from __future__ import annotations

from typing import Any

import pytest

from askmyo.running.parsing import Parser
from tests.safety.contract import faults
from tests.safety.texts import ROOT, raw
from tests.safety.turns import Conversation, registered

FILES = sorted((ROOT / "tests/conversations").glob("*.yml"))
STORIES = {one["story"]: one["steps"] for path in FILES for one in raw(path)["stories"]}


@pytest.mark.parametrize("story", STORIES)
def test_the_words_of_a_story_lead_where_it_says(parser: Parser, story: str) -> None:
    conversation = Conversation()
    for step in STORIES[story]:
        if "user" in step:
            replies = conversation.say(parser, step["user"].strip())
            assert faults(replies) == []
            label = str(conversation.turn["label"])
            assert step["intent"] in (label, label.split("/", maxsplit=1)[0]), step["user"]
        else:
            assert conversation.action == step["action"]


def test_a_story_for_every_kind_of_turn() -> None:
    """And each of them leads to an action that there is."""
    steps: list[dict[str, Any]] = [step for steps in STORIES.values() for step in steps]
    intents = {step["intent"] for step in steps if "intent" in step}
    needed = {"emergency", "urgent", "crisis", "support", "personal_advice", "privacy/any"}
    needed |= {f"out_of_scope/{one}" for one in ("abuse", "injection", "gibberish", "near", "far")}
    needed |= {f"out_of_scope/other_language_{one}" for one in ("es", "fr", "de", "it", "pt")}
    assert needed <= intents
    assert {step["action"] for step in steps if "action" in step} <= registered().keys()


def test_no_story_hides_another_of_its_name() -> None:
    assert len(STORIES) == sum(len(raw(path)["stories"]) for path in FILES)
