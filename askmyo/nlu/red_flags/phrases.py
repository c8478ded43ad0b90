"""Phrases with gaps: the small language of signs.yml and cues.yml, compiled to regular expressions.

A phrase is a row of segments. Between two segments stands how far apart they may be:

    +      nothing between           ..     up to 3 words
    ...    up to 8 words             ....   up to 40 words, across sentences too

A segment is one or more wordings with `|` between, each of one or more words. `word~` stands for
any word that begins so, `<name>` for a group of wordings, and a `?` before a segment means that
it may be missing. Texts are first made plain (`askmyo.nlu.red_flags.plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

Groups = Mapping[str, Sequence[str]]

_WORD = r"[^ .?!;]+ "
_GAPS = {
    "+": "",
    "..": rf"(?:{_WORD}){{0,3}}?",
    "...": rf"(?:{_WORD}){{0,8}}?",
    "....": r"(?:[^ ]+ ){0,40}?",
}
_KEY = 3  # letters of a word by which phrases are found
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an the i im ive my he hes she shes is are was be been am it its this that to of in on "
        "at for and or not no so up off out all any me him her them they we you has have had do "
        "get got with just now very too one two from by as if when help today since",
    )
)


@dataclass(frozen=True)
class Phrase:
    """One phrase as a regular expression. `name` says what it shows: `emergency/choking`."""

    name: str
    source: str
    pattern: str
    keys: frozenset[str]


@dataclass(frozen=True)
class Hit:
    """Where a phrase was found in a plain text."""

    name: str
    source: str
    start: int
    end: int


class PhraseBook:
    """Finds phrases. Only those whose rarest segment begins like a word of the text are tried."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = list(phrases)
        self._by_key: dict[str, list[int]] = {}
        for place, phrase in enumerate(self._phrases):
            for key in phrase.keys:
                self._by_key.setdefault(key, []).append(place)
        self._keys = frozenset(self._by_key)

    def prepare(self) -> None:
        """Compiles all phrases now; else each is when it is first tried, which took 3 ms of each of
        the first 300 messages after a start."""
        for phrase in self._phrases:
            _compiled(phrase.pattern)

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase that stands in a plain text, each once, at its first place, in the order
        of the book: the first sign found is the one that the reply is about."""
        places = {place for key in _keys(text) & self._keys for place in self._by_key[key]}
        for phrase in (self._phrases[place] for place in sorted(places)):
            found = _compiled(phrase.pattern).search(text)
            if found:
                yield Hit(phrase.name, phrase.source, found.start(), found.end())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled once, when first tried or by `prepare`."""
    return re.compile(pattern)


@lru_cache(maxsize=16)
def _keys(text: str) -> frozenset[str]:
    """By what phrases may be found in a text; `1~` stands for all words that begin so.

    Kept for a moment: some seventy books look at each text, one for each cue and word list.
    """
    words = set(text.split())
    starts = {word[:_KEY] for word in words}
    return frozenset(starts.union(f"{word[:size]}~" for word in words for size in range(1, _KEY)))


def read_phrase(name: str, source: str, groups: Groups) -> Phrase:
    """Turn one phrase into a regular expression.

    Raises ValueError, naming it, where a group is unknown, two gaps follow each other or a wording
    is empty (such as the first of `?|x`, which would make the segment optional).
    """
    pieces: list[str] = []
    candidates: list[frozenset[str]] = []
    for part in re.split(r" (\+|\.{2,4}) ", source.strip()):
        if part in _GAPS:
            pieces.append(_GAPS[part])
            continue
        optional = part.startswith("?")
        wordings = _wordings(part.lstrip("?"), groups, source)
        if any(not one or one.split()[0] in _GAPS for one in wordings):
            raise ValueError(f"Phrase '{source}' has two gaps in a row or an empty wording.")
        if any(one.startswith("?") and len(one) > 1 for one in wordings):
            raise ValueError(f"Phrase '{source}' has a ? that is not before its segment.")
        pieces.append(_alternatives(wordings) + ("?" if optional else ""))
        if not optional:
            candidates.append(frozenset(_key(wording) for wording in wordings))
    keys = min(candidates, key=lambda one: (len(one & _COMMON_KEYS), len(one)))
    return Phrase(name, source, r"(?<= )" + "".join(pieces), keys)


def _wordings(part: str, groups: Groups, source: str) -> list[str]:
    """All wordings of a segment, groups written out."""
    found: list[str] = []
    for wording in part.split("|"):
        name = re.search(r"<(\w+)>", wording)
        if name is None:
            found.append(wording.strip())
            continue
        if name[1] not in groups:
            raise ValueError(f"Phrase '{source}' names an unknown group '{name[1]}'.")
        for one in groups[name[1]]:
            found += _wordings(wording.replace(name[0], str(one)), groups, source)
    return found


def _alternatives(wordings: Iterable[str]) -> str:
    """Longest first; each with the space after it, so that only whole words match."""
    ordered = sorted(set(wordings), key=lambda one: (-len(one), one))
    return "(?:" + "|".join(re.escape(one).replace(r"\~", "[^ ]*") + " " for one in ordered) + ")"


def _key(wording: str) -> str:
    """The start of the least common word of a wording; `1~` where all that is known is shorter."""
    words = wording.replace("\\", "").split()
    rare = [word for word in words if word.rstrip("~") not in _COMMON]
    start = max(rare or words, key=lambda word: len(word.rstrip("~")))
    return start if start.endswith("~") and len(start) <= _KEY else start.rstrip("~")[:_KEY]


_COMMON_KEYS = frozenset(word[:_KEY] for word in _COMMON)
