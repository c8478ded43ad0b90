"""Slips of weak fingers, the same at every run: missing, doubled, swapped, neighboring keys."""

from __future__ import annotations

import random

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
KINDS = ("missing", "doubled", "swapped", "neighboring")


def with_slips(text: str, share: float) -> str:
    """`text` with a slip on about this share (0 to 1) of its characters, spaces included.

    The slips depend on the text and the share alone, so every bot and every run gets the same.
    """
    chance = random.Random(f"{share}:{text}")  # noqa: S311 (not for secrets)
    letters: list[str] = []
    for letter in text:
        if chance.random() < share:
            _slip(letters, letter, chance)
        else:
            letters.append(letter)
    return "".join(letters)


def _slip(letters: list[str], letter: str, chance: random.Random) -> None:
    kind = chance.choice(KINDS)
    if kind == "doubled":
        letters += [letter, letter]
    elif kind == "swapped":
        letters.insert(max(0, len(letters) - 1), letter)
    elif kind == "neighboring":
        letters.append(_neighbor(letter, chance))


def _neighbor(letter: str, chance: random.Random) -> str:
    """A key beside this one. What lies in no row, such as a space, stays."""
    row = next((row for row in ROWS if letter.lower() in row), None)
    if row is None:
        return letter
    place = row.index(letter.lower())
    near = chance.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
    return near.upper() if letter.isupper() else near
