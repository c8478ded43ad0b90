"""Questions that only a clinician may answer: a second net under the ranker.

The phrases are in advice.yml. A hit is no red flag: it only keeps a general answer from being
given where somebody asks what to take, what a result means or whether they are ill.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

from askmyo.nlu.red_flags.phrases import PhraseBook, read_phrase
from askmyo.nlu.red_flags.plain import plain

FILE = Path(__file__).with_name("advice.yml")
ORDER = ("dose", "start_stop", "mixing", "read_result", "do_i_have_it", "how_long", "reassurance")
"""Where several kinds have as many hits, the one that can do more harm comes first."""


class Advice:
    """Finds which personal advice a message asks for. Keeps nothing between messages."""

    def __init__(self) -> None:
        data = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
        self._phrases = PhraseBook(
            read_phrase(which, str(source), data["words"])
            for which, sources in data["advice"].items()
            for source in sources
        )

    def prepare(self) -> None:
        """See `PhraseBook.prepare`."""
        self._phrases.prepare()

    def asked(self, *texts: str) -> str | None:
        """The kind of advice asked for in any of the texts (as typed, canonical), if any."""
        hits = {(hit.name, hit.source) for text in texts for hit in self._phrases.find(plain(text))}
        counts = Counter(name for name, _ in hits)
        return max(ORDER, key=lambda one: counts[one]) if counts else None
