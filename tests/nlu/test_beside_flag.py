"""Which answer may follow a warning, by rankings alone: no model is needed."""

from __future__ import annotations

import pytest

from askmyo.nlu.beside_flag import (
    CALM,
    DOUBT,
    Clause,
    answer_beside,
    answer_in_doubt,
    really_asks,
)
from askmyo.nlu.ranked import Ranked

POOL = "exercise/warm_pool"


def clause(
    text: str = "is the pool good for me",
    label: str = POOL,
    *,
    sure: float = 0.9,
    scope: float = 0.9,
    danger: float = 0.0,
) -> Clause:
    return Clause(Ranked(text, True, [(label, sure)], scope), danger)


def test_the_surest_question_is_answered() -> None:
    other = clause("what causes it", "causes/what_causes", sure=0.95)
    assert answer_beside([clause(), other]) == "causes/what_causes"


@pytest.mark.parametrize(
    "one",
    [
        clause(sure=0.79),
        clause(scope=0.4),
        clause(danger=CALM),
        clause(label="help/any"),
        clause("can't breathe"),
        Clause(Ranked("i like the pool", False, [(POOL, 1.0)], 1.0), 0.0),
    ],
)
def test_a_doubtful_clause_is_not(one: Clause) -> None:
    assert answer_beside([one]) is None
    assert answer_beside([one, clause("what causes it", "causes/what_causes")]) is not None


def test_nothing_said_beside_the_danger_gets_no_answer() -> None:
    assert answer_beside([]) is None


@pytest.mark.parametrize(
    "label",
    ["treatment/medicines_to_watch", "outlook/life_expectancy", "daily_life/planning_ahead"],
)
def test_in_a_crisis_some_answers_are_kept_back(label: str) -> None:
    assert answer_beside([clause(label=label)]) == label
    assert answer_beside([clause(label=label)], crisis=True) is None
    assert answer_beside([clause(label=label), clause()], crisis=True) == POOL


def test_a_doubtful_warning_is_followed_by_a_clear_answer() -> None:
    whole = Ranked("puffy ankles", False, [("symptoms/swollen_feet", 0.9)], 0.9)
    assert answer_in_doubt(whole, DOUBT - 0.01) == "symptoms/swollen_feet"
    assert answer_in_doubt(whole, DOUBT) is None
    unsure = Ranked("puffy ankles", False, [("symptoms/swollen_feet", 0.7)], 0.9)
    assert answer_in_doubt(unsure, 0.0) is None
    talk = Ranked("puffy ankles", False, [("support/sad", 1.0)], 1.0)
    assert answer_in_doubt(talk, 0.0) is None
    told = Ranked("both ankles are puffy all of today", False, whole.labels, 0.9)
    assert answer_in_doubt(told, 0.0) is None
    assert answer_in_doubt(clause("what makes ankles so very puffy").ranked, 0.0) == POOL
    called = Ranked("ankles puffy, help", False, whole.labels, 0.9)
    assert answer_in_doubt(called, 0.0) is None


ASKS = [
    "what causes inclusion body myositis?",
    "can i swim?",
    "is inclusion body myositis hereditary",
    "are there any trials",
    "can't i swim any more?",
    "is swimming good for inclusion body myositis?",
    "which splint is best for me?",
    "i would like to know whether swimming helps",
    "does it run in families, or is it just chance?",
    "tell me about splints",
]
TELLS = [
    "can't breathe",
    "can't swallow my own spit",
    "won't wake up",
    "have fallen and can't get up",
    "is choking on his dinner",
    "was fine yesterday",
    "it's just the heat, yes?",
    "my calf is only swollen from the walk, right",
    "it's only indigestion, this pain, isn't it?",
    "they are better off without me, aren't they",
]


@pytest.mark.parametrize("text", ASKS)
def test_a_question_asks(text: str) -> None:
    assert really_asks(Ranked(text, True, [(POOL, 1.0)], 1.0))


@pytest.mark.parametrize("text", TELLS)
def test_a_statement_that_looks_like_one_does_not(text: str) -> None:
    assert not really_asks(Ranked(text, True, [(POOL, 1.0)], 1.0))
