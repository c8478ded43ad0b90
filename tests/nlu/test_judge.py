"""What the judge makes of rankings: an answer, two, a question back, talk, or nothing."""

from __future__ import annotations

import pytest

from askmyo.nlu.judge import CLARIFY, MAX_OPTIONS, Context, Limits, Turn, judge, merge
from askmyo.nlu.ranked import Ranked

POOL, WEIGHTS, CAUSE, CURE = "exercise/pool", "exercise/weights", "causes/cause", "treatment/cure"
LIMITS = Limits()


def said(
    *labels: tuple[str, float], scope: float = 0.9, question: bool = True, outside: str = "near"
) -> Ranked:
    return Ranked("text", question, list(labels), scope, f"out_of_scope/{outside}")


def turn(*rankings: Ranked) -> Turn:
    return judge(rankings, Context(), LIMITS)


def test_a_clear_question_is_answered_and_a_rival_offered() -> None:
    found = turn(said((POOL, 0.7), (WEIGHTS, 0.2), (CAUSE, 0.01)))
    assert (found.answers, found.options) == ((POOL,), (WEIGHTS,))
    assert found.intent == "exercise"


def test_two_clear_questions_are_both_answered() -> None:
    whole = said((POOL, 0.5), (CAUSE, 0.4))
    assert turn(whole, said((POOL, 0.9)), said((CAUSE, 0.9))).answers == (POOL, CAUSE)


def test_a_statement_beside_a_question_gets_no_second_answer() -> None:
    whole = said((CAUSE, 0.5), (POOL, 0.4))
    assert turn(whole, said((POOL, 0.9), question=False), said((CAUSE, 0.9))).answers == (CAUSE,)


@pytest.mark.parametrize(
    ("sure", "clause", "answer"),
    [
        (0.44, said((POOL, 0.95)), POOL),
        (0.54, said((POOL, 0.95)), POOL),
        (0.56, said((POOL, 0.95)), CAUSE),
        (0.54, said((POOL, 0.95), scope=0.4), CAUSE),
        (0.44, said((POOL, 0.85)), CAUSE),
        (0.44, said((POOL, 0.95), question=False), CAUSE),
        (0.44, said(("smalltalk/hello", 0.95)), CAUSE),
    ],
)
def test_where_the_whole_is_unclear_a_clear_question_in_it_decides(
    sure: float, clause: Ranked, answer: str
) -> None:
    assert turn(said((CAUSE, sure)), clause, said((WEIGHTS, 0.3))).answers == (answer,)


def test_distress_offers_what_may_have_been_asked() -> None:
    found = turn(said(("support/sad", 0.6), (POOL, 0.2), (CURE, 0.01)))
    assert (found.label, found.answers, found.options) == ("support/sad", (), (POOL,))


def test_doubt_leads_to_questions_and_never_to_a_guess() -> None:
    found = turn(said((POOL, 0.3), (WEIGHTS, 0.25), (CAUSE, 0.2), (CURE, 0.1)))
    assert (found.label, found.answers) == (CLARIFY, ())
    assert found.options == (POOL, WEIGHTS, CAUSE)
    assert len(found.options) == MAX_OPTIONS


@pytest.mark.parametrize(
    ("confidence", "scope", "outside", "answered"),
    [
        (0.6, LIMITS.scope, "near", True),
        (0.6, LIMITS.scope - 0.01, "near", False),
        (LIMITS.clear, LIMITS.clear_scope, "near", True),
        (LIMITS.clear, LIMITS.clear_scope - 0.01, "near", False),
        (0.6, LIMITS.far_scope, "far", True),
        (0.6, LIMITS.far_scope - 0.01, "far", False),
        (LIMITS.clear, LIMITS.clear_far_scope, "far", True),
        (LIMITS.clear, LIMITS.clear_far_scope - 0.01, "far", False),
    ],
)
def test_what_is_out_of_scope_gets_no_answer(
    confidence: float, scope: float, outside: str, answered: bool
) -> None:
    found = turn(said((POOL, confidence), scope=scope, outside=outside))
    assert bool(found.answers) is answered
    assert answered or found.label == f"out_of_scope/{outside}"


@pytest.mark.parametrize(
    ("scope", "outside", "label"),
    [
        (LIMITS.strange - 0.01, "far", "out_of_scope/far"),
        (LIMITS.strange, "far", "personal_advice/dose"),
        (0.0, "near", "personal_advice/dose"),
    ],
)
def test_what_only_sounds_like_a_plea_for_advice_is_out_of_scope(
    scope: float, outside: str, label: str
) -> None:
    found = turn(said(("personal_advice/dose", 0.9), (POOL, 0.1), scope=scope, outside=outside))
    assert (found.label, found.answers) == (label, ())


