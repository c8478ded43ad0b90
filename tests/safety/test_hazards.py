"""Every control of the hazard log has a test, and the controls that nothing else shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.safety.texts import ROOT, texts

LOG = ROOT / "docs/safety/hazards.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def hazards() -> Iterator[tuple[str, str]]:
    """Each hazard's number, and its cell of tests."""
    for line in LOG.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"H\d+", cells[0]):
            yield cells[0], cells[5]


HAZARDS = dict(hazards())


def named_in(file: str) -> set[str]:
    """The tests of a file; none where there is no such file."""
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8") if path.is_file() else "")
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return {one.name for one in functions if one.name.startswith("test_")}


@pytest.mark.parametrize("number", HAZARDS)
def test_every_test_that_the_hazard_log_names_exists(number: str) -> None:
    named = _NAMED.findall(HAZARDS[number])
    assert named, "no test is named"
    assert HAZARDS[number].count("`") == 2 * len(named), "something named here is no test"
    for file, test in named:
        assert named_in(file), f"{file} holds no test"
        assert not test or test in named_in(file), f"{file} has no {test}"


def test_the_hazards_are_numbered_without_a_gap() -> None:
    assert list(HAZARDS) == [f"H{number}" for number in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 15


def replies(kind: str) -> dict[str, str]:
    """The prepared texts of a kind, by name."""
    found = {name: one["text"] for name, one in texts().replies.items() if one["kind"] == kind}
    assert found
    return found


def test_every_emergency_reply_says_that_this_chat_gets_no_help() -> None:
    for name, text in replies("emergency").items():
        assert "This chat can't get help for you." in text, name


FIRST_AID = (
    r"heimlich|thrust|back blow|slap|compress|cpr|chest push|recovery position|tilt|mouth to"
)


def test_no_emergency_reply_tells_first_aid() -> None:
    """No clinician has checked any: the dispatcher guides."""
    for kind in ("emergency", "urgent", "crisis"):
        for name, text in replies(kind).items():
            assert not re.search(FIRST_AID, text, re.IGNORECASE), name


@pytest.mark.parametrize("language", ["es", "fr", "de", "it", "pt"])
def test_other_languages_get_the_emergency_numbers(language: str) -> None:
    text = replies("out_of_scope")[f"out_of_scope/other_language_{language}"]
    assert "112" in text
    assert "911" in text
