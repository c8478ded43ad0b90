"""The report's figures and page, from a run made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from askmyo.answerbook import load
from askmyo.language.slips import with_slips
from askmyo.report import figures
from askmyo.report.outcomes import Outcome, Run, outcome, write_run
from askmyo.report.page import write_page
from askmyo.report.questions import Asked, read_questions, read_red_flags, read_talk
from askmyo.report.stories import read_stories
from askmyo.running.project import ANSWERS


def made(expected: str, top: str, confidence: float = 0.9, **more: Any) -> Outcome:
    """An outcome that answers what it ranks first, unless told otherwise."""
    parts = {"decision": "answer", "answers": (top,), "options": (), **more}
    return Outcome("some <b>words</b>", expected, ((top, confidence),), **parts)


ASKED_BACK = {"decision": "clarify", "answers": ()}
QUESTIONS = [
    made("causes/ageing", "causes/ageing"),
    made("causes/ageing", "exercise/walking", 0.6),
    made("exercise/walking", "exercise/walking", 0.4, **ASKED_BACK, options=("exercise/walking",)),
    made("exercise/walking", "causes/ageing", 0.35, **ASKED_BACK, options=("causes/ageing",)),
    made("exercise/walking", "out_of_scope/far", 0.3, decision="out_of_scope", answers=()),
    made("exercise/walking", "support/sad", 0.5, decision="support", answers=()),
]
TALK = [
    made("out_of_scope/near", "out_of_scope/near", decision="out_of_scope", answers=()),
    made("out_of_scope/far", "causes/ageing"),
]
FLAGS = [
    made("emergency/choking", "x", decision="emergency", answers=()),
    made("urgent/fever", "x", decision="answer"),
    made("none/figure_of_speech", "x", decision="answer"),
    made("none/negated", "x", decision="crisis"),
]
RUN = Run(QUESTIONS, TALK, FLAGS, {0.1: QUESTIONS[1:2]}, QUESTIONS[:1])


def test_every_result_is_told_apart() -> None:
    assert figures.decisions(QUESTIONS) == [
        ("answered right", 1),
        ("asked back, offered", 1),
        ("asked back, missed", 1),
        ("not covered", 1),
        ("taken for talk", 1),
        ("answered wrong", 1),
    ]


def test_topics_come_weakest_first() -> None:
    rows = figures.by_topic(QUESTIONS)
    assert [row.name for row in rows] == ["exercise", "causes"]
    assert rows[0].shown == pytest.approx(0.25)


def test_the_confusion_table_counts_every_question_once() -> None:
    columns, table = figures.confusions(QUESTIONS)
    assert columns == ["causes", "exercise", "not covered", "other talk"]
    assert table == [[1, 1, 0, 0], [1, 1, 1, 1]]


def test_calibration_error_is_the_gap_of_confidence_and_accuracy() -> None:
    sure = [made("a/b", "a/b", 1.0), made("a/b", "c/d", 1.0)]
    assert figures.calibration_error(figures.reliability(sure)) == pytest.approx(0.5)


def test_out_of_scope_and_red_flags_are_counted_by_kind() -> None:
    near, far = figures.scopes(TALK)
    assert (near.refused, far.refused, far.answered) == (1.0, 0.0, 1.0)
    found = {row.kind: (row.same, row.flagged) for row in figures.signs(FLAGS)}
    assert found == {"emergency": (1, 1), "urgent": (0, 0), "crisis": (0, 0), "none": (1, 1)}


def test_the_page_is_whole_and_shows_words_as_words(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    write_page(page, RUN, load(ANSWERS), read_stories(tmp_path, tmp_path), "abc")
    text = page.read_text("utf-8")
    assert "some &lt;b&gt;words&lt;/b&gt;" in text
    assert "src=" not in text
    assert 'href="http' not in text
    assert text.count("<svg") == 4


def test_an_empty_run_makes_a_page_too(tmp_path: Path) -> None:
    empty = Run([], [], [], {}, [])
    write_page(tmp_path / "x.html", empty, load(ANSWERS), read_stories(tmp_path, tmp_path), "abc")


def test_the_run_is_written_for_the_editors(tmp_path: Path) -> None:
    write_run(QUESTIONS[:1], tmp_path / "run.json")
    assert json.loads((tmp_path / "run.json").read_text("utf-8")) == [
        {
            "text": "some <b>words</b>",
            "expected": "causes/ageing",
            "ranked": [["causes/ageing", 0.9]],
            "decision": "answer",
        }
    ]


def test_an_outcome_is_read_from_what_the_parser_says() -> None:
    turn = {"label": "out_of_scope/gibberish", "answers": [], "options": [], "ranking": []}
    rankings = [{"labels": [["causes/ageing", 0.2]]}]
    parsed = {"turn": turn, "rankings": rankings, "decision": "out_of_scope"}
    read = outcome(Asked("zxcv", "causes/ageing"), parsed)
    assert read.right
    assert read.result == "not covered"


def test_stories_tell_what_the_last_run_said(tmp_path: Path) -> None:
    assert read_stories(tmp_path, tmp_path).run is None
    report = {"conversation_accuracy": {"total": 4, "correct": 3}}
    (tmp_path / "story_report.json").write_text(json.dumps(report))
    (tmp_path / "failed_test_stories.yml").write_text("stories:\n- story: one\n")
    stories = read_stories(tmp_path, tmp_path / "none")
    assert (stories.run, stories.right, stories.failed) == (4, 3, ["one"])


@pytest.mark.parametrize("read", [read_questions, read_talk, read_red_flags])
def test_held_out_messages_are_there(read: Any) -> None:
    asked = read()
    assert len(asked) > 100
    assert all(one.text and "/" in one.label for one in asked)


def test_slips_are_the_same_at_every_run_and_about_as_many_as_asked_for() -> None:
    text = "what can i do about weak fingers and falls on the stairs " * 20
    slipped = with_slips(text, 0.1)
    assert slipped == with_slips(text, 0.1)
    assert slipped != with_slips(text, 0.05)
    assert with_slips(text, 0.0) == text
    changed = sum(one != other for one, other in zip(text.split(), slipped.split(), strict=False))
    assert changed > 20
