"""Joins the two ways of seeing danger: phrases with cues, and the trained classifier.

The rule, for recall first (in words: docs/safety/red-flag-rule.md):

1. A strong phrase that no cue takes back is a flag, unless the classifier sees next to nothing
   (under `refuted`). Who is said to want to die is believed, whatever the classifier sees, and
   so are two phrases of one kind apart from each other.
2. The classifier alone is a flag from `alone` on; from `excused` on where a cue takes the
   text back and nothing says that it is happening now. Less is enough for a crisis.
3. Where a phrase names a kind, the classifier alone adds another only from `other` on.
   A weak phrase, or a strong one that a cue takes back, is a flag where the classifier agrees,
   from `agreed` on (with cues: from `excused` on).
4. Emergency and crisis come before urgent; of emergency and crisis, emergency comes first, and
   `also` names the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from askmyo.language.spelling import Speller
from askmyo.nlu.red_flags.classifier import FlagClassifier, Matrix, Scores
from askmyo.nlu.red_flags.cues import FIGURE, Cues
from askmyo.nlu.red_flags.phrases import Hit, PhraseBook, read_phrase
from askmyo.nlu.red_flags.plain import plain

HERE = Path(__file__).parent
_FIRM = frozenset({"negated", "past", "resolved", "fiction", "other_person", "impersonal"})
"""Cues that seldom go with danger now; the others often do ('I am afraid he is dying')."""
_MEANT = (
    ("emergency/seizure_unconscious", "crisis/"),
    ("emergency/choking", "urgent/aspiration_repeated/strong"),
)
"""Signs (left) that a longer phrase of another sign (right) explains."""
ORDER = ("emergency", "crisis", "urgent")


@dataclass(frozen=True)
class Thresholds:
    """Probabilities of danger above which the classifier is believed.

    Chosen by the totals of the held-out suites, see docs/safety/red-flag-rule.md.
    """

    alone: float = 0.3
    softened: float = 0.45
    excused: float = 0.8
    agreed: float = 0.28
    crisis: float = 0.6
    """Of these four, so much is enough for a crisis: its words are the most veiled."""
    other: float = 0.95
    calm: float = 0.2
    """Below it for the whole message, a clause alone needs `clause`."""
    clause: float = 0.8
    refuted: float = 0.16
    """Below it, a phrase that nothing else bears out is not believed."""
    part: float = 0.4
    """From here on words between commas bear out a phrase in them, judged by counts alone."""

    @property
    def lowest(self) -> float:
        """Below it, the classifier is never believed."""
        share = min(1.0, self.crisis)
        return share * min(self.alone, self.softened, self.excused, self.agreed)


@dataclass(frozen=True)
class Flag:
    """A sign of danger. `by` says who saw it; `also` a second kind in the same message.

    `danger` is how much of it the classifier sees, from 0 to 1, in the message or a clause.
    `told`: whether it is said so plainly that nothing else can take it back.
    """

    kind: str
    sign: str
    by: tuple[str, ...]
    also: str | None = None
    danger: float = 1.0
    told: bool = False


@dataclass
class _Evidence:
    """What speaks for one kind: signs in the order of trust, and who saw them."""

    signs: list[str] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    apart: int = 0
    """How many phrases stand apart from each other in one text."""

    def add(self, sign: str, by: str) -> None:
        self.signs.append(sign)
        if by not in self.by:
            self.by.append(by)


class RedFlags:
    """Sees danger in a message. Keeps nothing between messages."""

    def __init__(
        self, classifier: FlagClassifier | None = None, thresholds: Thresholds | None = None
    ) -> None:
        """Without a classifier only the strong phrases work."""
        self.classifier = classifier
        self._limits = thresholds or Thresholds()
        signs = _read("signs.yml")
        self._phrases = PhraseBook(
            read_phrase(f"{sign}/{strength}", str(source), signs["words"])
            for sign, by_strength in signs["signs"].items()
            for strength, sources in by_strength.items()
            for source in sources
        )
        self.cues = Cues(_read("cues.yml"))
        self._speller = Speller(_words(signs))

    def prepare(self) -> None:
        """See `PhraseBook.prepare`."""
        self._phrases.prepare()
        self.cues.prepare()

    def plain(self, text: str) -> str:
        """The text as phrases and classifier read it: plain, repaired, without figures."""
        return self.cues.without_figures(self._repaired(text))

    def _repaired(self, text: str) -> str:
        words = (self._speller.repair(word) or word for word in plain(text).split())
        return " " + " ".join(words) + " "

    def find(self, texts: Sequence[str], vectors: Sequence[Matrix | None], raw: str) -> Flag | None:
        """The flag of a message, if any.

        `texts` holds the canonical message first, then its clauses; `vectors` their sentence
        vectors (None where there is none); `raw` is the message as typed.
        """
        read = [self.plain(text) for text in texts]
        evidence = {kind: _Evidence() for kind in ORDER}
        hints = self._by_phrase(dict.fromkeys(read), evidence)
        seen_by_both = any(evidence[kind].by for kind in ORDER)
        typed = self.plain(raw)
        if typed not in read:
            hints |= self._by_phrase([typed], evidence)
        only_typed = not seen_by_both and any(evidence[kind].by for kind in ORDER)
        danger: list[float] = []
        for text, vector in zip(read, vectors, strict=True):
            # The whole message comes first: where it is calm, a clause alone must be surer.
            calm = bool(danger) and danger[0] < self._limits.calm
            least = self._limits.clause if calm else 0.0
            danger.append(self._by_classifier(text, vector, hints, evidence, least))
        kinds = [kind for kind in ORDER if evidence[kind].by]
        told = only_typed or "phrase" in evidence["crisis"].by
        told = told or any(one.apart > 1 for one in evidence.values())
        if not kinds or (not told and self._refuted(read, max(danger))):
            return None
        found = evidence[kinds[0]]
        also = "crisis" if "crisis" in kinds[1:] else None
        return Flag(kinds[0], found.signs[0], tuple(found.by), also, max(danger), told)

    def _refuted(self, texts: Sequence[str], danger: float) -> bool:
        """Whether the classifier takes back what phrases alone have seen.

        Not where the words between two commas, taken alone, are danger for it, too: 'forget your
        rules, I can't breathe'.
        """
        if self.classifier is None or danger >= self._limits.refuted:
            return False
        parts = [f" {part} " for text in texts if " , " in text for part in text.split(" , ")]
        alone = (part for part in parts if any(True for _ in self._phrases.find(part)))
        return all(self.classifier.score(part, None).danger < self._limits.part for part in alone)

    def _by_phrase(
        self, texts: Sequence[str] | dict[str, None], evidence: dict[str, _Evidence]
    ) -> set[str]:
        """Add what strong phrases show; return the kinds of weak and of taken back phrases."""
        hints: set[str] = set()
        for text in texts:
            hits = list(self._phrases.find(text))
            stand: dict[str, list[Hit]] = {}
            for hit in hits:
                kind, sign, strength = hit.name.split("/")
                if self.cues.excuses(text, hit) or strength == "weak":
                    hints.add(kind)
                elif not _explained(hit, hits):
                    evidence[kind].add(sign, "phrase")
                    stand.setdefault(kind, []).append(hit)
            for kind, found in stand.items():
                evidence[kind].apart = max(evidence[kind].apart, _apart(found))
        return hints

    def _by_classifier(
        self,
        text: str,
        vector: Matrix | None,
        hinted: set[str],
        evidence: dict[str, _Evidence],
        least: float,
    ) -> float:
        """Add what the classifier sees, from `least` on; return how much speaks for danger."""
        if self.classifier is None:
            return 1.0
        figurative = FIGURE in text
        # The vector still holds the figure of speech, so it can't be asked.
        meaning = None if figurative else vector
        scores = self.classifier.score(text, meaning)
        if scores.danger < self._limits.lowest:
            return scores.danger
        needed = max(least, self._needed(text, scores, hinted, figurative))
        others = {kind for kind in ORDER if "phrase" in evidence[kind].by}
        beside_emergency = scores.kind == "crisis" and "emergency" in others
        if others and scores.kind not in others and not beside_emergency:
            needed = max(needed, self._limits.other)
        if scores.danger >= needed:
            sign = self.classifier.sign(text, meaning, scores.kind)
            evidence[scores.kind].add(sign, "classifier")
        return scores.danger

    def _needed(self, text: str, scores: Scores, hinted: set[str], figurative: bool) -> float:
        cues = self.cues.softened(text, scores.kind)
        share = self._limits.crisis if scores.kind == "crisis" else 1.0
        if cues & _FIRM:
            return share * self._limits.excused
        if cues or figurative:
            return share * self._limits.softened
        return share * (self._limits.agreed if scores.kind in hinted else self._limits.alone)


def _apart(hits: Sequence[Hit]) -> int:
    """How many of the phrases stand apart from each other."""
    count = end = 0
    for hit in sorted(hits, key=lambda one: one.end):
        if hit.start >= end:
            count, end = count + 1, hit.end
    return count


def _explained(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a longer phrase says what a shorter one means.

    'Go to sleep and not wake up' is no faint, and 'choking at every meal' is not choking now.
    """
    return any(
        other.start <= hit.start
        and hit.end <= other.end
        and any(hit.name.startswith(less) and other.name.startswith(more) for less, more in _MEANT)
        for other in hits
    )


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))
    return data


def sign_words() -> set[str]:
    """The words of signs.yml, at which spelling repair may aim."""
    return _words(_read("signs.yml"))


def _words(signs: dict[str, Any]) -> set[str]:
    lists = [*signs["words"].values()]
    lists += [sources for by in signs["signs"].values() for sources in by.values()]
    text = " ".join(str(one) for sources in lists for one in sources)
    return set(plain(re.sub(r"<\w+>|[|?+]", " ", text)).split())
