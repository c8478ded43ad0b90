"""What a message says: canonical text, sentences, terms and repairs, with places in the original.

Use: `nlp = build_pipeline(words)`, then `read(nlp, text)`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from askmyo.language import sentences_pipe
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
    said = _Said(doc)
    return Reading(
        text=text,
        canonical=_settled(nlp, doc, said.canonical(0, len(doc))),
        sentences=tuple(_sentences(doc, said, text, cleaned)),
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
        doc = nlp(doc, disable=[sentences_pipe.NAME])
        before, said = said, _Said(doc).canonical(0, len(doc))
        if said == before:
            return said
    return said


def _sentences(doc: Doc, said: "_Said", text: str, cleaned: Cleaned) -> Iterator[Sentence]:
    for span in doc.sents:
        sentence = _sentence(doc, said, (span.start, span.end))
        if sentence is None:
            continue
        first, last, canonical = sentence
        question = looks_like_question(said.norms[first:last])
        start, end = cleaned.original(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        yield Sentence(start, end, text[start:end], canonical, question)


def _terms(doc: Doc, text: str, cleaned: Cleaned) -> Iterator[Term]:
    for ent in doc.ents:
        start, end = cleaned.original(ent.start_char, ent.end_char)
        yield Term(ent.kb_id_, ent.label_, start, end, text[start:end])


def _sentence(doc: Doc, said: "_Said", span: tuple[int, int]) -> tuple[int, int, str] | None:
    """The tokens of a sentence without the space around it, and its canonical text."""
    first, last = span
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    if first == last:
        return None
    opening = first
    while opening < last - 1 and said.norms[opening] in starters().connectors:
        opening += 1
    canonical = said.canonical(opening, last)
    return (first, last, canonical) if canonical else None


class _Said:
    """The tokens of a doc as text: terms rewritten, spelling repaired, lower case."""

    def __init__(self, doc: Doc) -> None:
        gaps = doc.user_data.get("gaps", ())
        self.norms = [token.norm_ for token in doc]
        self._spaced = [bool(token.whitespace_) or token.idx in gaps for token in doc]
        self._rewrites: dict[int, tuple[int, str]] = doc._.rewrites
        self._known: dict[tuple[int, int], str] = {}

    def canonical(self, start: int, end: int) -> str:
        """The text from one token to before another."""
        # A message is often one sentence, which is then asked for twice.
        if (start, end) not in self._known:
            self._known[start, end] = self._text(start, end)
        return self._known[start, end]

    def _text(self, start: int, end: int) -> str:
        pieces: list[str] = []
        i = start
        while i < end:
            after, said = self._rewrites.get(i, (i + 1, ""))
            if not said and _says_something(self.norms[i]):
                said = self.norms[i]
            elif not said and pieces and pieces[-1] != " ":
                said = " "
            pieces.append(said)
            if self._spaced[after - 1]:
                pieces.append(" ")
            i = after
        return " ".join("".join(pieces).split())


def _says_something(norm: str) -> bool:
    return norm[:1].isalnum() or any(letter.isalnum() or letter in _KEPT for letter in norm)