def test_only_what_is_near_points_on() -> None:
    assert turn(said((POOL, 0.6), scope=0.01)).options == (POOL,)
    assert turn(said((POOL, 0.6), scope=0.01, outside="far")).options == ()


def test_personal_advice_is_declined_and_the_general_answer_offered() -> None:
    found = turn(said(("personal_advice/dose", LIMITS.personal), (POOL, 0.3)))
    assert (found.label, found.answers, found.options) == ("personal_advice/dose", (), (POOL,))


@pytest.mark.parametrize(("clause", "declined"), [(0.5, False), (LIMITS.personal_clause, True)])
def test_beside_a_plain_question_a_clause_must_ask_for_advice_clearly(
    clause: float, declined: bool
) -> None:
    found = turn(said((POOL, LIMITS.plain)), said(("personal_advice/dose", clause)))
    assert (found.intent == "personal_advice") is declined
    assert found.options == ((POOL,) if declined else ())


@pytest.mark.parametrize(
    ("which", "sure", "clause", "declined"),
    [
        ("do_i_have_it", 0.99, 0.9, False),
        ("do_i_have_it", 0.99, 0.96, True),
        ("do_i_have_it", 0.9, 0.9, True),
        ("dose", 0.99, 0.9, True),
        ("start_stop", 0.99, 0.9, True),
        ("read_result", 0.99, 0.9, True),
    ],
)
def test_beside_a_certain_question_advice_on_no_medicine_must_be_certain_too(
    which: str, sure: float, clause: float, declined: bool
) -> None:
    found = turn(said((POOL, sure), scope=1.0), said((f"personal_advice/{which}", clause)))
    assert (found.intent == "personal_advice") is declined


def test_beside_a_doubtful_question_less_is_enough() -> None:
    found = turn(said((POOL, 0.5)), said(("personal_advice/dose", LIMITS.personal)))
    assert found.intent == "personal_advice"


def test_told_distress_comes_before_what_it_is_about() -> None:
    labels = ((POOL, 0.55), ("support/sad", LIMITS.told))
    assert turn(said(*labels, question=False)).label == "support/sad"
    assert turn(said(*labels)).answers == (POOL,)
    less = ((POOL, 0.55), ("support/sad", LIMITS.told - 0.01))
    assert turn(said(*less, question=False)).answers == (POOL,)


@pytest.mark.parametrize(("scope", "offered"), [(LIMITS.far_scope, True), (LIMITS.scope, False)])
def test_what_may_be_far_off_needs_more_to_be_asked_back(scope: float, offered: bool) -> None:
    found = turn(said((POOL, 0.3), (WEIGHTS, 0.25), scope=scope, outside="far"))
    assert (found.label == CLARIFY) is offered


def test_a_plea_for_advice_in_a_clause_is_declined_beside_chatter() -> None:
    whole = said(("personal_advice/dose", 0.9), scope=0.01, outside="far")
    assert turn(whole, said(("personal_advice/dose", 0.9), scope=0.6)).intent == "personal_advice"


def test_distress_counts_with_all_its_labels() -> None:
    found = turn(said(("support/sad", 0.2), (POOL, 0.25), ("support/lonely", 0.2)))
    assert found.label == "support/sad"


def test_distress_is_seen_out_of_scope_other_talk_is_not() -> None:
    assert turn(said(("support/sad", 0.5), scope=LIMITS.distress)).label == "support/sad"
    assert turn(said(("support/sad", 0.5), scope=0.0)).intent == "out_of_scope"
    assert turn(said(("smalltalk/greet", 0.9), scope=0.01)).intent == "out_of_scope"


def test_thanks_beside_a_question_leave_the_question() -> None:
    whole = said(("smalltalk/thanks", 0.45), (POOL, 0.3))
    assert turn(whole, said(("smalltalk/thanks", 0.9)), said((POOL, 0.9))).answers == (POOL,)


def test_the_whole_message_counts_most() -> None:
    merged = merge([said((POOL, 1.0)), said((CAUSE, 1.0)), said((CURE, 0.5))])
    assert [label for label, _ in merged] == [POOL, CAUSE, CURE]
    assert merged[0][1] == pytest.approx(4 / 6)
