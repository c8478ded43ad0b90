"""How many dangers the trained detector sees, and how often it cries wolf.

The dev suite also trains the classifier: its figures only guard against getting worse. The
held-out suite is the honest measure. Nobody may read it while working on the detector, so a
failure here names figures, never messages.
"""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest

from tests.nlu.red_flag_model import Detector, suite


@pytest.fixture(scope="session")
def detector() -> Detector:
    return Detector()


def figures(detector: Detector, name: str) -> dict[str, float]:
    """The share of messages flagged, by kind; `danger` is emergency and crisis together."""
    all_of: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    for message in suite(name):
        kind = message["kind"]
        groups = [kind, "danger"] if kind in ("emergency", "crisis") else [kind]
        found = detector.find(message["text"]) is not None
        for group in groups:
            all_of[group] += 1
            flagged[group] += found
    return {group: flagged[group] / all_of[group] for group in all_of}


@pytest.fixture(scope="session")
def held_out(detector: Detector) -> dict[str, float]:
    found = figures(detector, "red_flags_held_out")
    print({group: round(share, 3) for group, share in found.items()})
    return found


def test_dev_suite_does_not_get_worse(detector: Detector) -> None:
    found = figures(detector, "red_flags_dev")
    assert found["danger"] >= 0.99
    assert found["urgent"] >= 0.95
    assert found["none"] <= 0.02


def test_held_out_does_not_get_worse(held_out: dict[str, float]) -> None:
    assert held_out["danger"] >= FLOOR["danger"]
    assert held_out["urgent"] >= FLOOR["urgent"]
    assert held_out["none"] <= FLOOR["none"]


@pytest.mark.xfail(reason="not reached yet: see docs/safety/red-flag-rule.md", strict=False)
@pytest.mark.parametrize(("group", "least"), [("danger", 0.99), ("urgent", 0.95)])
def test_target_recall(held_out: dict[str, float], group: str, least: float) -> None:
    assert held_out[group] >= least


@pytest.mark.xfail(reason="not reached yet: see docs/safety/red-flag-rule.md", strict=False)
def test_target_false_alarms(held_out: dict[str, float]) -> None:
    assert held_out["none"] <= 0.02


def test_detection_costs_under_two_milliseconds(detector: Detector) -> None:
    """Processor time, the best of three: other work on the machine is not the detector's."""
    taken = []
    for message in suite("red_flags_dev"):
        texts = detector.units(message["text"])
        vectors = list(detector.encoder.encode(texts))
        tries = []
        for _ in range(3):
            start = time.thread_time()
            detector.flags.find(texts, vectors, message["text"])
            tries.append(time.thread_time() - start)
        taken.append(min(tries))
    print(f"median {1000 * np.median(taken):.2f} ms")
    assert np.median(taken) < 0.002


FLOOR = {"danger": 0.82, "urgent": 0.78, "none": 0.11}
"""What the held-out suite gave when last measured, less a little for the spread of training."""
