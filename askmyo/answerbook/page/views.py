"""What the templates show, as plain records. Every word of an answer comes from the answer set."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from askmyo.answerbook.book import Book
from askmyo.answerbook.dates import due_on
from askmyo.answerbook.model import Answer, Evidence, Review
from askmyo.answerbook.page.search_words import search_words

EVIDENCE = {
    Evidence.systematic_review: "all good studies of a question, taken together",
    Evidence.randomized_trial: "a study that gave people one treatment or another by chance",
    Evidence.observational_study: "a study that watched people with IBM and counted",
    Evidence.review_article: "a summary of the research, written by specialists",
    Evidence.diagnostic_criteria: "rules that specialists agreed on to tell who has IBM",
    Evidence.expert_opinion: "what specialists advise, where studies are missing",
    Evidence.health_organization: "a page of a health service, hospital or government",
    Evidence.organization_page: "a page of a patient group, charity or health site",
    Evidence.little_is_known: "nobody has studied this well enough to be sure",
}
"""What each word behind 'How sure' means to a reader."""

REVIEW = {
    Review.editorial: "by our editors, not by a clinician",
    Review.clinical: "by a clinician",
}


@dataclass(frozen=True)
class Link:
    """A link within the site."""

    href: str
    title: str
    words: str = ""


@dataclass(frozen=True)
class SourceView:
    """A source as an answer shows it."""

    title: str
    publisher: str
    year: str
    url: str
    says: str


@dataclass(frozen=True)
class AnswerView:
    """One answer in full."""

    anchor: str
    question: str
    paragraphs: list[str]
    more: list[str]
    differs: list[str]
    evidence: str
    evidence_means: str
    sources: list[SourceView]
    disclaimer: str
    reviewed: str
    reviewed_iso: str
    reviewer: str
    due: str
    due_iso: str
    related: list[Link]


@dataclass(frozen=True)
class TopicView:
    """One topic: its page, and its questions as links from the index."""

    page: str
    title: str
    questions: list[Link]
    answers: list[AnswerView]


@dataclass(frozen=True)
class Number:
    """An emergency number and the countries it is for."""

    tel: str
    places: str


def topics(book: Book) -> list[TopicView]:
    """Every topic that has answers, in the order of `_topics.yml`."""
    words = search_words(book)
    views = []
    for name, topic in book.topics.items():
        answers = [answer for answer in book.answers.values() if answer.topic == name]
        if answers:
            links = [Link(address(one), one.question, words[one.id]) for one in answers]
            shown = [_answer(book, answer) for answer in answers]
            views.append(TopicView(f"{name}.html", topic.title, links, shown))
    return views


def address(answer: Answer) -> str:
    """Where an answer stands on the site."""
    topic, slug = answer.id.split("/")
    return f"{topic}.html#{slug}"


def emergency(book: Book) -> list[Number]:
    """Every emergency number of `_emergency.yml` once, with its countries."""
    places: dict[str, list[str]] = {}
    for country in book.countries.values():
        for line in country.emergency:
            if line.tel:
                places.setdefault(line.tel, []).append(country.title)
    return [Number(tel, ", ".join(titles)) for tel, titles in places.items()]


def review_statement(book: Book) -> str:
    """Who has reviewed the answers, from their `review` fields: never more than is true."""
    kinds = Counter(answer.review for answer in book.answers.values())
    clinical, every = kinds[Review.clinical], len(book.answers)
    if not clinical:
        return "Editors wrote and reviewed the answers. No clinician has reviewed them."
    if clinical == every:
        return "Editors wrote the answers. A clinician has reviewed every one of them."
    return (
        f"Editors wrote the answers. A clinician has reviewed {clinical} of {every}; "
        "each answer says who reviewed it."
    )


def day(date: dt.date) -> str:
    """A date as people write it in America."""
    return f"{date:%B} {date.day}, {date.year}"


def _answer(book: Book, answer: Answer) -> AnswerView:
    due = due_on(answer, book)
    return AnswerView(
        anchor=answer.id.split("/")[1],
        question=answer.question,
        paragraphs=_paragraphs(answer.answer),
        more=_paragraphs(answer.more),
        differs=_paragraphs(answer.differs),
        evidence=answer.evidence.value,
        evidence_means=EVIDENCE[answer.evidence],
        sources=_sources(book, answer),
        disclaimer=book.disclaimers[answer.disclaimer],
        reviewed=day(answer.reviewed),
        reviewed_iso=answer.reviewed.isoformat(),
        reviewer=REVIEW[answer.review],
        due=day(due),
        due_iso=due.isoformat(),
        related=_related(book, answer.see_also),
    )


def _sources(book: Book, answer: Answer) -> list[SourceView]:
    views = []
    for citation in answer.sources:
        source = book.sources[citation.ref]
        year = str(source.year) if source.year else "no date given"
        views.append(SourceView(source.title, source.publisher, year, source.url, citation.says))
    return views


def _related(book: Book, answer_ids: Sequence[str]) -> list[Link]:
    known = [book.answers[one] for one in answer_ids if one in book.answers]
    return [Link(address(one), one.question) for one in known]


def _paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a block text: an empty line parts them, other line breaks don't count."""
    parts = re.split(r"\n\s*\n", text or "")
    return [" ".join(part.split()) for part in parts if part.strip()]
