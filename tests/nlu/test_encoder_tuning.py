"""Tuning the encoder: it learns the labels, and computes what the running network computes."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from askmyo.nlu.encoder import UPPER_FILE, Batch, SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder, load_weights
from askmyo.nlu.encoder_graph import build_upper
from askmyo.nlu.encoder_tuning import HELD_BACK, Tuning, held_back, tune
from askmyo.nlu.keys import CANONICAL
from askmyo.nlu.sentence_featurizer import tasks

BUILD = Path(__file__).parents[2] / "build" / "encoder"
NOW = [f"my {part} went weak {when}" for part in ("leg", "arm") for when in ("now", "today")]
SLOW = [f"my {part} are getting weak slowly" for part in ("legs", "arms", "hands", "thighs")]


@pytest.fixture(scope="module")
def folder() -> Path:
    return ensure_encoder(BUILD)


@pytest.fixture(scope="module")
def batches(folder: Path) -> list[Batch]:
    return list(SentenceEncoder(folder, batch_size=8).states([*NOW, *SLOW]))


def encoder(folder: Path, upper: Path, weights: dict[str, np.ndarray]) -> SentenceEncoder:
    onnx.save(build_upper(weights), str(upper))
    return SentenceEncoder(folder, upper=upper)


def apart(vectors: np.ndarray) -> float:
    """How much nearer the two groups are to their own than to one another."""
    near, far = vectors[: len(NOW)], vectors[len(NOW) :]
    return float((near @ near.T).mean() + (far @ far.T).mean() - 2 * (near @ far.T).mean())


def test_a_label_s_texts_move_together(folder: Path, batches: list[Batch], tmp_path: Path) -> None:
    targets = np.array([0] * len(NOW) + [1] * len(SLOW))
    tuned = tune(load_weights(), batches, [targets], Tuning(epochs=30, smoothing=0.0))
    before = SentenceEncoder(folder).encode([*NOW, *SLOW])
    after = encoder(folder, tmp_path / UPPER_FILE, tuned).encode([*NOW, *SLOW])
    assert apart(after) > 2 * apart(before)
    assert np.linalg.norm(after, axis=1) == pytest.approx(np.ones(len(after)), abs=1e-5)


def test_nothing_is_learned_where_no_task_speaks(batches: list[Batch]) -> None:
    weights = load_weights()
    with pytest.raises(ValueError, match="No text"):
        tune(weights, batches, [np.full(len(NOW) + len(SLOW), -1)])


def test_only_the_upper_half_changes(batches: list[Batch]) -> None:
    weights = load_weights()
    tuned = tune(weights, batches, [np.array([0, 1] * 4)], Tuning(epochs=1))
    changed = {name for name in weights if not np.array_equal(weights[name], tuned[name])}
    assert changed
    assert all(name.startswith(("encoder.layer.4.", "encoder.layer.5.")) for name in changed)


def test_it_computes_what_the_running_network_computes(
    folder: Path, batches: list[Batch], tmp_path: Path
) -> None:
    from askmyo.nlu.encoder_tuning import _Learner

    weights = load_weights()
    running = encoder(folder, tmp_path / UPPER_FILE, weights)
    learner = _Learner(weights, [2], Tuning())
    for batch in batches:
        vectors = learner._vectors(batch.states, batch.mask).numpy()
        assert vectors == pytest.approx(running.finish(batch), abs=2e-3)


def test_one_text_in_so_many_is_held_back_always_the_same() -> None:
    texts = [f"question {number}" for number in range(2000)]
    share = np.mean([held_back(text) for text in texts])
    assert share == pytest.approx(1 / HELD_BACK, rel=0.3)
    assert [held_back(text) for text in texts] == [held_back(text) for text in texts]


def test_answers_are_told_apart_and_danger_from_its_look_alikes() -> None:
    answers, signs = tasks(
        [
            example("a fishbone in my throat, no air", "emergency/choking"),
            example("choking in a film", "no_flag/fiction"),
            example("he choked two years ago", "no_flag/past_resolved"),
            example("why is it hard to swallow", "symptoms/swallowing"),
            example("am I sad", "support/sad"),
        ]
    )
    assert [number >= 0 for number in answers] == [False, False, False, True, True]
    assert answers[3] != answers[4]
    assert signs[1] == signs[2]
    assert signs[0] != signs[1]
    assert [number >= 0 for number in signs] == [True, True, True, False, False]


def example(text: str, label: str) -> Message:
    assert not held_back(text)
    intent = label.split("/", maxsplit=1)[0]
    return Message({TEXT: text, CANONICAL: text, INTENT: intent, INTENT_RESPONSE_KEY: label})
