"""The Rasa component: has the last word, keeps no state, stands missing neighbors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from askmyo.nlu import red_flag_detector
from askmyo.nlu.keys import PARTS, RANKINGS, TURN
from askmyo.nlu.ranked import Ranked
from askmyo.nlu.red_flag_detector import RedFlagDetector, is_explained
from askmyo.nlu.red_flags import Flag
from askmyo.nlu.red_flags.phrases import _compiled
from tests.nlu.component import loaded


def detector(tmp_path: Path) -> RedFlagDetector:
    config = RedFlagDetector.get_default_config()
    return RedFlagDetector(config, LocalModelStorage(tmp_path), Resource("red_flags"))


def processed(tmp_path: Path, text: str, turn: dict[str, object] | None = None) -> Message:
    message = Message(data={TEXT: text, INTENT: {"name": "exercise", "confidence": 0.9}})
    if turn:
        message.set(TURN, turn)
    return detector(tmp_path).process([message])[0]


POOL, STEROIDS = "exercise/pool", "treatment/steroids"


def flagged(tmp_path: Path, *clauses: tuple[str, bool, str], turn: str = POOL) -> dict[str, Any]:
    """The turn of a message of these clauses, each with its mark as a question and its label."""
    text = ". ".join(clause for clause, _, _ in clauses)
    whole = Ranked(text, any(asks for _, asks, _ in clauses), [(POOL, 0.9)], 0.9)
    parts = [Ranked(clause, asks, [(label, 0.9)], 0.9) for clause, asks, label in clauses]
    message = Message(data={TEXT: text, INTENT: {"name": "exercise", "confidence": 0.9}})
    message.set(TURN, {"label": turn, "answers": [POOL], "options": ["exercise/x"]})
    message.set(PARTS, [{"text": one.text, "canonical": one.text} for one in parts])
    message.set(RANKINGS, [whole, *(parts if len(parts) > 1 else [])])
    found: dict[str, Any] = detector(tmp_path).process([message])[0].get(TURN)
    assert found["label"] == f"{message.get(INTENT)['name']}/{found['flag']['sign']}"
    return found


DANGER = ("I can't breathe right now", False, "symptoms/breathing")


def test_a_flag_wins_and_the_answer_to_a_real_question_follows(tmp_path: Path) -> None:
    found = flagged(tmp_path, ("is the pool good for weak legs?", True, POOL), DANGER)
    assert found["label"] == "emergency/breathing"
    assert (found["answers"], found["options"]) == ([POOL], [])


@pytest.mark.parametrize(
    ("why", "clauses"),
    [
        ("the danger alone", [DANGER]),
        ("nothing is asked", [("I went to the pool", False, POOL), DANGER]),
        ("the danger is what is asked", [("hello there", False, POOL), (DANGER[0], True, POOL)]),
        ("kind of talk", [("how are you?", True, "smalltalk/how_are_you"), DANGER]),
        ("advice is asked", [("should I stop prednisone?", True, STEROIDS), DANGER]),
        (
            "advice beside a question",
            [("is the pool good?", True, POOL), ("my doctor said double it, right?", True, POOL)],
        ),
    ],
)
def test_no_answer_follows_a_flag(
    tmp_path: Path, why: str, clauses: list[tuple[str, bool, str]]
) -> None:
    more = [] if DANGER[0] in [text for text, _, _ in clauses] else [DANGER]
    assert flagged(tmp_path, *clauses, *more)["answers"] == [], why


def test_no_answer_follows_where_the_judge_saw_advice(tmp_path: Path) -> None:
    asked = ("is the pool good for weak legs?", True, POOL)
    assert flagged(tmp_path, asked, DANGER, turn="personal_advice/any")["answers"] == []


def test_in_a_crisis_no_answer_on_medicines_follows(tmp_path: Path) -> None:
    crisis = ("I want to die", False, "outlook/life_expectancy")
    drugs = ("which drugs are used in this illness?", True, STEROIDS)
    assert flagged(tmp_path, drugs, crisis)["answers"] == []
    assert flagged(tmp_path, drugs, DANGER)["answers"] == [STEROIDS]
    both = flagged(
        tmp_path, drugs, ("I took all my tablets at once because I want to die", *DANGER[1:])
    )
    assert both["flag"]["kind"] == "emergency"
    assert both["answers"] == []


def test_works_without_turn_or_vectors(tmp_path: Path) -> None:
    message = processed(tmp_path, "I want to die")
    assert message.get(TURN)["flag"]["kind"] == "crisis"
    assert message.get(TURN)["answers"] == []


def test_leaves_other_turns_alone(tmp_path: Path) -> None:
    turn = {"label": "exercise/pool", "answers": ["exercise/pool"], "options": []}
    message = processed(tmp_path, "is the pool good for weak legs?", dict(turn))
    assert message.get(TURN) == turn
    assert message.get(INTENT)["name"] == "exercise"


def test_an_answer_becomes_personal_advice(tmp_path: Path) -> None:
    turn = {"label": "treatment/steroids", "answers": ["treatment/steroids"], "options": []}
    message = processed(tmp_path, "should I stop prednisone", turn)
    assert message.get(TURN)["label"] == "personal_advice/start_stop"
    assert message.get(TURN)["answers"] == []
    assert message.get(TURN)["options"] == ["treatment/steroids"]


def test_an_editors_own_question_is_answered(tmp_path: Path) -> None:
    turn = {
        "label": "treatment/statins",
        "answers": ["treatment/statins"],
        "options": [],
        "ranking": [["treatment/statins", 1.0]],
    }
    message = processed(tmp_path, "Should I give up my simvastatin?", dict(turn))
    assert message.get(TURN) == turn


def test_a_change_of_phrases_trains_anew(tmp_path: Path, monkeypatch) -> None:
    before = RedFlagDetector.fingerprint_addon({})
    (tmp_path / "signs.yml").write_text("signs: {}")
    monkeypatch.setattr(red_flag_detector, "HERE", tmp_path)
    assert RedFlagDetector.fingerprint_addon({}) != before


ALONE, BOTH, PHRASE = ("classifier",), ("phrase", "classifier"), ("phrase",)


@pytest.mark.parametrize(
    ("why", "by", "label", "confidence", "danger", "explained"),
    [
        ("an editor's own goodbye", ALONE, "smalltalk/goodbye", 1.0, 1.0, True),
        ("a guess", ALONE, "smalltalk/goodbye", 0.99, 0.3, False),
        ("a phrase stands in it", BOTH, "smalltalk/goodbye", 1.0, 0.3, False),
        ("a phrase alone", PHRASE, "smalltalk/goodbye", 1.0, 0.3, False),
        ("distress", ALONE, "support/sad", 1.0, 0.3, False),
        ("a plea for a dose", ALONE, "personal_advice/dose", 0.9, 0.3, True),
        ("a plea for a dose, and some danger", ALONE, "personal_advice/dose", 0.9, 0.5, False),
        ("a plea for comfort", ALONE, "personal_advice/reassurance", 0.9, 0.3, False),
        ("a plea for a dose with a phrase in it", PHRASE, "personal_advice/dose", 0.9, 0.3, False),
        ("a clear question", ALONE, POOL, 0.9, 0.5, True),
        ("a question, and much danger", ALONE, POOL, 1.0, 0.7, False),
        ("it may be another question", ALONE, POOL, 0.8, 0.5, False),
        ("a clear question, and both see danger", BOTH, POOL, 1.0, 0.5, False),
        ("a clear question with a phrase in it", PHRASE, POOL, 1.0, 0.25, True),
        ("a phrase, and some danger", PHRASE, POOL, 1.0, 0.4, False),
    ],
)
def test_what_one_way_alone_sees_may_be_explained(
    why: str, by: tuple[str, ...], label: str, confidence: float, danger: float, explained: bool
) -> None:
    ranked = Ranked("goodbye", False, [(label, confidence)], 1.0)
    flag = Flag("crisis", "veiled_farewell", by, danger=danger)
    assert is_explained([ranked], flag) is explained


LIFE, HOW_LONG, DOSE = "outlook/life_expectancy", "personal_advice/how_long", "personal_advice/dose"


@pytest.mark.parametrize(
    ("why", "kind", "texts", "explained"),
    [
        ("how long is left, in one's own case or not", "crisis", [(LIFE, HOW_LONG)], True),
        ("another danger", "emergency", [(LIFE, HOW_LONG)], False),
        ("it may be a result that is asked for", "crisis", [(LIFE, "personal_advice/x")], False),
        ("it may be a dose", "crisis", [(HOW_LONG, DOSE)], False),
        (
            "two kinds of medicine, none for sure",
            "crisis",
            [(DOSE, "personal_advice/mixing")],
            False,
        ),
        ("so is each clause", "crisis", [(LIFE, HOW_LONG)] * 3, True),
        ("something else stands beside it", "crisis", [(LIFE, HOW_LONG), (POOL, LIFE)], False),
    ],
)
def test_how_long_is_left_explains_a_faint_crisis(
    why: str, kind: str, texts: list[tuple[str, str]], explained: bool
) -> None:
    rankings = [Ranked(why, True, [(one, 0.6), (other, 0.39)], 1.0) for one, other in texts]
    faint = Flag(kind, "suicide_thoughts", ALONE, danger=0.3)
    assert is_explained(rankings, faint) is explained


def test_what_is_told_plainly_needs_no_second_witness() -> None:
    ranked = Ranked("goodbye", False, [(POOL, 1.0)], 1.0)
    told = Flag("crisis", "suicide_thoughts", PHRASE, danger=0.1, told=True)
    assert not is_explained([ranked], told)


def test_a_question_that_may_not_be_ours_explains_nothing() -> None:
    ranked = Ranked("goodbye", False, [(POOL, 1.0)], 0.5)
    assert not is_explained([ranked], Flag("crisis", "veiled_farewell", ALONE, danger=0.3))


@pytest.mark.parametrize(
    ("why", "by", "scope", "outside", "danger", "explained"),
    [
        ("nothing to do with IBM", ALONE, 0.05, "far", 0.3, True),
        ("it may have to do with IBM", ALONE, 0.3, "far", 0.3, False),
        ("another illness", ALONE, 0.05, "near", 0.3, False),
        ("some danger", ALONE, 0.05, "far", 0.5, False),
        ("a phrase", PHRASE, 0.05, "far", 0.3, False),
        ("both see danger", BOTH, 0.05, "far", 0.3, False),
    ],
)
def test_what_is_far_off_is_no_danger_that_only_the_classifier_sees(
    why: str, by: tuple[str, ...], scope: float, outside: str, danger: float, explained: bool
) -> None:
    ranked = Ranked("gone to spain", False, [(POOL, 0.5)], scope, f"out_of_scope/{outside}")
    flag = Flag("crisis", "veiled_farewell", by, danger=danger)
    assert is_explained([ranked], flag) is explained


def test_other_dangers_than_crises_need_be_less_faint() -> None:
    ranked = Ranked("gone grey", False, [(POOL, 0.5)], 0.05, "out_of_scope/far")
    assert is_explained([ranked], Flag("emergency", "blue_drowsy", ALONE, danger=0.5))


@pytest.mark.parametrize(
    ("top", "clause"), [("support/lonely", 0.05), (POOL, 0.3)], ids=["distress", "a clause"]
)
def test_distress_and_a_clause_that_may_be_ours_keep_the_flag(top: str, clause: float) -> None:
    far = "out_of_scope/far"
    texts = [Ranked("it", False, [(top, 0.5)], scope, far) for scope in (0.05, clause)]
    assert not is_explained(texts, Flag("crisis", "veiled_farewell", ALONE, danger=0.3))


def test_without_a_ranking_a_flag_stands() -> None:
    assert not is_explained(None, Flag("crisis", "veiled_farewell", ("classifier",)))


def test_no_message_waits_for_phrases_of_a_loaded_detector(model: Path, tmp_path: Path) -> None:
    _compiled.cache_clear()
    found = loaded(model, tmp_path / "model", "RedFlagDetector")
    ready = _compiled.cache_info().misses
    found.process([Message(data={TEXT: "should I double my dose, if I choke, or is it a film"})])
    assert _compiled.cache_info().misses == ready > 0
