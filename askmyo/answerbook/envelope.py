"""Builds every reply. The one place where text leaves the answer set for a reader.

A reply is a mapping `{"text": ..., "custom": {...}}` in the shape of the reply contract
(`docs/reply-contract.md`): `text` for plain channels, with nothing left out; `custom` for
channels that draw cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from askmyo.answerbook.book import Book
from askmyo.answerbook.model import Answer, Line

Reply = dict[str, Any]

_WHERE = "Where do you live? Then I can show fewer numbers."
_PLAIN_NAMES = ("Ireland", "Canada", "Australia", "New Zealand")
NOTICE = "smalltalk/notice"

MAX_SUGGESTIONS = 4
"""More buttons than this push the answer off a phone's screen."""


def answer(book: Book, answer_id: str, layer: str = "answer", others: Sequence[str] = ()) -> Reply:
    """The reply of one answer.

    `others` are answers that may have been meant instead: they lead the suggestions.

    `layer` picks how much of it: `answer` (the text), `more` (the longer layer, the text
    where there is none) or `short` (its first sentence).

    Raises:
        KeyError: if there is no such answer.
    """
    entry = book.answers[answer_id]
    text = _layer(entry, layer)
    disclaimer = book.disclaimers[entry.disclaimer]
    sources = [_source(book, citation.ref, citation.says) for citation in entry.sources]
    custom = {
        "kind": "answer",
        "answer": entry.id,
        "question": entry.question,
        "text": text,
        "layer": layer,
        "more": bool(entry.more) and layer != "more",
        "evidence": entry.evidence.value,
        "differs": entry.differs,
        "sources": sources,
        "disclaimer": disclaimer,
        "reviewed": entry.reviewed.isoformat(),
        "review": entry.review.value,
        "suggestions": questions(book, suggested(book, answer_id, others)),
    }
    names = "; ".join(dict.fromkeys(_source_name(source) for source in sources))
    lines = [
        entry.question,
        text,
        entry.differs,
        f"Sources: {names}.",
        f"Reviewed {entry.reviewed.isoformat()} ({entry.review.value} review).",
        disclaimer,
    ]
    return {"text": "\n\n".join(line for line in lines if line), "custom": custom}


def suggested(book: Book, answer_id: str, others: Sequence[str] = ()) -> list[str]:
    """The answers offered beside one: those that may have been meant, then its neighbors."""
    both = dict.fromkeys((*others, *book.answers[answer_id].see_also))
    return [one for one in both if one != answer_id][:MAX_SUGGESTIONS]


def sources(book: Book, answer_id: str) -> Reply:
    """Where an answer comes from: each source with its address and what it supports."""
    reply = answer(book, answer_id)
    lines = [
        f"{_source_name(source)}: {source['says']} {source['url']}"
        for source in reply["custom"]["sources"]
    ]
    text = "\n".join([f"The answer to “{reply['custom']['question']}” rests on:", *lines])
    reply["custom"]["text"] = text
    reply["custom"]["layer"] = "sources"
    reply["text"] = "\n\n".join([text, reply["custom"]["disclaimer"]])
    return reply


def prepared(book: Book, name: str, offered: Sequence[str] | None = None) -> Reply:
    """A prepared reply of `_replies.yml`, with its own suggestions or those `offered`.

    Raises:
        KeyError: if there is no such prepared reply.
    """
    entry = book.replies[name]
    suggested = questions(book, entry.suggestions if offered is None else offered)
    custom: dict[str, Any] = {"kind": entry.kind, "text": entry.text, "suggestions": suggested}
    if entry.heading:
        custom["heading"] = entry.heading
    return {"text": _with_choices([entry.heading, entry.text], suggested), "custom": custom}


