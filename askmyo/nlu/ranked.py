"""What the classifier makes of one text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ranked:
    """Labels with calibrated probability, likeliest first, and how likely it is that the text
    is about anything we cover (`in_scope`, 0 to 1). `outside` is what it is if it isn't."""

    text: str
    question: bool
    labels: list[tuple[str, float]]
    in_scope: float
    outside: str = "out_of_scope/near"

    @property
    def top(self) -> str:
        """The likeliest label."""
        return self.labels[0][0]

    @property
    def confidence(self) -> float:
        """The probability of the likeliest label."""
        return self.labels[0][1]
