"""`askmyo answers`: what it prints, and with which status it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from askmyo.answerbook import load
from askmyo.answerbook.render import build as build_training
from askmyo.cli import app
from askmyo.commands import answers as commands
from tests.answerbook.conftest import Write, answers, change, dump, fields

__all__ = ["answers", "change"]


@pytest.fixture
def project(answers: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder, with a sound answer set and its training data."""
    root = answers.parent
    monkeypatch.setattr(commands, "ROOT", root)
    monkeypatch.setattr(commands, "ANSWERS", answers)
    monkeypatch.setattr(commands, "HELD_OUT_RUN", root / "held_out.json")
    monkeypatch.setattr(commands, "PAGES", root / "build" / "answers")
    build_training(load(answers), root)
    return root


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["answers", *words])
    return result.exit_code, result.stdout


def test_a_sound_set_passes(project: Path) -> None:
    assert run("check") == (0, "2 answers, 0 to mend, 0 to look at.\n")


def test_what_is_to_mend_stands_last_and_fails(project: Path, change: Write) -> None:
    dump(project / "answers/treatment/cold.yml", {**fields("cold"), "held_out": ["Could I fly?"]})
    change(examples=["can i fly"])
    status, printed = run("check")
    *found, total = printed.splitlines()
    assert status == 1
    assert found[0].startswith(
        "(worth a look) answers/treatment/cold.yml: held_out: 'Could I fly?'"
    )
    assert (
        found[1] == "answers/exercise/warm.yml: examples: has 1, needs at least 15: write 14 more"
    )
    assert total == "2 answers, 2 to mend, 1 to look at."


def test_stale_training_data_is_named(project: Path, change: Write) -> None:
    change(question="Is a warm bath good?")
    status, printed = run("check")
    assert status == 1
    assert "data/generated/exercise.yml: is out of date: run `askmyo answers build`" in printed
    assert run("build")[0] == 0
    assert run("check")[0] == 0


def test_answers_mixed_up_in_the_last_run_are_listed(project: Path) -> None:
    ranked = [["treatment/cold", 0.8]]
    texts = fields("warm")["held_out"][:2]
    found = [{"text": one, "expected": "exercise/warm", "ranked": ranked} for one in texts]
    (project / "held_out.json").write_text(json.dumps(found))
    status, printed = run("check")
    assert status == 0
    assert "mixed this answer up with answers/treatment/cold.yml, 2 times" in printed


def test_page_says_what_it_wrote(project: Path) -> None:
    assert run("page") == (0, "6 files changed. Open build/answers/index.html\n")
    assert run("page") == (0, "0 files changed. Open build/answers/index.html\n")
    assert "Is the warm pool good?" in (project / "build/answers/exercise.html").read_text()


def test_a_new_answer_is_refused_until_it_is_written(project: Path) -> None:
    assert run("new", "exercise/tai_chi")[0] == 0
    status, printed = run("check")
    assert status == 1
    assert "answers/exercise/tai_chi.yml: question: still says TODO: write it" in printed


def test_due_lists_the_soonest_first(project: Path) -> None:
    status, printed = run("due", "--days", "400")
    assert status == 0
    assert re.match(r"\d{4}-\d\d-\d\d  answers/treatment/cold.yml\n1 of 2", printed)
