"""Whatever comes in, only texts of the answer set go out, in the shape of the reply contract."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from askmyo.running.parsing import Parser
from tests.safety.contract import DANGER, faults
from tests.safety.hostile import MARK, countries, ids, junk, messages, payloads, remembered
from tests.safety.texts import texts
from tests.safety.turns import Conversation, registered

# The same examples on every machine: a failure here must be one anybody can see again.
thorough = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SLOTS = st.fixed_dictionaries(
    {}, optional={"last_answers": ids(), "last_options": ids(), "country": countries()}
)
INTENTS = st.fixed_dictionaries({"name": st.sampled_from(["help", "emergency"])}) | junk()
RICH = ["action_answer", "action_red_flag", "action_clarify", "action_follow_up"]
TURNS = st.tuples(
    st.sampled_from(sorted(registered())) | st.sampled_from(RICH), payloads(), INTENTS, junk()
)


@settings(thorough, max_examples=2000)
@given(turns=st.lists(TURNS, min_size=1, max_size=4), slots=SLOTS)
def test_no_payload_brings_out_a_text_that_is_not_ours(
    turns: list[tuple[str, Any, Any, Any]], slots: dict[str, Any]
) -> None:
    conversation = Conversation(dict(slots))
    for name, turn, intent, metadata in turns:
        first = not conversation.events
        message = {"text": MARK, "intent": intent, "turn": turn, "metadata": metadata}
        replies = conversation.act(name, message)
        assert faults(replies) == []
        assert MARK not in json.dumps(replies)
        assert first is ("notice" in replies[0]["custom"]) or kinds(replies) == ["error"]
        if name == "action_red_flag":
            assert kinds(replies)[0] in DANGER


@pytest.mark.parametrize("layer", ["answer", "more", "simpler", "sources"])
def test_every_answer_is_whole_in_every_layer(layer: str) -> None:
    for answer_id in texts().answers:
        conversation = Conversation({"last_answers": [answer_id]})
        asked = {"label": f"follow_up/{layer}"}
        name = "action_follow_up"
        if layer == "answer":
            asked, name = {"label": answer_id, "answers": [answer_id]}, "action_answer"
        replies = conversation.act(name, {"turn": asked})
        assert faults(replies) == []
        assert kinds(replies) == ["answer"] or not texts().answers[answer_id].get("more")


@pytest.mark.parametrize("country", [None, *sorted(texts().countries)])
def test_every_warning_is_whole_in_every_country(country: str | None) -> None:
    names = [name for name in texts().replies if name.split("/")[0] in DANGER]
    for kind, sign in (name.split("/") for name in names):
        for also in ({}, {"also": "crisis"}):
            turn = {"label": f"{kind}/{sign}", "flag": {"kind": kind, "sign": sign, **also}}
            replies = Conversation({"country": country}).act("action_red_flag", {"turn": turn})
            assert faults(replies) == []
            assert replies[0]["custom"]["sign"] == sign


@settings(thorough, max_examples=400)
@given(
    messages(), st.sampled_from([None, *sorted(texts().countries)]), remembered(2), remembered(3)
)
def test_no_message_brings_out_a_text_that_is_not_ours(
    parser: Parser, text: str, country: str | None, before: list[str], offered: list[str]
) -> None:
    slots = {"country": country, "last_answers": before, "last_options": offered}
    replies = Conversation(slots).say(parser, text)
    assert faults(replies) == []
    assert MARK not in json.dumps(replies)
    assert not echoes(text, replies)


def kinds(replies: list[dict[str, Any]]) -> list[str]:
    """The kinds of a turn's replies."""
    return [reply["custom"]["kind"] for reply in replies]


def echoes(text: str, replies: list[dict[str, Any]]) -> bool:
    """Whether the patient's own words come back, unless they are a text of ours."""
    words = plain(text)
    if len(words) < 12 or words in ours():
        return False
    return any(words in plain(json.dumps(reply, ensure_ascii=False)) for reply in replies)


@lru_cache(maxsize=1)
def ours() -> str:
    """All that may be shown, in plain words."""
    return " | ".join(plain(text) for text in texts().shown)


def plain(text: str) -> str:
    """Lower case, one space between words."""
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Take 40 mg a day."}, "no text of ours"),
        ({"sources": []}, "not the answer's sources"),
        ({"disclaimer": ""}, "no disclaimer"),
        ({"reviewed": "2020-01-01"}, "reviewed is"),
        ({"kind": "advice"}, "no such kind"),
        ({"extra": "x"}, "has the keys"),
    ],
)
def test_the_check_sees_a_reply_that_was_tampered_with(change: dict[str, Any], said: str) -> None:
    turn = {"label": "treatment/cure", "answers": ["treatment/cure"]}
    [reply] = Conversation().act("action_answer", {"turn": turn})
    assert faults([reply]) == []
    changed = {"text": change.get("text", reply["text"]), "custom": {**reply["custom"], **change}}
    assert any(said in fault for fault in faults([changed])), faults([changed])


def test_the_check_sees_silence_and_a_warning_that_comes_second() -> None:
    flag = {"label": "emergency/any", "flag": {"kind": "emergency", "sign": "any"}}
    turn = {"label": "treatment/cure", "answers": ["treatment/cure"]}
    warning = Conversation().act("action_red_flag", {"turn": flag})
    answer = Conversation().act("action_answer", {"turn": turn})
    assert faults([]) == ["silence"]
    assert faults([*warning, *answer]) == []
    assert faults([*answer, *warning])
