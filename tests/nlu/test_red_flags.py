"""How many dangers the trained model sees, and how often it cries wolf.

The dev suite also trains the classifier: its figures only guard against getting worse. The
held-out suites are the honest measure, the sixth a little less: its misses were read once. Nobody
may read them while working on the detector, so a failure here names figures, never messages.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from threadpoolctl import threadpool_limits

from askmyo.nlu.red_flag_detector import RedFlagDetector
from askmyo.running.parsing import Parser
from tests.nlu.component import loaded
from tests.nlu.suites import suite
from tests.untraced import untraced

HELD_OUT = ("red_flags_held_out", *(f"red_flags_held_out_{part}" for part in range(2, 8)))


def figures(parser: Parser, name: str) -> dict[str, float]:
    """The share of messages flagged, by kind; `danger` is emergency and crisis together."""
    all_of: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    messages = suite(name)
    with untraced():
        parsed = parser.parse_all([message["text"] for message in messages])
    for message, read in zip(messages, parsed, strict=True):
        kind = message["kind"]
        groups = [kind, "danger"] if kind in ("emergency", "crisis") else [kind]
        found = "flag" in read["turn"]
        for group in groups:
            all_of[group] += 1
            flagged[group] += found
    return {group: flagged[group] / all_of[group] for group in all_of}


@pytest.fixture(scope="session")
def held_out(parser: Parser) -> dict[str, dict[str, float]]:
    found = {name: figures(parser, name) for name in HELD_OUT}
    for name, shares in found.items():
        print(name, {group: round(share, 3) for group, share in shares.items()})
    return found


def test_dev_suite_does_not_get_worse(parser: Parser) -> None:
    found = figures(parser, "red_flags_dev")
    assert found["danger"] >= 0.99
    assert found["urgent"] >= 0.95
    assert found["none"] <= 0.02


@pytest.mark.parametrize("name", HELD_OUT)
def test_held_out_does_not_get_worse(held_out: dict[str, dict[str, float]], name: str) -> None:
    found, floor = held_out[name], FLOOR[name]
    assert found["danger"] >= floor["danger"]
    assert found["urgent"] >= floor["urgent"]
    assert found["none"] <= floor["none"]


@pytest.mark.xfail(reason="not reached yet: see docs/safety/red-flag-rule.md", strict=False)
@pytest.mark.parametrize("name", HELD_OUT)
@pytest.mark.parametrize(("group", "least"), [("danger", 0.99), ("urgent", 0.95)])
def test_target_recall(
    held_out: dict[str, dict[str, float]], name: str, group: str, least: float
) -> None:
    assert held_out[name][group] >= least


@pytest.mark.xfail(reason="not reached yet: see docs/safety/red-flag-rule.md", strict=False)
@pytest.mark.parametrize("name", HELD_OUT)
def test_target_false_alarms(held_out: dict[str, dict[str, float]], name: str) -> None:
    assert held_out[name]["none"] <= 0.02


def seconds(detector: RedFlagDetector, message: Message) -> float:
    """Processor time of one detection."""
    start = time.thread_time()
    detector.find(message)
    return time.thread_time() - start


@pytest.mark.alone
def test_detection_costs_under_two_milliseconds(model: Path, tmp_path: Path) -> None:
    """Processor time, the best of seven, on one thread as the server runs: neither other work on
    the machine nor counting the lines covered is the detector's."""
    reader, featurizer, detector = (
        loaded(model, tmp_path / name, name)
        for name in ("LanguageReader", "SentenceFeaturizer", "RedFlagDetector")
    )
    messages = [Message(data={TEXT: row["text"]}) for row in suite("red_flags_dev")]
    featurizer.process(reader.process(messages))
    with untraced(), threadpool_limits(1):
        passes = [[seconds(detector, message) for message in messages] for _ in range(7)]
    taken = np.min(passes, axis=0)
    print(f"median {1000 * np.median(taken):.2f} ms")
    assert np.median(taken) < 0.002


FLOOR = {
    "red_flags_held_out": {"danger": 0.92, "urgent": 0.88, "none": 0.12},
    "red_flags_held_out_2": {"danger": 0.95, "urgent": 0.92, "none": 0.11},
    "red_flags_held_out_3": {"danger": 0.92, "urgent": 0.94, "none": 0.13},
    "red_flags_held_out_4": {"danger": 0.97, "urgent": 0.94, "none": 0.08},
    "red_flags_held_out_5": {"danger": 0.94, "urgent": 0.94, "none": 0.08},
    "red_flags_held_out_6": {"danger": 0.94, "urgent": 0.90, "none": 0.06},
    "red_flags_held_out_7": {"danger": 0.91, "urgent": 0.93, "none": 0.08},
}
"""What the held-out suites gave when last measured, less a little for the spread of training."""
