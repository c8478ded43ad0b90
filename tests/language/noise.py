"""Slips of weak fingers, made from right words."""

import random
from collections.abc import Iterable, Iterator

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def noisy_words(words: Iterable[str], share: float, rounds: int) -> Iterator[tuple[str, str]]:
    """Each word with a slip, wherever noise on this share of its characters made one."""
    chance = random.Random(10)  # noqa: S311 - the same noise at every run
    for word in sorted(words):
        if len(word) < 4 or not word.isalpha():
            continue
        for _ in range(rounds):
            slip = _hit(word, share, chance)
            if slip != word:
                yield word, slip


def _hit(word: str, share: float, chance: random.Random) -> str:
    letters: list[str] = []
    for letter in word:
        if chance.random() >= share:
            letters.append(letter)
            continue
        kind = chance.choice(("missing", "doubled", "neighbor", "swapped"))
        if kind == "doubled":
            letters += [letter, letter]
        elif kind == "neighbor":
            letters.append(_neighbor(letter, chance))
        elif kind == "swapped" and letters:
            letters.insert(-1, letter)
    return "".join(letters)


def _neighbor(letter: str, chance: random.Random) -> str:
    row = next(row for row in ROWS if letter in row)
    place = row.index(letter)
    return chance.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
