"""What is made from the answer set is made anew when something changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from askmyo.answerbook import Book
from askmyo.running import derived, project
from tests.answerbook.conftest import Write, answers, change

__all__ = ["answers", "change"]


@pytest.fixture
def root(answers: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder, with a sound answer set."""
    folder = answers.parent
    monkeypatch.setattr(project, "ROOT", folder)
    monkeypatch.setattr(derived, "ROOT", folder)
    monkeypatch.setattr(derived, "ANSWERS", answers)
    monkeypatch.setattr(derived, "PAGES", folder / "build" / "answers")
    monkeypatch.setattr(derived, "_SEEN", folder / "build" / "derived.sha256")
    return folder


def test_nothing_is_read_where_nothing_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert derived.ensure_derived()
    monkeypatch.setattr(derived, "load", lambda _: pytest.fail("read the answer set again"))
    assert derived.ensure_derived() == []


def test_an_edited_answer_is_rendered(root: Path, change: Write) -> None:
    derived.ensure_derived()
    change(question="Is a warm bath good?")
    assert Path("data/generated/exercise.yml") in derived.ensure_derived()
    assert "Is a warm bath good?" in (root / "build/answers/exercise.html").read_text()


def test_an_answer_saved_while_others_are_rendered_is_rendered_next(
    root: Path, change: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = derived.load

    def slow(folder: Path) -> Book:
        book = load(folder)
        change(question="Is a warm bath good?")
        return book

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(derived, "load", slow)
        derived.ensure_derived()
    assert Path("data/generated/exercise.yml") in derived.ensure_derived()


@pytest.mark.parametrize("name", ["data/generated/exercise.yml", "build/answers/exercise.html"])
def test_a_lost_product_is_made_again(root: Path, name: str) -> None:
    derived.ensure_derived()
    (root / name).unlink()
    assert len(derived.ensure_derived()) == 1
    assert (root / name).exists()
