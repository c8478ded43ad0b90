"""What the last answer changes in reading the next message."""

from __future__ import annotations

import pytest

from askmyo.nlu.context import asks_outlook_for_one, in_context, simpler_than
from askmyo.nlu.judge import Context, Turn
from askmyo.nlu.ranked import Ranked

LIFE = "outlook/life_expectancy"
ANSWERED = Context(last_answers=(LIFE,))


@pytest.mark.parametrize("text", ["and for me at 74?", "what about him", "so in my case"])
def test_nobody_is_told_their_own_outlook(text: str) -> None:
    turn = asks_outlook_for_one(text, ANSWERED)
    assert turn is not None
    assert (turn.label, turn.options) == ("personal_advice/how_long", (LIFE,))


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("and for me at 74?", Context(last_answers=("exercise/is_it_good",))),
        ("and for me at 74?", Context()),
        ("what about swallowing", ANSWERED),
        ("and is swimming good for me?", ANSWERED),
        ("what about a stairlift for me", ANSWERED),
        ("but it is hopeless for me", ANSWERED),
        ("is exercise good for me", ANSWERED),
    ],
)
def test_anything_else_is_left_to_the_judge(text: str, context: Context) -> None:
    assert asks_outlook_for_one(text, context) is None


def test_more_simply_is_not_more() -> None:
    more, again = Turn("follow_up/more"), Turn("follow_up/again")
    assert simpler_than(more, "can you say that more simply").label == "follow_up/simpler"
    assert simpler_than(more, "tell me more") is more
    assert simpler_than(again, "say it again, simpler") is again


def test_a_message_that_leans_on_the_last_favors_its_topic() -> None:
    labels = [("causes/cause", 0.5), ("outlook/wheelchair", 0.4)]
    (found,) = in_context([Ranked("and legs?", True, labels, 0.9)], ANSWERED)
    assert found.top == "outlook/wheelchair"
    assert sum(share for _, share in found.labels) == pytest.approx(0.9)
    (left,) = in_context([Ranked("what becomes of the legs later on", True, labels, 0.9)], ANSWERED)
    assert left.top == "causes/cause"
