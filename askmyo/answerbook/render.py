"""Writes what Rasa trains and tests on from the answer set. Pure and sorted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from askmyo.answerbook.book import Book, Finding
from askmyo.answerbook.model import Answer

_SAID_OFTEN = 3  # examples; a slip hardly stands in so many

HEADER = "# Generated from answers/ by `askmyo answers build`. Edit the answers, not this file.\n"
TRAINING = Path("data/generated")
VOCABULARY = TRAINING / "vocabulary.txt"
HELD_OUT = Path("tests/generated/held_out.yml")


def render(book: Book) -> dict[Path, str]:
    """Every generated file: its path from the project's root, and its text."""
    files = {TRAINING / f"{topic}.yml": _training(book, topic) for topic in book.topics}
    files[VOCABULARY] = _vocabulary(book)
    files[HELD_OUT] = _nlu((answer, answer.held_out) for answer in book.answers.values())
    return files


def stale(book: Book, project: Path) -> list[Finding]:
    """A finding for each generated file that is missing, old or left over."""
    wanted = render(book)
    findings = [
        Finding(str(path), "", "is out of date: run `askmyo answers build`")
        for path, text in wanted.items()
        if not (project / path).exists() or (project / path).read_text("utf-8") != text
    ]
    return findings + [
        Finding(str(path), "", "belongs to no topic: run `askmyo answers build`")
        for path in _leftovers(wanted, project)
    ]


def build(book: Book, project: Path) -> list[Path]:
    """Writes the generated files that changed, removes leftovers, returns what it touched."""
    touched = []
    for path, text in render(book).items():
        target = project / path
        if target.exists() and target.read_text("utf-8") == text:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        touched.append(path)
    for path in _leftovers(render(book), project):
        (project / path).unlink()
        touched.append(path)
    return touched


def _leftovers(wanted: dict[Path, str], project: Path) -> list[Path]:
    found = (path.relative_to(project) for path in (project / TRAINING).glob("*.yml"))
    return sorted(path for path in found if path not in wanted)


def _training(book: Book, topic: str) -> str:
    """The examples of one topic, its questions among them: a heading is asked too."""
    answers = [answer for answer in book.answers.values() if answer.topic == topic]
    return _nlu((answer, _with_question(answer)) for answer in answers)


def _vocabulary(book: Book) -> str:
    """The words spelling repair may aim at: those of the answers, which editors have spelt well,
    and those that patients use more than once."""
    texts = [
        text
        for answer in book.answers.values()
        for text in (answer.question, answer.answer, answer.more, answer.differs)
        if text
    ]
    said = Counter(
        word
        for answer in book.answers.values()
        for example in answer.examples
        for word in set(_words(example))
    )
    words = {word for text in texts for word in _words(text)}
    words |= {word for word, times in said.items() if times >= _SAID_OFTEN}
    return "\n".join(sorted(words)) + "\n"


def _words(text: str) -> list[str]:
    """Words long enough to repair, without those that an apostrophe cuts."""
    return re.findall(r"(?<![\w'])[a-z]{4,}(?![\w'])", text.lower())


def _with_question(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys((answer.question, *answer.examples)))


def _nlu(entries: Iterable[tuple[Answer, tuple[str, ...]]]) -> str:
    lines = [HEADER, 'version: "3.1"\n', "nlu:\n"]
    for answer, texts in sorted(entries, key=lambda entry: entry[0].id):
        lines.append(f"- intent: {answer.id}\n  examples: |\n")
        lines += [f"    - {_one_line(text)}\n" for text in texts]
    return "".join(lines)


def _one_line(text: str) -> str:
    """Rasa reads `[x](y)` in an example as an entity: square brackets are not speech."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())
