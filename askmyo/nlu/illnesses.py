"""Notices a question on another illness, however much it sounds like one of ours.

'Is there a cure for psoriasis?' has every word of 'Is there a cure for IBM?' but one, and a
sentence vector can't be trusted with the difference.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from askmyo.nlu.ranked import NEAR, Ranked

_FILE = "illnesses.json"
_KINDS = ("disease", "illness")
_OURS = frozenset({"ibm", "iim", "myositis", "fibm"})

STRANGE = 0.1
"""What is left of `in_scope` when a message names an illness that the answer never speaks of."""


class Illnesses:
    """Which illnesses each label's examples speak of."""

    def __init__(self, spoken_of: Mapping[str, set[str]]) -> None:
        self._spoken_of = spoken_of

    @classmethod
    def of(cls, terms: Sequence[Sequence[dict[str, Any]]], labels: Sequence[str]) -> Illnesses:
        """Learns from the terms found in each example."""
        found: dict[str, set[str]] = defaultdict(set)
        for entities, label in zip(terms, labels, strict=True):
            found[label] |= _named(entities)
        return cls(found)

    def judge(self, ranked: Ranked, terms: Sequence[dict[str, Any]]) -> Ranked:
        """The ranking, with little faith left in it if the message is on another illness.

        Nothing changes where ours is named too, or where the likeliest label speaks of it.
        """
        named = _named(terms)
        if not named or named & _OURS or named & self._spoken_of.get(ranked.top, set()):
            return ranked
        return replace(ranked, in_scope=ranked.in_scope * STRANGE, outside=NEAR)

    def save(self, folder: Path) -> None:
        """Writes it beside the model."""
        content = {label: sorted(named) for label, named in self._spoken_of.items() if named}
        (folder / _FILE).write_text(json.dumps(content), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Illnesses:
        """Reads what `save` wrote."""
        content = json.loads((folder / _FILE).read_text("utf-8"))
        return cls({label: set(named) for label, named in content.items()})


def _named(entities: Sequence[dict[str, Any]]) -> set[str]:
    return {one["value"] for one in entities if one.get("entity") in _KINDS}
