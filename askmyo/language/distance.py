"""What a slip of the finger costs: an edit distance that knows the keyboard.

Weighted Damerau-Levenshtein (optimal string alignment) distance. A doubled letter, two letters
swapped, or a neighbouring key costs less than any other edit; a wrong first letter costs more,
since people seldom miss it (Pollock and Zamora, 1984).
"""

from itertools import permutations

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("aeo", "ei", "ou", "iy", "ck", "cs", "sz", "fv", "gj", "td", "mn", "ai", "iu")
SWAPPED = 0.6
NEIGHBOUR = 0.65
ALIKE = 0.7
DOUBLED = 0.5
MISSING = 0.9
EXTRA = 0.9
WRONG = 1.0
FIRST_LETTER = 0.4
FIRST_DROPPED = 0.1


def _near_keys() -> frozenset[tuple[str, str]]:
    places = {
        key: (column + row * 0.5, row)
        for row, keys in enumerate(_ROWS)
        for column, key in enumerate(keys)
    }
    return frozenset(
        (one, other)
        for one, (x, y) in places.items()
        for other, (u, v) in places.items()
        if one != other and abs(x - u) <= 1.0 and abs(y - v) <= 1
    )


_NEAR = _near_keys()
_SOUND = frozenset(pair for alike in _ALIKE for pair in permutations(alike, 2))


def _substitution(typed: str, meant: str) -> float:
    if typed == meant:
        return 0.0
    if (typed, meant) in _NEAR:
        return NEIGHBOUR
    return ALIKE if (typed, meant) in _SOUND else WRONG


def cost(typed: str, meant: str) -> float:
    """The cost of having typed one word when the other was meant. Lower is likelier."""
    before: list[float] = []
    row = [0.0]
    for j in range(len(meant)):
        row.append(row[-1] + (DOUBLED if _repeats(meant, j) else MISSING))
    for i, letter in enumerate(typed):
        extra = DOUBLED if _repeats(typed, i) else EXTRA
        after = [row[0] + extra]
        for j, aim in enumerate(meant):
            missing = DOUBLED if _repeats(meant, j) else MISSING
            best = min(row[j] + _substitution(letter, aim), row[j + 1] + extra, after[j] + missing)
            if i and j and letter == meant[j - 1] and typed[i - 1] == aim and letter != aim:
                best = min(best, before[j - 1] + SWAPPED)
            after.append(best)
        before, row = row, after
    return row[-1] + _opening(typed, meant)


def _opening(typed: str, meant: str) -> float:
    """More for a wrong first letter, a little more for one that is dropped or swapped."""
    if typed[0] == meant[0]:
        return 0.0
    return FIRST_DROPPED if typed[0] == meant[1:2] else FIRST_LETTER


def _repeats(word: str, place: int) -> bool:
    return place > 0 and word[place] == word[place - 1]
