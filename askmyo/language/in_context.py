"""Repairs the slips of a whole message at once: the likeliest words, given what was typed.

A noisy channel (Kernighan, Church and Gale, 1990): what a slip costs (candidates.py) and how
unlikely the words are in their order (word_pairs.py) are added up, and the cheapest way through
the message is found word by word (Viterbi, 1967), keeping the best few ways. Costs are minus the
natural logarithms of chances.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from askmyo.language.candidates import SLIP, Candidates, edits_allowed
from askmyo.language.distance import MISSING, SWAPPED
from askmyo.language.spelling import same_stem
from askmyo.language.word_pairs import EDGE, WordPairs
from askmyo.language.wordlist import KNOWN, english

Kind = Literal["fixed", "good", "unknown"]

WAYS = 12
"""The best ways kept at each word."""

STRANGE = 27.0
"""What it costs to leave a word that nobody ever saw."""

CAUTION = 4.0
"""What a repair costs more where only one word of a message is unknown: it may be a name."""

SEEN = 2.0
"""How much a Zipf step speaks for a rare word that others did print."""

CHANGED = 2.5
"""What it costs, beside the slip, to take a good word for another."""

SHORT = 4
"""A good word of so many letters or fewer may itself come from a slip, in a message of slips."""

RARE = 4.0
"""Below this Zipf value a longer good word may, too."""

MOST_SLIPS = 0.19
"""Slips a letter, from which a text is not thought to be damaged English."""

HEARD, FAMILIAR = 10, 0.25
"""A text is English when this share of its words was heard so often from patients."""

_SPACE_LOST = SLIP * MISSING
_SPACE_MOVED = SLIP * SWAPPED + 0.5
_SPACE_GAINED = SLIP * 1.0
_SHORTHAND = 1.0


@dataclass(frozen=True)
class Piece:
    """One token, in lower case. `spaced`: whether a single space parts it from the next."""

    word: str
    kind: Kind
    spaced: bool


class Change(NamedTuple):
    """The tokens from `start` to before `end` stand for `words`.

    `place`: where the typed word is to be cut, if it stands for two words.
    """

    start: int
    end: int
    words: tuple[str, ...]
    slips: float
    place: int = 0


class _Way(NamedTuple):
    cost: float
    last: str
    before: "_Way | None"
    change: Change | None


_Offer = tuple[Change, float]
"""A change and what it costs beside its slips."""


class InContext:
    """Finds the changes for a message. `good` tells whether a word needs no repair."""

    def __init__(
        self,
        pairs: WordPairs,
        candidates: Candidates,
        good: Callable[[str], bool],
        shorthand: dict[str, str],
    ) -> None:
        self.pairs = pairs
        self.candidates = candidates
        self.good = good
        self.shorthand = shorthand

    def changes(self, pieces: Sequence[Piece]) -> list[Change]:
        """The changes, in order. Good words change only where two others were repaired."""
        several = sum(piece.kind == "unknown" for piece in pieces) > 1
        offers = [list(self._offers(pieces, i)) for i in range(len(pieces))]
        found = self._decode(pieces, offers, 0.0 if several else CAUTION)
        if len(found) < 2:
            return found if self._plausible(pieces, found) else []
        for i, piece in enumerate(pieces):
            if piece.kind == "good" and _doubtful(piece.word):
                offers[i] = [*self._doubts(pieces, i), *offers[i]]
        found = self._decode(pieces, offers, 0.0)
        return found if self._plausible(pieces, found) else []

    def _plausible(self, pieces: Sequence[Piece], changes: Iterable[Change]) -> bool:
        """Whether so many slips may come from weak fingers, and not from another language."""
        letters = sum(len(piece.word) for piece in pieces if piece.word.isalpha())
        heard = sum(self.pairs.counts[piece.word] >= HEARD for piece in pieces)
        unknown = sum(piece.kind == "unknown" for piece in pieces)
        slips = sum(change.slips for change in changes)
        return heard >= FAMILIAR * (heard + unknown) and slips <= MOST_SLIPS * letters

    def _decode(
        self, pieces: Sequence[Piece], offers: Sequence[Sequence[_Offer]], caution: float
    ) -> list[Change]:
        ends: list[dict[str, _Way]] = [{} for _ in range(len(pieces) + 1)]
        ends[0][EDGE] = _Way(0.0, EDGE, None, None)
        for i, piece in enumerate(pieces):
            ways = sorted(ends[i].values(), key=lambda way: way.cost)[:WAYS]
            ends[i] = {}
            kept = EDGE if piece.kind == "fixed" and not piece.word.isalpha() else piece.word
            self._extend(ends[i + 1], ways, (kept,), self._left(piece, caution), None)
            for change, extra in offers[i]:
                cost = SLIP * change.slips + extra
                self._extend(ends[change.end], ways, change.words, cost, change)
        way: _Way | None = min(ends[-1].values(), key=lambda way: way.cost)
        changes = []
        while way is not None:
            if way.change is not None:
                changes.append(way.change)
            way = way.before
        return changes[::-1]

    def _extend(
        self,
        ends: dict[str, _Way],
        ways: Iterable[_Way],
        words: tuple[str, ...],
        cost: float,
        change: Change | None,
    ) -> None:
        inner = sum(self.pairs.cost(one, two) for one, two in pairwise(words))
        first, last = words[0], words[-1]
        follows = change is not None or cost < STRANGE / 2
        known = ends.get(last)
        least, best = math.inf if known is None else known.cost, None
        for way in ways:
            total = way.cost + cost + inner
            if total >= least:
                break  # The ways that follow cost more, and no pair of words costs less than 0.
            if follows:
                total += self.pairs.cost(way.last, first)
            if total < least:
                least, best = total, way
        if best is not None:
            ends[last] = _Way(least, last, best, change)

    @staticmethod
    def _left(piece: Piece, caution: float) -> float:
        """What it costs to leave a word as it is; less than nothing for a rare word alone."""
        if piece.kind != "unknown":
            return 0.0
        rarity = english().zipf(piece.word)
        return -(caution + SEEN) * rarity if rarity >= KNOWN else STRANGE - caution

    def _offers(self, pieces: Sequence[Piece], i: int) -> Iterator[_Offer]:
        """Ways to read the word at i, alone or with the next, where one of them is unknown."""
        piece, after = pieces[i], _beside(pieces, i)
        if piece.kind == "unknown":
            yield from self._instead(piece.word, i)
            yield from self._cut(piece.word, i)
        if after and "unknown" in (piece.kind, after.kind):
            yield from self._joined(piece.word, after.word, i)
            yield from self._moved(piece.word, after.word, i)

    def _doubts(self, pieces: Sequence[Piece], i: int) -> Iterator[_Offer]:
        """Ways to read a good word at i that may itself come from a slip."""
        piece, after = pieces[i], _beside(pieces, i)
        for each in self.candidates.of(piece.word, 1):
            yield Change(i, i + 1, (each.word,), each.cost / SLIP), CHANGED
        if after and after.kind != "unknown":
            yield from self._moved(piece.word, after.word, i)

    def _instead(self, word: str, i: int) -> Iterator[_Offer]:
        if word in self.shorthand:
            words = tuple(self.shorthand[word].split())
            yield Change(i, i + 1, words, 0.0, _place(word, words)), _SHORTHAND
        printed = english().zipf(word) >= KNOWN
        for each in self.candidates.of(word, edits_allowed(len(word))):
            if printed and same_stem(word, each.word):
                continue
            yield Change(i, i + 1, (each.word,), each.cost / SLIP), 0.0

    def _cut(self, word: str, i: int) -> Iterator[_Offer]:
        """'whatcauses' as two words, one of them spelt right and the other maybe not."""
        for place in range(1, len(word)):
            left, right = word[:place], word[place:]
            for one, first in self._parts(left, self._right(right)):
                for two, second in self._parts(right, first == 0.0):
                    slips = (first + second + _SPACE_LOST) / SLIP
                    yield Change(i, i + 1, (one, two), slips, place), 0.0

    def _parts(self, part: str, damaged: bool) -> Iterator[tuple[str, float]]:
        if self._right(part):
            yield part, 0.0
        elif part in self.shorthand and " " not in self.shorthand[part]:
            yield self.shorthand[part], _SHORTHAND
        elif damaged and len(part) > 2:
            for each in self.candidates.of(part, 1 if len(part) < 7 else 2)[:3]:
                yield each.word, each.cost

    def _joined(self, one: str, two: str, i: int) -> Iterator[_Offer]:
        """'swal lowing' as one word."""
        whole = one + two
        if self.good(whole):
            yield Change(i, i + 2, (whole,), _SPACE_GAINED / SLIP), 0.0
        elif len(whole) > 4:
            for each in self.candidates.of(whole, 1)[:3]:
                yield Change(i, i + 2, (each.word,), (each.cost + _SPACE_GAINED) / SLIP), 0.0

    def _moved(self, one: str, two: str, i: int) -> Iterator[_Offer]:
        """'ro dand' as 'rod and'."""
        whole = one + two
        for place in (len(one) - 1, len(one) + 1):
            left, right = whole[:place], whole[place:]
            if not left or not right:
                continue
            for first, slip in self._parts(left, self._right(right)):
                for second, other in self._parts(right, slip == 0.0):
                    slips = (slip + other + _SPACE_MOVED) / SLIP
                    yield Change(i, i + 2, (first, second), slips), 0.0

    def _right(self, part: str) -> bool:
        return _usual(part) or (len(part) > 3 and self.good(part))


def _beside(pieces: Sequence[Piece], i: int) -> Piece | None:
    """The next piece, if only a space parts it from the one at i and neither is fixed."""
    if not pieces[i].spaced or i + 1 == len(pieces):
        return None
    return None if "fixed" in (pieces[i].kind, pieces[i + 1].kind) else pieces[i + 1]


def _usual(word: str) -> bool:
    return english().zipf(word) >= (5.9 if len(word) < 3 else 5.0) and word.isalpha()


def _doubtful(word: str) -> bool:
    return len(word) <= SHORT or english().zipf(word) < RARE


def _place(word: str, words: tuple[str, ...]) -> int:
    return len(words[0]) if len(words) == 2 and len(words[0]) < len(word) else 0
