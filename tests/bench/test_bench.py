"""The bench's parts that need no training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bench.__main__ import _arguments
from bench.page import content, write_page
from bench.projects import OURS, QUICK, STOCK, labels_of, write_projects
from bench.understanding import in_scope


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both projects, small."""
    folder = tmp_path_factory.mktemp("bench")
    write_projects(folder, QUICK)
    return folder


def read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text("utf-8"))


def test_both_projects_train_on_the_same_examples(folder: Path) -> None:
    ours, stock = folder / OURS / "data", folder / STOCK / "data"
    assert labels_of(ours) == labels_of(stock)
    for file in [*ours.glob("nlu/*.yml"), *ours.glob("generated/*.yml")]:
        assert read(file) == read(stock / file.relative_to(ours))


def test_every_label_has_a_response_and_every_intent_a_rule(folder: Path) -> None:
    domain = read(folder / STOCK / "domain.yml")
    labels = labels_of(folder / STOCK / "data")
    assert {f"utter_{label}" for label in labels} <= set(domain["responses"])
    rules = read(folder / STOCK / "data" / "rules" / "rules.yml")["rules"]
    ruled = {rule["steps"][0]["intent"] for rule in rules}
    assert ruled == {*domain["intents"], "nlu_fallback"}


def test_the_stock_configuration_is_rasas_default() -> None:
    from rasa.engine import recipes

    default = Path(recipes.__file__).parent / "config_files" / "default_config.yml"
    own = Path(__file__).resolve().parents[2] / "bench" / "stock_config.yml"
    assert {**read(own), "assistant_id": ""} == {**read(default), "assistant_id": ""}


def test_a_refusal_an_offer_and_an_answer_are_counted_apart() -> None:
    from bench.readers import Read

    reads = [
        Read(("a/b",), ("a/b",), ()),
        Read(("a/b", "c/d"), ("clarify/any",), ("c/d", "a/b")),
        Read(("a/b",), ("out_of_scope",), ()),
        Read(("c/d",), ("a/b",), ()),
    ]
    found = in_scope(reads, ["a/b", "c/d", "a/b", "c/d"])
    assert found == {
        "top1": 0.75,
        "top3": 1.0,
        "answered": 0.25,
        "shown": 0.5,
        "wrong": 0.25,
        "refused": 0.25,
    }


def test_public_sets_are_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["bench"])
    monkeypatch.setenv("BENCH_DATA", "sets")
    assert _arguments().data == tmp_path / "sets"
    monkeypatch.setenv("BENCH_DATA", "")
    assert _arguments().data is None


def test_a_page_without_results_says_so(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    write_page(page, {"machine": "2 cores.", "size": "full"})
    assert "Nothing was measured." in page.read_text("utf-8")


def test_ratios_are_ours_to_stock(tmp_path: Path) -> None:
    one = {"latencies": [0.01] * 9, "rates": [30.0], "cpu_a_turn": 0.01}
    memory = {"pss": 500.0, "rss": 600.0, "start": 10.0}
    other = {"latencies": [0.04] * 9, "rates": [10.0], "cpu_a_turn": 0.04}
    speed = {OURS: {**one, **memory}, STOCK: {**other, **memory}}
    results = {"machine": "", "size": "full", "speed": speed}
    rows = {row[0]: row[1:] for row in content(results)["targets"]}
    assert rows["p50 of a turn, ours to stock"] == ("≤ 0.4", "0.25", "yes")
    assert rows["memory, ours to stock"] == ("≤ 0.65", "1.00", "**no**")
    write_page(tmp_path / "page.md", results)
    assert (tmp_path / "page" / "latency.svg").is_file()
