"""Each editorial rule catches what it is for, and a sound set passes them all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from askmyo.answerbook import load
from askmyo.answerbook.rules import RULES, check, normal
from tests.answerbook.conftest import SHARED, Write, dump, fields


def messages(root: Path) -> list[str]:
    return [str(finding) for finding in check(load(root)) if finding.level == "error"]


def test_a_sound_set_passes(answers: Path) -> None:
    assert messages(answers) == []


LONG_AGO = dt.date(2019, 1, 1)
BROKEN = [
    ({"question": "TODO?"}, "question: still says TODO"),
    ({"examples": ["one"]}, "examples: has 1, needs at least 15"),
    ({"held_out": []}, "held_out: has 0, needs at least 5"),
    ({"sources": [{"ref": "ghost", "says": "x"}]}, "'ghost' is not in _sources.yml"),
    ({"sources": []}, "name at least one source"),
    ({"disclaimer": "ghost"}, "'ghost' is not in _disclaimers.yml"),
    ({"see_also": ["exercise/ghost"]}, "'exercise/ghost' is not another answer"),
    ({"see_also": ["exercise/warm"]}, "'exercise/warm' is not another answer"),
    (
        {"examples": [*fields("warm")["examples"], "Cold example 3!"]},
        "'cold example 3' stands in exercise/warm (examples) too",
    ),
    (
        {"held_out": [*fields("warm")["held_out"], "warm example 3"]},
        "'warm example 3' stands in exercise/warm (examples) too",
    ),
    ({"question": "Is the cold pool good?"}, "is also the question of exercise/warm"),
    ({"question": "Pools"}, "write a full question"),
    ({"answer": "word " * 91}, "answer: has 91 words, at most 90"),
    ({"more": "word " * 151}, "more: has 151 words, at most 150"),
    ({"answer": "Yes."}, "has only 1 words"),
    ({"answer": "Notwithstanding considerable heterogeneity " * 12}, "answer: reading grade"),
    ({"answer": "Take 20 mg a day. " * 8}, "names a dose ('20 mg')"),
    ({"answer": "See https://example.org for it. " * 6}, "holds markup or a link"),
    ({"answer": "It is called IBM, and IMM here. " * 6}, "repeats a misprint"),
    ({"covers": ["F999"]}, "'F999' is not in _facts.yml"),
    ({"covers": ["F001"]}, "exercise/warm covers it: take it out of this list"),
    ({"reviewed": LONG_AGO}, "the review was due on 2022-01-01"),
    ({"reviewed": dt.date.today() + dt.timedelta(days=9)}, "is in the future"),
]


@pytest.mark.parametrize(("changes", "message"), BROKEN, ids=[text for _, text in BROKEN])
def test_a_rule_catches(change: Write, changes: dict[str, object], message: str) -> None:
    found = messages(change(**changes))
    assert any(message in line for line in found), found


def test_a_fact_nobody_covers_is_named(answers: Path) -> None:
    dump(answers / "_not_covered.yml", {"F002": "x"})
    dump(answers / "_facts.yml", {"F001": "pools are warm", "F002": "other"})
    assert any("no answer covers 'pools are warm'" in line for line in messages(answers))


def test_too_many_facts_left_out_is_named(answers: Path) -> None:
    facts = {f"F{number:03}": "x" for number in range(13)}
    dump(answers / "_facts.yml", facts)
    dump(answers / "_not_covered.yml", facts)
    assert any("lists 13 facts, at most 12" in line for line in messages(answers))


def test_leftover_sources_and_front_pages_are_warnings(answers: Path) -> None:
    source = {**SHARED["_sources.yml"]["page-2019"], "url": "https://example.org"}
    dump(answers / "_sources.yml", {**SHARED["_sources.yml"], "spare": source})
    warnings = [str(one) for one in check(load(answers)) if one.level == "warning"]
    assert any("no answer rests on it" in line for line in warnings)
    assert any("is a front page" in line for line in warnings)


def test_a_search_is_no_stable_address(answers: Path) -> None:
    url = "https://example.org/?term=warm+pools"
    source = {**SHARED["_sources.yml"]["page-2019"], "url": url}
    dump(answers / "_sources.yml", {"page-2019": source})
    warnings = [str(one) for one in check(load(answers)) if one.level == "warning"]
    assert any("is a search: name the page's own address" in line for line in warnings)


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    ("text", "plain"), [("Can't I?", "cant i"), ("  A  b. ", "a b"), ("WEIGHTS ok?", "weights ok")]
)
def test_normal(text: str, plain: str) -> None:
    assert normal(text) == plain
