"""Rasa's door to red-flag detection: has the last word on every message."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from askmyo.nlu.beside_flag import Clause, answer_beside, answer_in_doubt
from askmyo.nlu.judge import PERSONAL, is_answer
from askmyo.nlu.keys import CANONICAL, PARTS, RANKINGS, TURN, VECTORS
from askmyo.nlu.labels import label_of, shows_danger, teaches_danger
from askmyo.nlu.ranked import Ranked, all_far
from askmyo.nlu.red_flags import Advice, Flag, FlagClassifier, RedFlags
from askmyo.nlu.red_flags.classifier import NONE, Examples, Matrix
from askmyo.nlu.red_flags.detect import HERE

LEFT_ALONE = frozenset({PERSONAL, "support", "country", "privacy", "feedback"})
WELL_JUDGED = frozenset({"out_of_scope/injection", "out_of_scope/abuse", "out_of_scope/gibberish"})
WELL_JUDGED |= {f"out_of_scope/other_language_{one}" for one in ("es", "fr", "de", "it", "pt")}
"""Turns in which no general answer is at risk of being taken for advice."""

CERTAIN = 0.999
"""A question word for word as an editor wrote it is answered as the editor meant."""

CLEAR = 0.85
"""Confidence and scope from which on an answer explains what one way alone takes for danger."""
DOUBTED = {"classifier": 0.6, "phrase": 0.3}
"""Below so much danger, who saw it may be mistaken. Of 1,366 dangers in seven held-out suites
three are lost by it (2026-11-28)."""

MEDICINES = frozenset(f"{PERSONAL}/{one}" for one in ("dose", "start_stop", "mixing"))
HOW_LONG = frozenset({f"{PERSONAL}/how_long", "outlook/life_expectancy"})
"""How long is left, in one's own case or in general: which of the two is seldom clear."""
STRANGE = 0.1
"""Scope below which a text has nothing to do with IBM."""
FAINT = {"crisis": 0.4, "emergency": 0.6, "urgent": 0.6}
"""Below so much danger, by kind, a plea for advice on medicines, a question how long is left (only
for a crisis) and what has nothing to do with IBM explain what only the classifier sees. Of the
1,366 dangers one is lost by it, a crisis beside a plea for medicine."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RedFlagDetector(IntentClassifier, GraphComponent):
    """Looks at every message for danger, whatever was said before. It keeps no state.

    Learns from the examples of `emergency`, `crisis`, `urgent` and `no_flag` (data/red_flags);
    every other example teaches what is no flag.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: FlagClassifier | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self.flags = RedFlags(classifier)
        self.advice = Advice()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings: the rule is written down in docs/safety/red-flag-rule.md."""
        return {}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa trains anew when the phrases change."""
        content = b"".join(file.read_bytes() for file in sorted(HERE.glob("*.*")))
        return hashlib.sha256(content).hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagDetector:
        """An untrained detector."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RedFlagDetector:
        """The detector as it was trained, ready to read: no patient waits for its phrases."""
        with model_storage.read_from(resource) as folder:
            detector = cls(config, model_storage, resource, FlagClassifier.load(folder))
        detector.flags.prepare()
        detector.advice.prepare()
        return detector

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the messages of data/red_flags; every other example is no flag."""
        by_phrase = RedFlags()
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        known = [one for one in examples if teaches_danger(one)]
        harmless = [
            one for one in examples if not teaches_danger(one) and _harmless(by_phrase, one)
        ]
        classifier = FlagClassifier.train(self._learned(known), self._learned(harmless))
        self.flags = RedFlags(classifier)
        with self._model_storage.write_to(self._resource) as folder:
            classifier.save(folder)
        return self._resource

    def _learned(self, examples: list[Message]) -> Examples:
        texts = [self.flags.plain(one.get(CANONICAL)) for one in examples]
        vectors = np.vstack([one.get(VECTORS)[:1] for one in examples])
        return Examples(texts, [_sign(one) for one in examples], vectors)

    def process(self, messages: list[Message]) -> list[Message]:
        """Flags each message that shows danger; leaves the others as they are."""
        for message in messages:
            flag = self.find(message)
            if flag and not is_explained(message.get(RANKINGS), flag):
                tell(message, flag, self._beside(message, flag))
            elif which := self.asked(message):
                decline(message, which)
        return messages

    def asked(self, message: Message) -> str | None:
        """The personal advice asked for, where the judge's turn would answer all the same."""
        turn = message.get(TURN) or {}
        label = str(turn.get("label") or "")
        ranking = turn.get("ranking") or [["", 0.0]]
        fine = label.split("/", maxsplit=1)[0] in LEFT_ALONE or label in WELL_JUDGED
        if fine or ranking[0][1] >= CERTAIN:
            return None
        return self.advice.asked(message.get(TEXT) or "", message.get(CANONICAL) or "")

    def _beside(self, message: Message, flag: Flag) -> list[str]:
        """The answer to a real question beside the danger, or to what may be nothing else.

        None where any advice is asked for.
        """
        personal = str((message.get(TURN) or {}).get("label")).startswith(PERSONAL)
        rankings = message.get(RANKINGS)
        if (
            personal
            or not rankings
            or self.advice.asked(message.get(TEXT) or "", message.get(CANONICAL) or "")
        ):
            return []
        whole, *clauses = rankings
        vectors = _vectors(message, len(clauses) + 1)[1:]
        judged = [
            Clause(ranked, self._danger(ranked.text, vector))
            for ranked, vector in zip(clauses, vectors, strict=True)
        ]
        crisis = "crisis" in (flag.kind, flag.also)
        answer = answer_beside(judged, crisis=crisis)
        if not answer and not crisis:
            answer = answer_in_doubt(whole, flag.danger)
        return [answer] if answer else []

    def _danger(self, text: str, vector: Matrix | None) -> float:
        """How much danger a clause shows on its own, from 0 to 1."""
        if self.flags.find([text], [vector], text):
            return 1.0
        if self.flags.classifier is None:
            return 0.0
        return float(self.flags.classifier.score(self.flags.plain(text), vector).danger)

    def find(self, message: Message) -> Flag | None:
        """The flag of a message, if any."""
        raw = message.get(TEXT) or ""
        parts = [part["canonical"] for part in message.get(PARTS) or []]
        texts = [message.get(CANONICAL) or raw, *(parts if len(parts) > 1 else [])]
        return self.flags.find(texts, _vectors(message, len(texts)), raw)


