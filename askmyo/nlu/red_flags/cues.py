"""Cues around a sign: what takes it back (negated, past, hypothetical ...), what makes it now.

A cue counts in the sentence of the sign, some only before it. The lists are in cues.yml; what a
cue may do is in `excuses`, and in words in docs/safety/red-flag-rule.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from askmyo.nlu.red_flags.phrases import Hit, PhraseBook, read_phrase

FIGURE = "_ "
"""What stands in place of a figure of speech."""

_NEAR = 4
"""A negation takes back a sign at most so many words after it."""

_DENIES = re.compile(
    r" (?:no|not|never|without|nor|isnt|arent|wasnt|werent|dont|doesnt|didnt|havent|hasnt|aint) "
)
_DENYING_SOURCE = re.compile(
    r"\b(?:no|not|never|nothing|without|wont|shant|dont|doesnt|isnt|arent|didnt|cant|<cant>)(?:\b|>|\|)"
)
_BUT = re.compile(r".* (?:,|but|however|although|though|yet|except) ")
_WITHOUT_NOW = ("past", "chronic", "general", "impersonal", "other_person")
"""Cues that count only where nothing says that it is happening now."""

_CRISIS_STANDS = frozenset({"hypothetical", "chronic", "other_person", "general"})
"""Cues that take nothing back where somebody may mean to die."""


class Cues:
    """Finds cues in plain texts. `data` is what cues.yml holds."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        words = data["words"]
        self._books = {
            name: PhraseBook(read_phrase(name, str(one), words) for one in phrases)
            for name, phrases in data.items()
            if name != "words"
        }

    def prepare(self) -> None:
        """See `PhraseBook.prepare`."""
        for book in self._books.values():
            book.prepare()

    def without_figures(self, text: str) -> str:
        """The text with everyday phrases such as 'dying to know' blanked out."""
        while hits := sorted(self._books["figure"].find(text), key=lambda hit: hit.start):
            parts, end = [], 0
            for hit in hits:
                # Where two overlap, the rest of the second is looked at in the next round.
                if hit.start >= end:
                    parts += [text[end : hit.start], FIGURE]
                    end = hit.end
            text = "".join([*parts, text[end:]])
        return text

    def now(self, text: str) -> bool:
        """Whether the text says that it is happening now."""
        return self._has("now", text)

    def softened(self, text: str, kind: str) -> frozenset[str]:
        """The cues of a text, as a whole, that may take a sign back."""
        found = {name for name in ("fiction", "resolved") if self._has(name, text)}
        if not self.now(text):
            found |= {name for name in _WITHOUT_NOW if self._has(name, text)}
        if self._has("hypothetical", text) and not self._has("not_hypothetical", text):
            found.add("hypothetical")
        if self._has("negated", text) and not self._has("not_negated", text):
            found.add("negated")
        return frozenset(found - _CRISIS_STANDS if kind == "crisis" else found)

    def excuses(self, text: str, hit: Hit) -> frozenset[str]:
        """The cues that take a sign back: none means that it stands."""
        start, end = _sentence(text, hit)
        sentence, before = text[start:end], text[start : hit.start]
        inside = text[hit.start : hit.end]
        found = {"negated"} if self._negated(before, inside, hit.source) else set()
        now = self.now(sentence)
        if self._conditional(" " + before + inside.rstrip().rsplit(" ", 1)[0] + " "):
            found.add("hypothetical")
        found |= {name for name in ("fiction", "resolved") if self._has(name, sentence)}
        if self._has("resolved", text[end - 1 : _end(text, end)]):
            found.add("resolved")
        if not now:
            found |= {name for name in _WITHOUT_NOW if self._has(name, sentence)}
        if hit.name.startswith("crisis"):
            found -= _CRISIS_STANDS
        return frozenset(found)

    def _negated(self, before: str, inside: str, source: str) -> bool:
        clause = _BUT.sub(" ", " " + before)
        near = " " + " ".join(clause.split()[-_NEAR:]) + " "
        if self._has("negated", near) and not self._has("not_negated", near + inside):
            return True
        if _DENYING_SOURCE.search(source) or not _DENIES.search(" " + inside):
            return False
        return not self._has("not_negated", " " + inside)

    def _conditional(self, before: str) -> bool:
        last = before.rsplit(" , ", 1)[-1] if " , " in before else before
        return self._has("hypothetical", " " + last) and not self._has("not_hypothetical", before)

    def _has(self, name: str, text: str) -> bool:
        return any(True for _ in self._books[name].find(text))


def _sentence(text: str, hit: Hit) -> tuple[int, int]:
    """Start and end of the sentence or sentences that hold a sign."""
    start = max(text.rfind(f" {stop} ", 0, hit.start) for stop in ".?!")
    return (start + 2 if start >= 0 else 0), _end(text, hit.end)


def _end(text: str, place: int) -> int:
    ends = [at for stop in ".?!" if (at := text.find(f" {stop} ", max(place - 1, 0))) >= 0]
    return min(ends) + 3 if ends else len(text)
