"""What a message says: canonical text, sentences, terms and repairs, with places in the original.

Use: `nlp = build_pipeline(words)`, then `read(nlp, text)`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from askmyo.language.cleaning import Cleaned, clean
from askmyo.language.damage import AGAIN
from askmyo.language.sentences_pipe import looks_like_question, starters

PASSES = 4
"""A canonical text is read again until it stays as it is, at most so many times."""

_ORDINARY = re.compile(r"[\w\s.,?!;:%'\"()-]*")
"""A text without signs that are dropped, so that nothing stands together anew."""

_KEPT = frozenset(".,?!;:%")


@dataclass(frozen=True)
class Sentence:
    """One clause. `start` and `end` are places in the original message."""

    start: int
    end: int
    text: str
    canonical: str
    question: bool


@dataclass(frozen=True)
class Term:
    """One term that was found. `text` is what the message says at `start` to `end`."""

    id: str
    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """A message as read. `text` is untouched; `canonical` goes to the encoder and classifier."""

    text: str
    canonical: str
    sentences: tuple[Sentence, ...]
    terms: tuple[Term, ...]
    repairs: tuple[tuple[str, str], ...]


def read(nlp: Language, text: str) -> Reading:
    """Read a message. Never raises for a string; no text gives an empty reading."""
    cleaned = clean(text)
    doc = nlp(cleaned.text)
    said = _canonical(doc, 0, len(doc))
    return Reading(
        text=text,
        canonical=_settled(nlp, doc, said),
        sentences=tuple(_sentences(doc, text, cleaned)),
        terms=tuple(_terms(doc, text, cleaned)),
        repairs=doc._.repairs,
    )


def canonical(nlp: Language, text: str) -> str:
    """Only the canonical text of a message."""
    return read(nlp, text).canonical


def _settled(nlp: Language, doc: Doc, said: str) -> str:
    """The canonical text of the canonical text, where a repair made a longer term."""
    for _ in range(PASSES):
        if not doc._.repairs and not doc._.rewrites and _ORDINARY.fullmatch(doc.text):
            return said
        doc = nlp.make_doc(said)
        doc.user_data[AGAIN] = True
        doc = nlp(doc)
        before, said = said, _canonical(doc, 0, len(doc))
        if said == before:
            return said
    return said


def _sentences(doc: Doc, text: str, cleaned: Cleaned) -> Iterator[Sentence]:
    for span in doc.sents:
        sentence = _sentence(doc, (span.start, span.end), text, cleaned)
        if sentence is not None:
            yield sentence


def _terms(doc: Doc, text: str, cleaned: Cleaned) -> Iterator[Term]:
    for ent in doc.ents:
        start, end = cleaned.original(ent.start_char, ent.end_char)
        yield Term(ent.kb_id_, ent.label_, start, end, text[start:end])


def _sentence(doc: Doc, span: tuple[int, int], text: str, cleaned: Cleaned) -> Sentence | None:
    first, last = span
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    if first == last:
        return None
    opening = first
    while opening < last - 1 and doc[opening].norm_ in starters().connectors:
        opening += 1
    said = _canonical(doc, opening, last)
    if not said:
        return None
    start, end = cleaned.original(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
    question = looks_like_question([doc[i].norm_ for i in range(first, last)])
    return Sentence(start, end, text[start:end], said, question)


def _canonical(doc: Doc, start: int, end: int) -> str:
    """The tokens from start to end, terms rewritten, spelling repaired, lower case."""
    rewrites: dict[int, tuple[int, str]] = doc._.rewrites
    gaps = doc.user_data.get("gaps", ())
    pieces: list[str] = []
    i = start
    while i < end:
        after, said = rewrites.get(i, (i + 1, ""))
        if not said:
            token = doc[i]
            norm = token.norm_
            said = norm if _says_something(norm) else ""
            if not said and pieces and pieces[-1] != " ":
                said = " "
        pieces.append(said)
        if doc[after - 1].whitespace_ or doc[after - 1].idx in gaps:
            pieces.append(" ")
        i = after
    return " ".join("".join(pieces).split())


def _says_something(norm: str) -> bool:
    return norm[:1].isalnum() or any(letter.isalnum() or letter in _KEPT for letter in norm)
