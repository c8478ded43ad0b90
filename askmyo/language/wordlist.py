"""How common an English word is: the list of words that are never repaired.

The counts come from the package wordfreq (Speer et al., data from 2021, CC BY-SA 4.0). A Zipf
value is the base-ten logarithm of a word's count per thousand million words: 'the' 7.7,
'muscle' 4.6, 'physiotherapist' 2.7, a common misspelling below 3.
"""

from dataclasses import dataclass
from functools import lru_cache

from wordfreq import get_frequency_list

FREQUENT = 3.0
"""From here on a word is taken for good, whatever it resembles."""

KNOWN = 1.0
"""From here on a word has been seen; it may be rare or a widespread misspelling."""


@dataclass(frozen=True)
class Wordlist:
    """Frequent words as a set, all seen words with their Zipf value in tenths."""

    frequent: frozenset[str]
    tenths: dict[str, int]

    def zipf(self, word: str) -> float:
        """The Zipf value of a word, 0.0 if it was never seen."""
        return self.tenths.get(word, 0) / 10


@lru_cache(maxsize=1)
def english() -> Wordlist:
    """The English words, loaded once in a process (about half a second)."""
    tenths: dict[str, int] = {}
    for bucket, words in enumerate(get_frequency_list("en", wordlist="large")):
        tenth = round((900 - bucket) / 10)
        for word in words:
            if word.isascii():
                tenths[word] = tenth
    get_frequency_list.cache_clear()
    frequent = frozenset(word for word, tenth in tenths.items() if tenth >= FREQUENT * 10)
    return Wordlist(frequent, tenths)
