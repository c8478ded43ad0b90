"""Which word follows which: a small language model of what patients ask.

Word pairs, smoothed with single words (Witten and Bell, 1991) and those with general English, so
that a word no patient used yet is rare and not impossible.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from askmyo.language.wordlist import english

EDGE = ""
"""Stands before the first word, and for whatever is no word: a full stop, a number, a name."""

OWN = 0.7
"""How much the patients' single words count beside those of general English."""

_PIECE = re.compile(r"[a-z]+(?:'[a-z]+)*|[^a-z\s]+")

Pairs = dict[str, dict[str, int]]


class WordPairs:
    """Costs of words in context. `pairs`: word before -> word -> how often."""

    def __init__(self, pairs: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self.pairs: Pairs = {before: dict(after) for before, after in (pairs or {}).items()}
        self.counts: Counter[str] = Counter()
        for after in self.pairs.values():
            self.counts.update(after)
        self._all = sum(self.counts.values())
        self._totals = {before: sum(after.values()) for before, after in self.pairs.items()}
        self._single: dict[str, float] = {}

    @classmethod
    def learn(cls, texts: Iterable[str], trusted: Callable[[str], bool]) -> "WordPairs":
        """Count the pairs of some texts. A word that is not trusted, a slip maybe, is an edge."""
        pairs: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            before = EDGE
            for piece in _PIECE.findall(text.lower().replace("’", "'")):
                word = piece if trusted(piece) else EDGE
                if word or before:
                    pairs[before][word] += 1
                before = word
            if before:
                pairs[before][EDGE] += 1
        return cls(pairs)

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def cost(self, before: str, word: str) -> float:
        """How unlikely a word is after another: minus the natural logarithm of its chance."""
        after = self.pairs.get(before)
        if not after:
            return -math.log(self._chance(word))
        total = self._totals[before]
        chance = (after.get(word, 0) + len(after) * self._chance(word)) / (total + len(after))
        return -math.log(chance)

    def single(self, word: str) -> float:
        """How unlikely a word is, whatever stands before it, in the unit of `cost`."""
        return -math.log(self._chance(word))

    def _chance(self, word: str) -> float:
        chance = self._single.get(word)
        if chance is None:
            if len(self._single) > 50_000:
                self._single.clear()
            general = 0.02 if word == EDGE else 10 ** (english().zipf(word) - 9)
            own = self.counts[word] / self._all if self._all else general
            chance = self._single[word] = OWN * own + (1 - OWN) * general
        return chance
