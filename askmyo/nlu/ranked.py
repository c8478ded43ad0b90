"""What the classifier makes of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEAR, FAR = "out_of_scope/near", "out_of_scope/far"
"""Other questions on health, and all the rest: what a text may be that isn't ours."""


@dataclass(frozen=True)
class Ranked:
    """Labels with calibrated probability, likeliest first, and how likely it is that the text
    is about anything we cover (`in_scope`, 0 to 1). `outside` is what it is if it isn't."""

    text: str
    question: bool
    labels: list[tuple[str, float]]
    in_scope: float
    outside: str = NEAR

    @property
    def top(self) -> str:
        """The likeliest label."""
        return self.labels[0][0]

    @property
    def confidence(self) -> float:
        """The probability of the likeliest label."""
        return self.labels[0][1]

    @property
    def far(self) -> bool:
        """Whether the text, if it isn't ours, has nothing to do with health at all."""
        return self.outside == FAR


def all_far(rankings: Sequence[Ranked], scope: float) -> bool:
    """Whether the whole message and each of its clauses lie far off, below so much scope."""
    return all(one.far and one.in_scope < scope for one in rankings)
