"""The held-out questions that both bots are asked: the snapshot taken with the training data."""

from __future__ import annotations

from pathlib import Path

from askmyo.report import questions
from askmyo.report.questions import Asked
from bench.projects import HELD_OUT, TALK_HELD_OUT


def read_questions(folder: Path) -> list[Asked]:
    """Questions that an answer of ours is for, by other hands than the training examples."""
    return questions.read_questions(folder / HELD_OUT)


def read_talk(folder: Path) -> list[Asked]:
    """Messages that are no question on IBM; among them those out of scope, near and far."""
    return questions.read_talk(folder / TALK_HELD_OUT)


def labeled(talk: list[Asked], label: str) -> list[Asked]:
    """Those of one label, such as `out_of_scope/near`."""
    return [asked for asked in talk if asked.label == label]
