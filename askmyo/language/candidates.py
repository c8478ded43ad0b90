"""What may have been meant by a word: likely words a few slips away."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from string import ascii_lowercase

from askmyo.language.distance import cost
from askmyo.language.near import NearWords
from askmyo.language.word_pairs import WordPairs
from askmyo.language.wordlist import english

SLIP = 6.0
"""What one unit of distance.cost weighs, as minus the natural logarithm of a chance.

A certain slip on a certain letter happens to weak fingers about once in a hundred letters."""

COMMON = 4.3
"""Zipf value from which an English word may be meant though no patient was heard to use it."""

MOST = 10
"""Candidates kept for a word."""

_WEIGHED = 24
_ROUGH_SLIP = 4.5
_LETTERS = frozenset("bcdefghjklmnopqrstuvwxyz") | {"st", "co", "th", "ii", "re", "de", "la", "uk"}
_CACHED = 20_000


@dataclass(frozen=True)
class Candidate:
    """A word that may have been meant, and what the slips to it weigh."""

    word: str
    cost: float


class Candidates:
    """Finds candidates among the words of the vocabulary and common English words."""

    def __init__(self, vocabulary: Iterable[str], pairs: WordPairs) -> None:
        self.pairs = pairs
        common = {
            word
            for word, tenth in english().tenths.items()
            if tenth >= COMMON * 10 and word.isalpha() and len(word) > 1
        }
        likely = sorted(
            word for word in common.union(vocabulary, "ai") if _worth(word, pairs.counts[word])
        )
        self._likely = NearWords(likely)
        self._one_away = frozenset(word for word in english().frequent if len(word) > 4).union(
            likely
        )
        self._cache: dict[tuple[str, int], tuple[Candidate, ...]] = {}

    def of(self, word: str, edits: int) -> tuple[Candidate, ...]:
        """Likely words at most so many edits away, the likeliest first; never the word itself."""
        key = (word, edits)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            found = self._cache[key] = self._find(word, edits)
        return found

    def _find(self, word: str, edits: int) -> tuple[Candidate, ...]:
        near = dict.fromkeys(_one_edit_away(word) & self._one_away, 1)
        if edits > 1:
            near |= {target: n for target, n in self._likely.of(word, edits) if n > 1}
        rough = (
            (_ROUGH_SLIP * n + self.pairs.single(target), target) for target, n in near.items()
        )
        weighed = [
            Candidate(target, SLIP * cost(word, target)) for _, target in nsmallest(_WEIGHED, rough)
        ]
        weighed.sort(key=lambda each: each.cost + self.pairs.single(each.word))
        return tuple(weighed[:MOST])


def _one_edit_away(word: str) -> set[str]:
    """Every string one letter more, less, other or swapped (Norvig, 2007)."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {left + right[1:] for left, right in halves if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    other = {left + each + right[1:] for left, right in halves if right for each in ascii_lowercase}
    more = {left + each + right for left, right in halves for each in ascii_lowercase}
    return (less | swapped | other | more) - {word}


def _worth(word: str, heard: int) -> bool:
    """Whether a word is more than a rare abbreviation, which slips would often resemble."""
    zipf = english().zipf(word)
    if len(word) < 3:
        return zipf >= 5.9 and word not in _LETTERS
    return len(word) > 4 or heard >= 15 or zipf >= (4.9 if len(word) == 3 else 3.5)


def edits_allowed(length: int) -> int:
    """How many edits a damaged word of this length may be away from the word meant."""
    return 1 if length < 3 else 2 if length < 7 else 3
