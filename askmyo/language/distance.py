"""What a slip of the finger costs: an edit distance that knows the keyboard.

Weighted Damerau-Levenshtein (optimal string alignment) distance. A doubled letter, two letters
swapped, or a neighbouring key costs less than any other edit; a wrong first letter costs more,
since people seldom miss it (Pollock and Zamora, 1984).
"""

from collections import defaultdict
from itertools import accumulate, permutations

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


def _substitutions() -> dict[str, dict[str, float]]:
    """What it costs to hit one letter for another, where that is likelier than any other."""
    costs: dict[str, dict[str, float]] = defaultdict(dict)
    for alike in _ALIKE:
        for typed, meant in permutations(alike, 2):
            costs[typed][meant] = ALIKE
    for typed, meant in _near_keys():
        costs[typed][meant] = NEIGHBOUR
    return dict(costs)


_SUBSTITUTIONS = _substitutions()


def cost(typed: str, meant: str) -> float:
    """The cost of having typed one word when the other was meant. Lower is likelier."""
    missing = [DOUBLED if _repeats(meant, j) else MISSING for j in range(len(meant))]
    before: list[float] = []
    row = list(accumulate(missing, initial=0.0))
    for i, letter in enumerate(typed):
        extra = DOUBLED if _repeats(typed, i) else EXTRA
        other = _SUBSTITUTIONS.get(letter, {})
        best = row[0] + extra
        after = [best]
        # Comparisons and no min(): this is the innermost loop of spelling repair.
        for j, aim in enumerate(meant):
            left = best + missing[j]
            best = row[j] if letter == aim else row[j] + other.get(aim, WRONG)
            if left < best:  # noqa: PLR1730
                best = left
            if row[j + 1] + extra < best:  # noqa: PLR1730
                best = row[j + 1] + extra
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
