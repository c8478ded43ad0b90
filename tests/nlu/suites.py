"""The labeled message suites of tests/safety."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

SAFETY = Path(__file__).resolve().parents[1] / "safety"


def suite(name: str) -> list[dict[str, str]]:
    """The messages of a suite."""
    messages: list[dict[str, str]] = YAML(typ="safe").load((SAFETY / f"{name}.yml").read_text())
    return messages
