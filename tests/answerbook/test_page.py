"""The static page: whole, valid, traceable, and the same each time."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from askmyo.answerbook import Book, Evidence, load
from askmyo.answerbook.page import build, render
from askmyo.answerbook.page.search_words import search_words
from askmyo.answerbook.page.views import EVIDENCE, day, emergency, review_statement
from tests.answerbook.conftest import SHARED, Write, dump, fields
from tests.answerbook.outline import Outline

REAL = Path(__file__).resolve().parents[2] / "answers"
COUNTRIES = {
    "US": {"title": "United States", "emergency": [{"tel": "911"}]},
    "CA": {"title": "Canada", "emergency": [{"tel": "911"}]},
    "GB": {"title": "United Kingdom", "emergency": [{"tel": "999"}]},
    "NZ": {"title": "New Zealand", "emergency": []},
}


@pytest.fixture(scope="module")
def real() -> Book:
    return load(REAL)


@pytest.fixture(scope="module")
def pages(real: Book) -> dict[str, str]:
    """The pages of the real answer set."""
    return {name: text for name, text in render(real).items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def outlines(pages: dict[str, str]) -> dict[str, Outline]:
    return {name: Outline(text) for name, text in pages.items()}


def plain(text: str) -> str:
    """The text of a page, one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_one_page_a_topic_and_an_index(real: Book, pages: dict[str, str]) -> None:
    assert set(pages) == {"index.html", *(f"{topic}.html" for topic in real.topics)}


def test_every_page_is_well_formed(pages: dict[str, str], outlines: dict[str, Outline]) -> None:
    for name, outline in outlines.items():
        assert outline.faults == [], name
        assert len(set(outline.ids)) == len(outline.ids), name
        assert pages[name].startswith("<!doctype html>\n<html lang="), name
        assert [len(outline.all(tag)) for tag in ("h1", "main", "title")] == [1, 1, 1], name


def test_headings_skip_no_level(outlines: dict[str, Outline]) -> None:
    for name, outline in outlines.items():
        levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        steps = [later - sooner for sooner, later in pairwise(levels)]
        assert max(steps) == 1, name


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(outlines: dict[str, Outline]) -> None:
    for outline in outlines.values():
        loaded = [one["src"] for one in outline.all("script")]
        loaded += [one["href"] for one in outline.all("link")]
        assert set(loaded) <= {"page.css", "search.js", "print.js"}
        assert outline.all("style") == []
        for tag, attributes in outline.elements:
            bad = [name for name in attributes if name == "style" or name.startswith("on")]
            assert not bad, tag


def test_every_link_leads_somewhere(outlines: dict[str, Outline]) -> None:
    for name, outline in outlines.items():
        for link in outline.all("a"):
            href = link["href"]
            if href.startswith(("https://", "http://", "tel:")):
                continue
            page, _, anchor = href.partition("#")
            target = outlines[page or name]
            assert not anchor or anchor in target.ids, f"{name}: {href}"


def test_labels_point_at_what_is_there(outlines: dict[str, Outline]) -> None:
    for outline in outlines.values():
        ids = set(outline.ids)
        for _, attributes in outline.elements:
            named = {attributes[key] for key in ("aria-labelledby", "for") if key in attributes}
            assert named <= ids


def test_every_answer_stands_in_full(real: Book, pages: dict[str, str]) -> None:
    texts = {name: plain(text) for name, text in pages.items()}
    for answer in real.answers.values():
        page = texts[f"{answer.topic}.html"]
        shown = [answer.question, answer.answer, answer.more, answer.differs]
        shown += [real.disclaimers[answer.disclaimer], day(answer.reviewed)]
        for citation in answer.sources:
            source = real.sources[citation.ref]
            shown += [source.title, source.publisher, citation.says]
        for text in shown:
            assert not text or " ".join(text.split()) in page, (answer.id, text)
        assert f'<h2 id="{answer.id.split("/")[1]}"' in pages[f"{answer.topic}.html"]
        assert answer.question in texts["index.html"]


def test_emergency_numbers_and_the_limits_stand_on_each_page(
    real: Book, pages: dict[str, str]
) -> None:
    for text in pages.values():
        top = text.index("In an emergency, call your emergency number")
        assert top < text.index("<h1>")
        for number in emergency(real):
            assert f'href="tel:{number.tel}"' in text
            assert number.places in text
        assert "not medical advice" in text
        assert review_statement(real) in plain(text)


def test_numbers_come_from_the_one_file(answers: Path) -> None:
    line = {"label": "x", "source": "page-2019", "checked": dt.date.today()}
    countries = {
        key: {**country, "emergency": [{**line, **one} for one in country["emergency"]]}
        for key, country in COUNTRIES.items()
    }
    dump(answers / "_emergency.yml", countries)
    numbers = [(one.tel, one.places) for one in emergency(load(answers))]
    assert numbers == [("911", "Canada, United States"), ("999", "United Kingdom")]


def test_without_numbers_there_is_no_empty_notice(answers: Path) -> None:
    assert "In an emergency" not in render(load(answers))["index.html"]


def test_the_review_claims_no_more_than_is_true(answers: Path, change: Write) -> None:
    assert "No clinician has reviewed them" in review_statement(load(answers))
    assert "has reviewed 1 of 2" in review_statement(load(change(review="clinical")))
    dump(answers / "treatment" / "cold.yml", {**fields("cold"), "review": "clinical"})
    assert "reviewed every one" in review_statement(load(answers))


def test_what_an_editor_writes_is_text_not_markup(change: Write) -> None:
    page = render(load(change(question='Is "A < B & C" <b>so</b>?')))["exercise.html"]
    assert "<b>" not in page
    assert "A &lt; B &amp; C" in page


def test_the_same_set_gives_the_same_bytes(answers: Path) -> None:
    assert render(load(answers)) == render(load(answers))


def test_only_what_changed_is_written(answers: Path, change: Write, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert len(build(load(answers), folder)) == 6
    os.utime(folder / "treatment.html", (0, 0))
    (folder / "old.html").write_text("left over")
    touched = build(load(change(answer="A pool with warm water can help. " * 5)), folder)
    assert sorted(path.name for path in touched) == ["exercise.html", "old.html"]
    assert (folder / "treatment.html").stat().st_mtime == 0
    assert build(load(answers), folder) == []


def test_a_topic_without_answers_has_no_page(answers: Path) -> None:
    topics = {**SHARED["_topics.yml"], "outlook": {"title": "Outlook", "review_months": 12}}
    dump(answers / "_topics.yml", topics)
    pages = render(load(answers))
    assert "outlook.html" not in pages
    assert "Outlook" not in pages["index.html"]


def test_every_kind_of_evidence_is_explained() -> None:
    assert set(EVIDENCE) == set(Evidence)


def test_search_words_come_from_the_examples(change: Write) -> None:
    examples = ["gym machines", "the gym again", "once only", "hydrtherapy", "hydrtherapy gym"]
    text = "Yes, hydrotherapy can help. " * 6
    words = search_words(load(change(examples=examples, answer=text)))["exercise/warm"].split()
    assert "gym" in words
    assert "once" not in words
    assert "hydrtherapy" not in words
    assert "pool" not in words  # it stands in the heading