def is_explained(rankings: Sequence[Ranked] | None, flag: Flag) -> bool:
    """Whether what only one of the two ways takes for danger, and none too surely, is explained by
    what the message as a whole is for sure: an answer, a plea for advice on medicines (which is
    declined), small talk as an editor wrote it, or, in every clause, a question how long is left
    or nothing to do with IBM."""
    if not rankings or flag.told or len(flag.by) > 1:
        return False
    whole, by = rankings[0], flag.by[0]
    if whole.top.startswith("smalltalk/"):
        return by == "classifier" and whole.confidence >= CERTAIN
    clear = min(whole.confidence, whole.in_scope) >= CLEAR
    if clear and is_answer(whole.top):
        return flag.danger < DOUBTED[by]
    declined = clear and whole.top in MEDICINES
    how_long = flag.kind == "crisis" and all(map(_asks_how_long, rankings))
    strange = all_far(rankings, STRANGE) and not whole.top.startswith("support/")
    faint = flag.danger < FAINT[flag.kind]
    return by == "classifier" and (declined or how_long or strange) and faint


def _asks_how_long(ranked: Ranked) -> bool:
    share = sum(confidence for label, confidence in ranked.labels if label in HOW_LONG)
    return min(share, ranked.in_scope) >= CLEAR


def _sign(example: Message) -> str:
    """`kind/sign`, or NONE where the example shows no danger."""
    return label_of(example) if shows_danger(example) else NONE


def _harmless(by_phrase: RedFlags, example: Message) -> bool:
    """Whether an example teaches what is no flag: not where a strong phrase flags it."""
    text = example.get(TEXT)
    return bool(text) and not by_phrase.find([example.get(CANONICAL)], [None], text)


def tell(message: Message, flag: Flag, answers: Sequence[str] = ()) -> None:
    """The intent becomes the kind; `answers` follow the warning, nothing else is offered."""
    turn = {**(message.get(TURN) or {}), "label": f"{flag.kind}/{flag.sign}", "options": []}
    turn["answers"] = list(answers)
    turn["flag"] = {"kind": flag.kind, "sign": flag.sign, "by": list(flag.by)}
    if flag.also:
        turn["flag"]["also"] = flag.also
    message.set(TURN, turn, add_to_output=True)
    message.set(INTENT, {"name": flag.kind, "confidence": 1.0}, add_to_output=True)


def decline(message: Message, which: str) -> None:
    """The turn becomes personal advice; what would have been answered is offered instead."""
    turn = dict(message.get(TURN) or {})
    nearest = [*(turn.get("answers") or []), *(turn.get("options") or [])]
    turn.update(label=f"{PERSONAL}/{which}", answers=[], options=list(dict.fromkeys(nearest))[:3])
    message.set(TURN, turn, add_to_output=True)
    message.set(INTENT, {"name": PERSONAL, "confidence": 1.0}, add_to_output=True)


def _vectors(message: Message, count: int) -> Sequence[Matrix | None]:
    """A vector for each text, or none at all where they don't fit."""
    vectors = message.get(VECTORS)
    if vectors is None or len(vectors) != count:
        return [None] * count
    return list(vectors)
