"""Plain characters: what a message says once markup, curly quotes and control codes are gone.

Nothing is lost: every character of the cleaned text knows where it stood in the original.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 20_000
"""Characters that are read; a message longer than this is cut."""

_MARKUP = re.compile(r"<[A-Za-z/!][^<>]{0,200}>|&(?:#\d{1,5}|[a-z]{2,6});")
_UNTIDY = re.compile(r"[^ -;=?-~\n]|&[#a-z]")
_SAME = {
    **dict.fromkeys("‘’‚‛ʼ´`′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "\r": "\n",
    "\n": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "…": "...",
}


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text and, per character, its place in the original (None: the same places)."""

    text: str
    places: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that this span of the cleaned text came from."""
        if self.places is None or start >= end:
            return (start, end) if self.places is None else (0, 0)
        return self.places[start], self.places[end - 1] + 1


def clean(text: str) -> Cleaned:
    """Straighten quotes, drop markup and invisible characters, keep line breaks."""
    text = text[:LONGEST]
    if not _UNTIDY.search(text) and "<" not in text:
        return Cleaned(text, None)
    letters: list[str] = []
    places: list[int] = []
    last = 0
    for found in _MARKUP.finditer(text):
        _copy(text, last, found.start(), letters, places)
        mark = html.unescape(found.group()) if found.group()[0] == "&" else " "
        letters.append(_plain(mark[0]) or " ")
        places.extend([found.start()] * len(letters[-1]))
        last = found.end()
    _copy(text, last, len(text), letters, places)
    return Cleaned("".join(letters), tuple(places))


def _copy(text: str, start: int, end: int, letters: list[str], places: list[int]) -> None:
    for place in range(start, end):
        plain = _plain(text[place])
        letters.append(plain)
        places.extend([place] * len(plain))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in _SAME:
        return _SAME[letter]
    kind = unicodedata.category(letter)
    if kind in {"Cf", "Cs", "Cn"}:
        return ""
    if kind[0] in {"C", "Z"}:
        return " "
    return unicodedata.normalize("NFKC", letter)
