"""The built file: small, up to date, and without ways to run what a reply says."""

from __future__ import annotations

import gzip
import re
import subprocess

import pytest

from tests.widget.stub_server import ELEMENT, ROOT

WIDGET = ROOT / "widget"
LIMIT = 25_000


def test_the_file_is_small() -> None:
    assert len(gzip.compress(ELEMENT.read_bytes(), 9)) < LIMIT


def test_the_file_is_built_from_these_sources() -> None:
    if not (WIDGET / "node_modules").is_dir():
        pytest.fail("widget/node_modules is missing: run `npm ci` in widget/")
    built = subprocess.run(
        ["node", "build.mjs", "--check"], cwd=WIDGET, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr


def test_no_source_writes_html() -> None:
    forbidden = re.compile(
        r"innerHTML|insertAdjacentHTML|unsafeHTML|document\.write|\beval\(|style="
    )
    guilty = [
        f"{path.name}: {found.group()}"
        for path in (WIDGET / "src").rglob("*.ts")
        if (found := forbidden.search(path.read_text()))
    ]
    assert guilty == []


def test_sources_stay_small() -> None:
    long = {
        path.name for path in (WIDGET / "src").rglob("*.ts") if path.read_text().count("\n") >= 300
    }
    assert long == set()
