"""The trained model's figures on messages it never saw must not fall below these."""

from __future__ import annotations

import pytest

from askmyo.report import figures
from askmyo.report.outcomes import Run, run
from askmyo.running.parsing import Parser
from tests.untraced import untraced

# Shares from 0 to 1: the least that is allowed, and the most.
FLOORS = {
    "ranked_right": 0.93,
    "given_or_offered": 0.94,
    "near_refused": 0.80,
    "far_refused": 0.93,
    "talk_understood": 0.78,
}
CEILINGS = {
    "wrong": 0.04,
    "calibration_error": 0.10,
    "lost_at_5_percent_slips": 0.04,
    "lost_at_10_percent_slips": 0.14,
}


@pytest.fixture(scope="module")
def measured(parser: Parser) -> dict[str, float]:
    """All figures of the trained model; dangers have a test of their own."""
    with untraced():
        done = run(parser, dangers=False)
    return figures_of(done)


def figures_of(done: Run) -> dict[str, float]:
    clean, *noisy = figures.noise_rows(done)
    near, far = figures.scopes(done.talk)
    talk = figures.share(one.decision == one.expected.split("/")[0] for one in done.talk)
    return {
        "ranked_right": figures.share(one.right for one in done.questions),
        "given_or_offered": figures.share(one.shown for one in done.questions),
        "near_refused": near.refused,
        "far_refused": far.refused,
        "talk_understood": talk,
        "wrong": figures.share(one.result == "answered wrong" for one in done.questions),
        "calibration_error": figures.calibration_error(figures.reliability(done.questions)),
        **{f"lost_at_{100 * row[0]:.0f}_percent_slips": clean[1] - row[1] for row in noisy},
    }


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_keeps_above_its_floor(measured: dict[str, float], name: str) -> None:
    assert measured[name] >= FLOORS[name]


@pytest.mark.parametrize("name", CEILINGS)
def test_a_figure_keeps_below_its_ceiling(measured: dict[str, float], name: str) -> None:
    assert measured[name] <= CEILINGS[name]
