"""Near doubles are found across answers, and only there; so are answers that are mixed up."""

from __future__ import annotations

import gc
import json
import time
from pathlib import Path

import pytest

from askmyo.answerbook import load
from askmyo.answerbook.confusions import confused, read_run
from askmyo.answerbook.duplicates import key_words, near_doubles
from tests.answerbook.conftest import Write, dump, fields


def doubles(root: Path) -> list[str]:
    return [str(finding) for finding in near_doubles(load(root))]


ALIKE = [
    ("statins and weakness", "statens and weakness"),
    ("can i lift weights", "Could I lift weights?"),
    ("is it hereditary", "hereditary, is it"),
    ("swimming pool", "swiming pool"),
]
APART = [
    ("what is ibm", "what is ibd"),
    ("tiredness in ibm", "stiffness in ibm"),
    ("why does it spread", "when does it spread"),
    ("is it safe", "is it safe without help"),
    ("can i fly", "Can I fly?"),  # word for word: another rule's business
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_near_doubles_name_both_files(change: Write, answers: Path, one: str, other: str) -> None:
    dump(answers / "treatment" / "cold.yml", {**fields("cold"), "held_out": [other]})
    [finding] = near_doubles(load(change(examples=[one])))
    assert finding.level == "warning"
    assert finding.file == "answers/treatment/cold.yml"
    assert "answers/exercise/warm.yml (examples)" in finding.message
    assert one in finding.message
    assert other in finding.message


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_is_left_alone(change: Write, answers: Path, one: str, other: str) -> None:
    dump(answers / "treatment" / "cold.yml", {**fields("cold"), "examples": [other]})
    assert doubles(change(examples=[one])) == []


def test_one_answer_may_repeat_itself(change: Write) -> None:
    assert doubles(change(examples=["can i lift weights", "could i lift weights"])) == []


def test_a_question_of_small_words_keeps_them() -> None:
    assert key_words("can i get it?") == ("can", "get", "i", "it")
    assert key_words("Can I get help?") == ("help",)


@pytest.mark.alone
def test_300_answers_are_compared_in_a_second(answers: Path) -> None:
    words = ["leg", "arm", "walk", "swallow", "doctor", "drug", "trial", "tired", "fall", "grip"]
    for number in range(300):
        texts = [f"{words[n % 10]} {words[n // 3 % 10]} {number} x{n}" for n in range(26)]
        dump(answers / "exercise" / f"a{number}.yml", {**fields(f"a{number}"), "examples": texts})
    book = load(answers)
    gc.freeze()  # what other tests keep in memory is not gone through on this one's time
    started = time.thread_time()
    list(near_doubles(book))
    taken = time.thread_time() - started
    gc.unfreeze()
    print(f"{taken:.2f} s")
    assert taken < 1


def run_of(*given: tuple[str, str, str]) -> list[dict[str, object]]:
    return [
        {"text": text, "expected": expected, "ranked": [[label, 0.9]], "decision": "answer"}
        for text, expected, label in given
    ]


WARM, COLD = "exercise/warm", "treatment/cold"


def test_answers_mixed_up_twice_are_named(answers: Path) -> None:
    run = run_of(("warm question 0", WARM, COLD), ("cold question 1", COLD, WARM))
    [finding] = confused(load(answers), run)
    assert finding.level == "warning"
    assert finding.file == "answers/exercise/warm.yml"
    assert "answers/treatment/cold.yml, 2 times" in finding.message
    assert "'warm question 0' belongs to exercise/warm" in finding.message


@pytest.mark.parametrize(
    "run",
    [
        run_of(("warm question 0", WARM, COLD)),
        run_of(("warm question 0", WARM, WARM), ("warm question 1", WARM, WARM)),
        run_of(("warm question 0", WARM, "a/gone"), ("warm question 1", WARM, "a/gone")),
        run_of(("edited since", WARM, COLD), ("this, too", WARM, COLD)),
    ],
    ids=["once", "right", "gone", "edited"],
)
def test_what_is_no_mix_up_is_left_alone(answers: Path, run: list[dict[str, object]]) -> None:
    assert list(confused(load(answers), run)) == []


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '[{"text": "x"}]', "not JSON"])
def test_no_run_is_no_finding(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "held_out.json"
    if content is not None:
        path.write_text(content)
    assert read_run(path) == []


def test_a_run_is_read(tmp_path: Path) -> None:
    path = tmp_path / "held_out.json"
    run = run_of(("warm question 0", WARM, COLD))
    path.write_text(json.dumps(run))
    assert read_run(path) == run