def red_flag(
    book: Book, kind: str, sign: str, country: str | None, also: str | None = None
) -> Reply:
    """The reply to a sign of danger: what to do, whom to call, then why.

    `kind` is `emergency`, `urgent` or `crisis`; `sign` names the prepared reply
    `<kind>/<sign>`, and falls back on `<kind>/any`. `country` is a key of `_emergency.yml`,
    or None while it is unknown: then all numbers are shown together and the countries are
    offered. `also` is a second kind in the same message, such as a crisis beside an overdose:
    its lines follow.
    """
    if f"{kind}/{sign}" not in book.replies:
        sign = "any"
    reply = prepared(book, f"{kind}/{sign}")
    numbers = lines(book, kind, country)
    if also:
        numbers += [line for line in lines(book, also, country) if line not in numbers]
    custom = {**reply["custom"], "numbers": [_line(line) for line in numbers], "sign": sign}
    if country is None:
        custom["suggestions"] = _homes(book)
        custom["ask"] = _WHERE
    listed = [f"{line.label}: {line.tel or line.url}" for line in numbers]
    text = "\n".join([custom.get("heading", ""), *listed, custom["text"]]).strip()
    return {"text": text, "custom": custom}


def _homes(book: Book) -> list[dict[str, str]]:
    """The countries as choices: a press tells where the patient lives, once."""
    named = (
        entry.title if entry.title in _PLAIN_NAMES else f"the {entry.title}"
        for key, entry in book.countries.items()
        if key != "anywhere"
    )
    said = [f"I live in {name}" for name in named]
    return [{"title": text, "message": text} for text in said]


def lines(book: Book, kind: str, country: str | None) -> list[Line]:
    """The numbers that go with a kind of danger, most fitting first."""
    anywhere = book.countries["anywhere"]
    chosen = (
        [book.countries[country]]
        if country in book.countries and country != "anywhere"
        else [entry for key, entry in book.countries.items() if key != "anywhere"]
    )
    emergency = [line for entry in chosen for line in entry.emergency]
    if kind != "crisis":
        return emergency or [line for entry in book.countries.values() for line in entry.emergency]
    crisis = {line.label: line for entry in chosen for line in entry.crisis}
    return [*crisis.values(), *anywhere.crisis, *emergency]


def questions(book: Book, answer_ids: Iterable[str]) -> list[dict[str, str]]:
    """Answers as choices: a press sends the full question."""
    return [
        {"title": book.answers[one].question, "message": book.answers[one].question}
        for one in answer_ids
        if one in book.answers
    ]


def _layer(entry: Answer, layer: str) -> str:
    if layer == "more" and entry.more:
        return entry.more
    if layer == "short":
        return entry.answer.split(". ")[0].rstrip(".") + "."
    return entry.answer


def _source(book: Book, ref: str, says: str) -> dict[str, Any]:
    source = book.sources[ref]
    return {
        "ref": ref,
        "title": source.title,
        "publisher": source.publisher,
        "year": source.year,
        "url": source.url,
        "says": says,
    }


def _source_name(source: dict[str, Any]) -> str:
    year = f", {source['year']}" if source["year"] else ""
    return f"{source['publisher']}{year}"


def _line(line: Line) -> dict[str, str]:
    named = {"label": line.label, "tel": line.tel, "url": line.url}
    return {key: value for key, value in named.items() if value}


def _with_choices(parts: Sequence[str | None], choices: list[dict[str, str]]) -> str:
    listed = [f"{number}. {choice['title']}" for number, choice in enumerate(choices, start=1)]
    return "\n\n".join(
        [*(part for part in parts if part), *(["\n".join(listed)] if listed else [])]
    )


def country_set(book: Book, country: str) -> Reply:
    """Says which numbers will be shown from now on.

    Many say where they live because they were asked in an emergency: that number leads.
    """
    reply = prepared(book, "country/any")
    emergency = lines(book, "emergency", country)
    crisis = [line for line in lines(book, "crisis", country) if line not in emergency]
    numbers = [*emergency, *crisis]
    custom = {**reply["custom"], "numbers": [_line(line) for line in numbers], "country": country}
    listed = [f"{line.label}: {line.tel or line.url}" for line in numbers]
    return {"text": "\n".join([custom["text"], *listed]), "custom": custom}
