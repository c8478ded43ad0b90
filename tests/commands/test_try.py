"""`askmyo answers try`: words that an editor understands, for every way a turn can go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from askmyo.answerbook import load
from askmyo.running.explaining import Near, decision_lines, explain, nearest
from askmyo.running.parsing import Parser, decision
from tests.answerbook.conftest import answers

__all__ = ["answers"]

WARM, COLD = "exercise/warm", "treatment/cold"
TURNS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"label": WARM, "answers": [WARM]},
        "answer",
        "ANSWERS  Is the warm pool good?  [answers/exercise/warm.yml]",
    ),
    (
        {"label": "clarify/any", "options": [WARM, COLD]},
        "clarify",
        "ASKS which of these was meant:|Is the warm pool|Is the cold pool",
    ),
    ({"label": "out_of_scope/near"}, "out_of_scope", "NOT COVERED"),
    ({"label": "personal_advice/dose"}, "personal_advice", "DECLINED"),
    ({"label": "smalltalk/greet"}, "smalltalk", "SMALL TALK, no answer (smalltalk/greet)"),
    (
        {"label": "emergency/x", "flag": {"kind": "emergency", "sign": "x"}, "answers": [WARM]},
        "emergency",
        "RED FLAG, emergency|(sign: x)|Then answers     Is the warm pool",
    ),
    ({}, "out_of_scope", "The bot shows"),
]


@pytest.mark.parametrize(("turn", "word", "lines"), TURNS, ids=[one for _, one, _ in TURNS])
def test_each_decision_is_said_in_words(
    answers: Path, turn: dict[str, Any], word: str, lines: str
) -> None:
    assert decision(turn) == word
    said = "\n".join(decision_lines(load(answers), turn))
    for line in lines.split("|"):
        assert line in said


def test_the_report_shows_what_was_read_and_why(answers: Path) -> None:
    ranked = {
        "text": "warm pool",
        "question": True,
        "labels": [[WARM, 0.91], [COLD, 0.05], ["smalltalk/greet", 0.01]],
        "in_scope": 0.88,
        "outside": "out_of_scope/near",
    }
    parsed = {
        "text": "wram pool?",
        "repairs": [("wram", "warm")],
        "canonical": "warm pool?",
        "parts": [{"text": "wram pool?", "canonical": "warm pool?", "question": True}],
        "terms": [{"entity": "activity", "value": "swimming", "start": 5, "end": 9}],
        "rankings": [ranked],
        "turn": {"label": WARM, "answers": [WARM]},
    }
    near = [Near("a warm pool", WARM, 0.97)]
    said = "\n".join(explain(load(answers), parsed, near))
    for line in (
        "Question         wram pool?",
        "Read as          warm pool?",
        "Terms found      swimming (activity)",
        "  91%  Is the warm pool good?  [answers/exercise/warm.yml]",
        "  88%  sure that it is about anything the bot covers",
        "  97  a warm pool  [exercise/warm]",
    ):
        assert line in said


def test_a_real_question_is_explained(parser: Parser) -> None:
    book = load(Path(__file__).resolve().parents[2] / "answers")
    parsed = parser.parse("can i lfit weights")
    assert parsed["decision"] == "answer"
    assert parsed["turn"]["answers"] == ["exercise/heavy_weights"]
    near = nearest(book, parsed)
    assert [one.likeness for one in near] == sorted((one.likeness for one in near), reverse=True)
    assert near[0].likeness > 0.9
    said = "\n".join(explain(book, parsed, near))
    assert "Repaired         lfit -> lift" in said
    assert "The bot ANSWERS" in said
