"""The trained half of red-flag detection, on a handful of messages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from askmyo.nlu.red_flags.classifier import NONE, Examples, FlagClassifier, Matrix
from askmyo.nlu.red_flags.detect import Thresholds
from askmyo.nlu.red_flags.kernel import Neighborhood

SAID = {
    "crisis/plan": "i saved my pills to end it",
    "emergency/choking": "he is choking on bread now",
    "urgent/dark_urine": "my urine is dark as cola",
    NONE: "how do i hold a fork",
}
TIMES = 12


def near(place: int, seed: int) -> Matrix:
    """A unit vector near the axis of this number."""
    vector = np.random.default_rng(seed).normal(scale=0.02, size=384)
    vector[place] += 1
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def examples(labels: list[str]) -> Examples:
    """Each label's message so many times, with vectors of its own."""
    rows = [(label, time) for label in labels for time in range(TIMES)]
    places = {label: place for place, label in enumerate(SAID)}
    vectors = np.stack([near(places[label], 100 * places[label] + time) for label, time in rows])
    return Examples(
        [f" {SAID[label]} " for label, _ in rows], [label for label, _ in rows], vectors
    )


@pytest.fixture(scope="module")
def classifier() -> FlagClassifier:
    flags = examples([label for label in SAID if label != NONE])
    return FlagClassifier.train(flags, examples([NONE]))


@pytest.mark.parametrize(("place", "label"), enumerate(SAID))
def test_a_message_like_those_learned_is_known(
    classifier: FlagClassifier, place: int, label: str
) -> None:
    asked = (f" {SAID[label]} ", near(place, 7))
    scores = classifier.score(*asked)
    assert (scores.danger > 0.5) == (label != NONE)
    if label != NONE:
        kind, sign = label.split("/")
        assert (scores.kind, classifier.sign(*asked, kind)) == (kind, sign)


def test_without_a_vector_the_words_are_judged(classifier: FlagClassifier) -> None:
    scores = classifier.score(f" {SAID['emergency/choking']} ", None)
    assert scores.near is None
    assert scores.kind == "emergency"


def test_what_was_saved_scores_alike(classifier: FlagClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    text, vector = " my urine is dark now ", near(2, 8)
    loaded = FlagClassifier.load(tmp_path)
    again, known = loaded.score(text, vector), classifier.score(text, vector)
    assert again.kinds == pytest.approx(known.kinds)
    assert loaded.sign(text, vector, "urgent") == "dark_urine"
    assert again.near == pytest.approx(known.near, abs=1e-5)


def test_a_missing_kind_is_named() -> None:
    flags = examples(["emergency/choking", "urgent/dark_urine"])
    with pytest.raises(ValueError, match="no example of: crisis"):
        FlagClassifier.train(flags, examples([NONE]))


def test_harmless_messages_taken_for_danger_are_learned_too() -> None:
    """`few` takes every other harmless message at first: here the forks, never the bread."""
    flags = examples([label for label in SAID if label != NONE])
    fork, bread = examples([NONE]), examples(["emergency/choking"])
    texts = [text for pair in zip(fork.texts, bread.texts, strict=True) for text in pair]
    vectors = np.stack(
        [one for pair in zip(fork.vectors, bread.vectors, strict=True) for one in pair]
    )
    harmless = Examples(texts, [NONE] * len(texts), vectors)
    asked = (bread.texts[0], near(1, 9))
    trusting = FlagClassifier.train(flags, harmless, few=TIMES, hard=1.1).score(*asked)
    learning = FlagClassifier.train(flags, harmless, few=TIMES).score(*asked)
    assert learning.danger < trusting.danger - 0.2


def test_heights_tell_the_sides_of_danger() -> None:
    vectors = np.stack([near(place, 10 * place + seed) for place in (0, 1) for seed in range(8)])
    learned = Neighborhood.train(vectors, [False] * 8 + [True] * 8)
    assert learned.height(near(1, 500)) > 0.5
    assert learned.height(near(0, 501)) < -0.5


@pytest.mark.parametrize("crisis", [0.6, 1.5])
def test_below_the_lowest_threshold_none_is_reached(crisis: float) -> None:
    limits = Thresholds(crisis=crisis)
    needed = (limits.alone, limits.softened, limits.excused, limits.agreed)
    assert all(limits.lowest <= share * one for one in needed for share in (1.0, crisis))
