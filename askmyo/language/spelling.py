"""Spelling repair against our own vocabulary, which leaves every good word alone.

A word is good when it is in the vocabulary or is a frequent English word. Any other word may be
repaired to a word of the vocabulary, if one candidate is clearly nearest: candidates within a
length-aware edit distance (rapidfuzz), ranked by what the slip costs (distance.py) and by how
common the candidate is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from askmyo.language.distance import SWAPPED, cost
from askmyo.language.near import NearWords
from askmyo.language.wordlist import KNOWN, Wordlist, english

SHORTEST, LONGEST = 4, 26
MARGIN = 0.25
"""By how much the best candidate must beat the next."""

ONE_SLIP = 1.0
"""Below this cost one slip makes a word of a common one."""

FAR_COMMONER = 2.0
"""On the Zipf scale: a hundred times as common."""

COMMON = 0.12
"""What one step on the Zipf scale is worth, in units of cost."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]{1,2})?\Z")
_RUN = re.compile(r"([a-z])\1{2,}")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ness", "able", "ish", "ie", "al")
_SHORT = "i is it in to do of my me we he on at am an as be by if or so up no"
_SHORT_WORDS = frozenset(_SHORT.split())
_CACHED = 20_000


def allowed_distance(length: int) -> int:
    """How many edits a word of this length may be away from the word meant."""
    return 1 if length < 7 else 2 if length < 12 else 3


@dataclass(frozen=True)
class _Candidate:
    word: str
    cost: float


class Speller:
    """Repairs words. `vocabulary`: the words it may repair to, lower case."""

    def __init__(self, vocabulary: Iterable[str], shorthand: dict[str, str] | None = None) -> None:
        self.words: Wordlist = english()
        self.vocabulary = frozenset(
            word.lower() for word in vocabulary if _WORD.match(word.lower())
        )
        self.shorthand = shorthand or {}
        self._targets = NearWords(sorted(word for word in self.vocabulary if len(word) >= SHORTEST))
        self._cache: dict[str, str | None] = {}

    def good(self, word: str) -> bool:
        """Whether a lower-case word is left alone."""
        return word in self.vocabulary or word in self.words.frequent

    def repair(self, word: str) -> str | None:
        """The words meant by a lower-case word, or None to leave it as it is."""
        if word in self.vocabulary:
            return None
        if word in self.shorthand:
            return self.shorthand[word]
        if not _WORD.match(word) or (word in self.words.frequent and not _RUN.search(word)):
            return None
        if word not in self._cache:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[word] = self._find(word)
        return self._cache[word]

    def resembles(self, word: str) -> bool:
        """Whether one slip may have made it of a far commoner word, clear or not of which."""
        least = self.words.zipf(word) + FAR_COMMONER
        return not _possessive(word) and any(
            self.words.zipf(target) >= least and self._weigh(word, target).cost < ONE_SLIP
            for target, _ in self._targets.of(word, 1)
        )

    def _find(self, word: str) -> str | None:
        short = self._shorten(word)
        if short != word and self.good(short):
            return short
        if not SHORTEST <= len(short) <= LONGEST or _possessive(short):
            return None
        best = self._nearest(short)
        if self.words.zipf(short) >= KNOWN:
            return best.word if best and self._misspelling(short, best.word) else None
        split = self._split(short)
        if best and (split is None or best.cost <= 1.2):
            return best.word
        return split

    def _shorten(self, word: str) -> str:
        """'sooo' is 'so', 'weaaak' is 'weak'."""
        shorter = (_RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word))
        return max(shorter, key=self.words.zipf)

    def _nearest(self, word: str) -> _Candidate | None:
        limit = allowed_distance(len(word))
        near = self._targets.of(word, limit, most=12)
        ranked = sorted(
            (self._weigh(word, target) for target, _ in near), key=lambda each: each.cost
        )
        if not ranked or ranked[0].cost > _ceiling(len(word)):
            return None
        if len(ranked) > 1 and ranked[1].cost - ranked[0].cost < MARGIN:
            return self._inflection(word, ranked[0], ranked[1])
        return ranked[0]

    def _weigh(self, typed: str, target: str) -> _Candidate:
        return _Candidate(target, cost(typed, target) - COMMON * (self.words.zipf(target) - 4.0))

    @staticmethod
    def _inflection(typed: str, first: _Candidate, second: _Candidate) -> _Candidate | None:
        """Two forms of one word ('muscle', 'muscles') are no true ambiguity."""
        if not same_stem(first.word, second.word):
            return None
        same_end = [each for each in (first, second) if each.word[-1] == typed[-1]]
        return same_end[0] if same_end else first

    def _misspelling(self, seen: str, target: str) -> bool:
        """Whether a word that was seen in print is a slip for a far more common one."""
        slip = cost(seen, target)
        if slip >= 1.0 or OSA.distance(seen, target) > 1 or same_stem(seen, target):
            return False
        rarity = self.words.zipf(seen)
        if rarity >= 2.0 and slip > SWAPPED:
            return False
        needed = 1.4 + 1.8 * slip + max(0.0, rarity - 2.0)
        if len(seen) < 6:
            needed += 0.5
        return self.words.zipf(target) - rarity >= needed

    def _split(self, word: str) -> str | None:
        """'whatcauses' is 'what causes'."""
        best, best_score = None, 0.0
        for place in range(1, len(word) - 1):
            left, right = word[:place], word[place:]
            if not (self._part(left) and self._part(right)):
                continue
            score = min(self.words.zipf(left), self.words.zipf(right))
            if score > best_score:
                best, best_score = f"{left} {right}", score
        return best

    def _part(self, part: str) -> bool:
        if len(part) <= 2:
            return part in _SHORT_WORDS
        return self.words.zipf(part) >= 5.0 or (len(part) > 3 and part in self.vocabulary)


def _ceiling(length: int) -> float:
    return 1.15 if length < 7 else 1.9 if length < 12 else 2.6


def _possessive(word: str) -> bool:
    return word.endswith("'s")


def same_stem(one: str, other: str) -> bool:
    """Whether two words are forms of one ('muscle', 'muscles')."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def words_of(texts: Iterable[str]) -> set[str]:
    """The plain words of some texts, lower case."""
    return {word for text in texts for word in re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())}


def trusted_words(words: Iterable[str], sure: Iterable[str], doubted: float = KNOWN) -> set[str]:
    """The words that are spelt right, of words that may hold slips ('myositus', 'hobies').

    A frequent word is right. A rarer one is a slip if the right words would repair it; one of a
    Zipf value below `doubted` is a slip even where it only resembles far commoner ones ('hepl':
    help or hell?).
    `sure`: words known to be right.
    """
    english_words = english()
    plain = {word for word in words if _WORD.match(word)}
    right = set(sure) | (plain & english_words.frequent)
    speller = Speller(right)
    kept = {word for word in plain - right if speller.repair(word) is None}
    return right | {
        word for word in kept if english_words.zipf(word) >= doubted or not speller.resembles(word)
    }
