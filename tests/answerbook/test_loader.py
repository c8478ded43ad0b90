from __future__ import annotations

from pathlib import Path

import pytest

from askmyo.answerbook import AnswerbookError, load, read
from tests.answerbook.conftest import SHARED, Write, dump


def found(root: Path) -> list[str]:
    return [str(finding) for finding in read(root)[1]]


def test_a_sound_set_loads(answers: Path) -> None:
    book = load(answers)
    assert list(book.answers) == ["exercise/warm", "treatment/cold"]
    assert book.answers["exercise/warm"].topic == "exercise"
    assert book.sources["page-2019"].year == 2019


def test_an_unknown_key_names_file_and_field(change: Write) -> None:
    assert found(change(exmaples=["x"])) == [
        "answers/exercise/warm.yml: exmaples: this key is not known here: check its spelling, "
        "or take it out"
    ]


def test_a_missing_key_names_file_and_field(change: Write) -> None:
    assert found(change(disclaimer=None)) == [
        "answers/exercise/warm.yml: disclaimer: this key is missing: add it"
    ]


def test_every_finding_is_listed_at_once(change: Write, answers: Path) -> None:
    change(disclaimer=None, evidence="hearsay", bad=1)
    dump(answers / "_topics.yml", {**SHARED["_topics.yml"], "treatment": {"title": "T"}})
    with pytest.raises(AnswerbookError) as caught:
        load(answers)
    message = str(caught.value)
    for part in ("disclaimer", "evidence", "bad", "treatment.review_months"):
        assert part in message


def test_an_id_in_the_file_is_refused(change: Write) -> None:
    assert "the id comes from the file's name" in found(change(id="exercise/warm"))[0]


def test_a_key_twice_says_so(answers: Path) -> None:
    path = answers / "exercise" / "warm.yml"
    path.write_text(path.read_text() + "review: editorial\n")
    assert "keep only one of the two" in found(answers)[0]


def test_broken_yaml_names_the_line(answers: Path) -> None:
    (answers / "exercise" / "warm.yml").write_text("question: a: b\n")
    assert found(answers)[0].startswith("answers/exercise/warm.yml: line 1: can't be read")


def test_a_file_in_no_topic_is_named(answers: Path) -> None:
    dump(answers / "cooking" / "soup.yml", {})
    assert found(answers) == [
        "answers/cooking/soup.yml: the folder 'cooking' is no topic of _topics.yml"
    ]


def test_a_missing_table_is_named(answers: Path) -> None:
    (answers / "_sources.yml").unlink()
    assert "answers/_sources.yml: this file is missing" in found(answers)


def test_an_empty_file_is_named(answers: Path) -> None:
    (answers / "exercise" / "warm.yml").write_text("")
    assert "must hold named fields" in found(answers)[0]


def test_text_that_is_not_utf8_is_named(answers: Path) -> None:
    (answers / "exercise" / "warm.yml").write_bytes(b"question: \xff\xfe")
    assert found(answers) == ["answers/exercise/warm.yml: save this file as UTF-8 text"]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"evidence": "hearsay"}, "evidence: must be one of 'systematic review', 'randomized"),
        ({"reviewed": "soon"}, "reviewed: write the date as year-month-day"),
        ({"examples": "one"}, "examples: write a list here: one item a line"),
        ({"sources": [{"ref": "page-2019"}]}, "sources, item 1, says: this key is missing"),
    ],
)
def test_a_fault_is_said_in_an_editors_words(
    change: Write, changes: dict[str, object], line: str
) -> None:
    assert line in found(change(**changes))[0]
