"""The trained model in this process, loaded once for all tests here."""

from __future__ import annotations

from pathlib import Path

import pytest

from askmyo.running.parsing import Parser


@pytest.fixture(scope="session")
def parser(model: Path) -> Parser:
    return Parser(model)
