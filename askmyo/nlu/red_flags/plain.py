"""Plain text for phrases: lower case, no apostrophes, punctuation as words of its own."""

from __future__ import annotations

import re

_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_STOPS = re.compile(r"[.?!;:\n]+")
_OTHER = re.compile(r"[^a-z0-9 .?!,]+")
_NUMBER_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_RUNS = re.compile(r"([a-z])\1{2,}")


def plain(text: str) -> str:
    """`I can't breathe!!` becomes ` i cant breathe . `; a space at both ends."""
    lowered = text.lower().translate(_APOSTROPHES)
    lowered = _NUMBER_POINT.sub("\x00", lowered)
    lowered = _STOPS.sub(lambda stop: " ? " if "?" in stop.group() else " . ", lowered)
    lowered = _OTHER.sub(lambda run: "." if "\x00" in run.group() else " ", lowered)
    lowered = _RUNS.sub(r"\1\1", lowered).replace(",", " , ")
    return " " + " ".join(lowered.split()) + " "
