"""Whether a message is only keys hit at random: letters in an order English never has."""

import math
import re
from collections import Counter
from functools import lru_cache

from askmyo.language.cleaning import clean
from askmyo.language.wordlist import FREQUENT, KNOWN, english

READ = 400
"""Characters looked at."""

UNLIKELY = -4.3
"""Mean log probability of a letter after the two before it; English words score above -3.6."""

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def is_gibberish(text: str) -> bool:
    """True for 'asdfgh', 'xkcjvn fgh', '???' and the like; False for words, even misspelt ones.

    Text in other scripts and numbers are not gibberish; no text at all is not either.
    """
    plain = clean(text[:READ]).text.strip()
    if not plain:
        return False
    if not any(letter.isalnum() for letter in plain):
        return True
    if any(ord(letter) > 0x24F and letter.isalpha() for letter in plain):
        return False
    words = [word.lower() for word in _WORD.findall(plain) if not _abbreviation(word)]
    if not words:
        return False
    strange = [word for word in words if _strange(word)]
    return sum(map(len, strange)) > 0.6 * sum(map(len, words))


def _abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= 6 and not _keyboard_walk(word.lower())


@lru_cache(maxsize=4096)
def _strange(word: str) -> bool:
    if _keyboard_walk(word):
        return True
    if english().zipf(word) >= KNOWN:
        return False
    vowels = sum(letter in "aeiouy" for letter in word)
    if len(word) < 4:
        return len(word) > 1 and not vowels
    if len(set(word)) <= max(1, len(word) // 5) or _same_row(word) or _repeats(word):
        return True
    if vowels * 8 < len(word):
        return True
    return _likelihood(word) < UNLIKELY


def _keyboard_walk(word: str) -> bool:
    if len(word) < 4 or english().zipf(word) >= FREQUENT:
        return False
    return any(word in row or word in row[::-1] for row in _ROWS)


def _same_row(word: str) -> bool:
    return len(word) > 4 and any(set(word) <= set(row) for row in _ROWS[1:])


def _repeats(word: str) -> bool:
    """'asdasd', 'fghfghfgh': two or three letters over and over."""
    return len(word) > 5 and any(word == (word[:n] * len(word))[: len(word)] for n in (2, 3))


@lru_cache(maxsize=1)
def _letters() -> tuple[Counter[str], Counter[str]]:
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for word in english().frequent:
        if not word.isalpha():
            continue
        padded = f"^^{word}$"
        for i in range(2, len(padded)):
            pairs[padded[i - 2 : i]] += 1
            triples[padded[i - 2 : i + 1]] += 1
    return pairs, triples


def _likelihood(word: str) -> float:
    pairs, triples = _letters()
    padded = f"^^{word}$"
    total = 0.0
    for i in range(2, len(padded)):
        seen, after = triples[padded[i - 2 : i + 1]], pairs[padded[i - 2 : i]]
        total += math.log((seen + 0.05) / (after + 1.4))
    return total / (len(padded) - 2)
