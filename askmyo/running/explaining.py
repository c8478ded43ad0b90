"""What an editor sees of one question: how it was read, what it may mean, what the bot does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from askmyo.answerbook import Book
from askmyo.answerbook.rules import normal
from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.running.project import BUILD

_SHOWN = 5
_CANDIDATES = 60  # wordings alike in letters, whose meaning is then compared

_KINDS = {
    "emergency": "RED FLAG, emergency: the emergency numbers come first",
    "crisis": "RED FLAG, crisis: the crisis lines come first",
    "urgent": "RED FLAG, urgent: 'get medical help today' comes first",
    "out_of_scope": "NOT COVERED: the bot says so",
    "personal_advice": "DECLINED: only a clinician can say this",
    "support": "KIND WORDS, no answer",
}


@dataclass(frozen=True)
class Near:
    """A training example, its answer, and how near it is in meaning (0 to 1)."""

    text: str
    answer_id: str
    likeness: float


def explain(book: Book, parsed: dict[str, Any], near: Sequence[Near]) -> Iterator[str]:
    """The report on a parsed message, line by line, in words for an editor."""
    yield _line("Question", parsed["text"])
    yield _line("Read as", parsed["canonical"] or "(nothing)")
    yield from _listed("Repaired", (f"{old} -> {new}" for old, new in parsed["repairs"]))
    yield from _listed(
        "Terms found", (f"{one['value']} ({one['entity']})" for one in _terms(parsed))
    )
    if len(parsed["parts"]) > 1:
        yield from _listed("Parts", (one["canonical"] for one in parsed["parts"]))
    yield ""
    yield from decision_lines(book, parsed["turn"])
    for ranked in parsed["rankings"]:
        yield ""
        yield f"What '{ranked['text']}' may mean (sure of it, from 0 to 100 %):"
        yield from (f"  {share:>5.0%}  {_name(book, label)}" for label, share in _top(ranked))
        if ranked["labels"] and ranked["labels"][0][0] in book.answers:
            yield f"  {ranked['in_scope']:>5.0%}  sure that it is about anything the bot covers"
    yield ""
    yield "Nearest training examples (100 = the same meaning):"
    yield from (f"  {one.likeness * 100:>4.0f}  {one.text}  [{one.answer_id}]" for one in near)


def decision_lines(book: Book, turn: dict[str, Any]) -> Iterator[str]:
    """What the bot does, and with which answers."""
    label, flag = str(turn.get("label", "")), turn.get("flag")
    kind = label.split("/", maxsplit=1)[0]
    answers, options = turn.get("answers") or [], turn.get("options") or []
    if flag:
        yield _line("The bot shows", f"{_KINDS[flag['kind']]} (sign: {flag['sign']})")
        yield from _listed("Then answers", (_name(book, one) for one in answers))
    elif answers:
        yield from _listed("The bot ANSWERS", (_name(book, one) for one in answers))
    elif kind == "clarify":
        yield "The bot ASKS which of these was meant:"
    else:
        yield _line("The bot shows", f"{_KINDS.get(kind, 'SMALL TALK, no answer')} ({label})")
    if options and not flag:
        yield from _listed("Offers", (_name(book, one) for one in options))


def nearest(book: Book, parsed: dict[str, Any]) -> list[Near]:
    """The training examples nearest in meaning, among those of the likeliest answers and those
    alike in letters."""
    rankings = parsed["rankings"]
    likely = {label for ranked in rankings for label, _ in ranked["labels"]}
    rows = [
        (text, answer.id)
        for answer in book.answers.values()
        for text in (answer.question, *answer.examples)
    ]
    said = normal(parsed["text"])
    alike = process.extract(
        said, [normal(text) for text, _ in rows], scorer=fuzz.WRatio, limit=_CANDIDATES
    )
    places = {place for _, _, place in alike}
    places |= {place for place, (_, answer_id) in enumerate(rows) if answer_id in likely}
    chosen = [rows[place] for place in sorted(places)]
    encoder = SentenceEncoder(ensure_encoder(BUILD / "encoder"))
    vectors = encoder.encode([parsed["canonical"], *(text for text, _ in chosen)])
    found = [
        Near(text, answer_id, float(likeness))
        for (text, answer_id), likeness in zip(chosen, vectors[1:] @ vectors[0], strict=True)
    ]
    return sorted(found, key=lambda one: -one.likeness)[:_SHOWN]


def _top(ranked: dict[str, Any]) -> list[tuple[str, float]]:
    return [(str(label), float(share)) for label, share in ranked["labels"][:_SHOWN]]


def _terms(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in parsed["terms"] if one.get("value")]


def _name(book: Book, label: str) -> str:
    """A label as an editor knows it: the question and its file."""
    answer = book.answers.get(label)
    return f"{answer.question}  [{book.file_of(label)}]" if answer else f"{label}  (no answer)"


def _listed(title: str, items: Iterator[str]) -> Iterator[str]:
    """The items under each other, the title before the first one; nothing for none."""
    for number, item in enumerate(items):
        yield _line(title if number == 0 else "", item)


def _line(title: str, item: str) -> str:
    return f"{title:<17}{item}"
