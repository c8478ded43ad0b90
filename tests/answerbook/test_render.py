from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from askmyo.answerbook import AnswerbookError, load
from askmyo.answerbook.render import HELD_OUT, TRAINING, build, render, stale
from askmyo.answerbook.rules import check
from askmyo.answerbook.scaffold import new_answer


def test_rendering_is_pure(answers: Path) -> None:
    assert render(load(answers)) == render(load(answers))


def test_training_holds_questions_and_examples_and_no_held_out(answers: Path) -> None:
    text = render(load(answers))[TRAINING / "exercise.yml"]
    parsed = YAML(typ="safe").load(text)["nlu"][0]
    assert parsed["intent"] == "exercise/warm"
    assert "- Is the warm pool good?" in parsed["examples"]
    assert "warm example 11" in text
    assert "warm question" not in text


def test_held_out_questions_are_rendered_apart(answers: Path) -> None:
    text = render(load(answers))[HELD_OUT]
    assert "warm question 0" in text
    assert "warm example" not in text


def test_stale_files_are_named_and_build_mends_them(answers: Path, tmp_path: Path) -> None:
    book = load(answers)
    assert len(stale(book, tmp_path)) == len(render(book))
    assert build(book, tmp_path)
    assert stale(book, tmp_path) == []
    assert build(book, tmp_path) == []
    (tmp_path / TRAINING / "exercise.yml").write_text("old")
    (tmp_path / TRAINING / "gone.yml").write_text("left over")
    assert {finding.file for finding in stale(book, tmp_path)} == {
        "data/generated/exercise.yml",
        "data/generated/gone.yml",
    }
    build(book, tmp_path)
    assert stale(book, tmp_path) == []


def test_brackets_are_not_speech(answers: Path) -> None:
    path = answers / "exercise" / "warm.yml"
    path.write_text(path.read_text().replace("warm example 0", "'warm [pool](x) 0'"))
    assert "warm (pool)(x) 0" in render(load(answers))[TRAINING / "exercise.yml"]


def test_a_scaffolded_answer_is_refused_until_written(answers: Path) -> None:
    path = new_answer("exercise/yoga", answers)
    assert path.exists()
    found = [str(one) for one in check(load(answers)) if "yoga" in one.file]
    assert any("still says TODO" in line for line in found)


@pytest.mark.parametrize(
    ("answer_id", "message"),
    [
        ("yoga", "write it as topic/slug"),
        ("exercise/Yoga!", "write it as topic/slug"),
        ("cooking/soup", "'cooking' is no topic"),
        ("exercise/warm", "exists already"),
    ],
)
def test_a_bad_id_is_refused(answers: Path, answer_id: str, message: str) -> None:
    with pytest.raises(AnswerbookError, match=message):
        new_answer(answer_id, answers)
