"""How hard a text is to read: the Flesch-Kincaid grade, with explained medical words set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

import textstat


def reading_grade(text: str, glossary: Sequence[str] = ()) -> float:
    """The US school grade a text asks of its reader, one decimal.

    Each term of `glossary` counts as one common word ('muscle'), since the answers explain
    these and no plainer word exists for them.

    Source: Kincaid et al. 1975, as computed by the library textstat.
    """
    plain = re.sub(r"\bs?IBM\b", "it", text)
    for term in sorted(glossary, key=len, reverse=True):
        plain = re.sub(rf"\b{re.escape(term)}\b", "muscle", plain, flags=re.IGNORECASE)
    return round(float(textstat.flesch_kincaid_grade(plain)), 1)


def word_count(text: str | None) -> int:
    """Words as a reader counts them: runs of letters between spaces."""
    return len((text or "").split())
