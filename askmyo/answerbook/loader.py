"""Reads the answer set from its folder. Collects every problem before it stops."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from askmyo.answerbook.book import AnswerbookError, Book, Finding
from askmyo.answerbook.model import Answer, Country, Prepared, Source, Topic

ModelT = TypeVar("ModelT", bound=BaseModel)

# What pydantic calls a fault, and what an editor needs to hear.
_WORDS = {
    "value_error.extra": "this key is not known here: check its spelling, or take it out",
    "value_error.missing": "this key is missing: add it",
    "type_error.none.not_allowed": "nothing stands after this key: fill it in",
    "type_error.str": "write text here; a text that looks like a number needs quotes",
    "type_error.tuple": "write a list here: one item a line, each after '- '",
    "value_error.date": "write the date as year-month-day, such as 2026-11-20",
}


def load(root: Path) -> Book:
    """Reads the whole set under `root` (the `answers/` folder).

    Raises:
        AnswerbookError: with every finding, if any file can't be read or has the wrong shape.
            Editorial rules are not checked here; see `askmyo.answerbook.rules`.
    """
    book, findings = read(root)
    if findings:
        raise AnswerbookError(findings)
    return book


def read(root: Path) -> tuple[Book, list[Finding]]:
    """Reads what can be read, and returns it with the findings about the rest."""
    findings: list[Finding] = []
    topics = _table(root / "_topics.yml", Topic, findings)
    answers: dict[str, Answer] = {}
    for topic in topics:
        for path in sorted((root / topic).glob("*.yml")):
            answer = _answer(path, f"{topic}/{path.stem}", findings)
            if answer:
                answers[answer.id] = answer
    findings += _strays(root, topics)
    book = Book(
        root=root,
        topics=topics,
        sources=_table(root / "_sources.yml", Source, findings),
        disclaimers=_texts(root / "_disclaimers.yml", findings),
        glossary=_glossary(root / "_glossary.yml", findings),
        answers=answers,
        replies=_table(root / "_replies.yml", Prepared, findings),
        countries=_table(root / "_emergency.yml", Country, findings),
        facts=_texts(root / "_facts.yml", findings),
        not_covered=_texts(root / "_not_covered.yml", findings),
    )
    return book, findings


def _answer(path: Path, answer_id: str, findings: list[Finding]) -> Answer | None:
    raw = _mapping(path, findings)
    if raw is None:
        return None
    if "id" in raw:
        message = "the id comes from the file's name: take this key out"
        findings.append(Finding(_name(path), "id", message))
        return None
    return _build(Answer, {**raw, "id": answer_id}, path, "", findings)


def _strays(root: Path, topics: dict[str, Topic]) -> list[Finding]:
    """Files that no topic owns would be silently unread: name them."""
    known = {root / topic for topic in topics}
    return [
        Finding(_name(path), "", f"the folder '{path.parent.name}' is no topic of _topics.yml")
        for path in sorted(root.glob("*/*.yml"))
        if path.parent not in known
    ]


def _table(path: Path, model: type[ModelT], findings: list[Finding]) -> dict[str, ModelT]:
    """A file that maps names to records of one kind."""
    built = {
        str(key): _build(model, value, path, str(key), findings)
        for key, value in (_mapping(path, findings) or {}).items()
    }
    return {key: record for key, record in built.items() if record}


def _texts(path: Path, findings: list[Finding]) -> dict[str, str]:
    """A file that maps names to sentences."""
    raw = _mapping(path, findings) or {}
    for key, value in raw.items():
        if not isinstance(value, str) or not value.strip():
            findings.append(Finding(_name(path), str(key), "write a sentence after this name"))
    return {str(key): value.strip() for key, value in raw.items() if isinstance(value, str)}


def _glossary(path: Path, findings: list[Finding]) -> tuple[str, ...]:
    terms = (_mapping(path, findings) or {}).get("terms")
    if not isinstance(terms, list):
        findings.append(Finding(_name(path), "terms", "must be a list of medical words"))
        return ()
    return tuple(str(term) for term in terms)


def _build(
    model: type[ModelT], raw: Any, path: Path, key: str, findings: list[Finding]
) -> ModelT | None:
    if not isinstance(raw, dict):
        findings.append(Finding(_name(path), key, "must hold named fields, one a line"))
        return None
    try:
        return model(**{str(name): value for name, value in raw.items()})
    except ValidationError as error:
        for fault in error.errors():
            findings.append(Finding(_name(path), _place(key, fault["loc"]), _words(fault)))
        return None


def _place(key: str, steps: tuple[int | str, ...]) -> str:
    """Where in a file a fault lies, counted as people count: `sources, item 2, says`."""
    named = ", ".join(f"item {one + 1}" if isinstance(one, int) else str(one) for one in steps)
    return ".".join(part for part in (key, named) if part)


def _words(fault: Mapping[str, Any]) -> str:
    """What an editor needs to hear about a fault."""
    if fault["type"] == "type_error.enum":
        allowed = "', '".join(str(one.value) for one in fault["ctx"]["enum_values"])
        return f"must be one of '{allowed}'"
    return _WORDS.get(fault["type"], str(fault["msg"]))


def _mapping(path: Path, findings: list[Finding]) -> dict[str, Any] | None:
    try:
        # The C parser: 300 files are read in under a second.
        raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        findings.append(Finding(_name(path), "", "this file is missing"))
        return None
    except UnicodeDecodeError:
        findings.append(Finding(_name(path), "", "save this file as UTF-8 text"))
        return None
    except MarkedYAMLError as error:
        findings.append(Finding(_name(path), _line(error), _yaml_words(error)))
        return None
    if not isinstance(raw, dict):
        findings.append(Finding(_name(path), "", "must hold named fields, such as 'question:'"))
        return None
    return raw


def _line(error: MarkedYAMLError) -> str:
    return f"line {error.problem_mark.line + 1}" if error.problem_mark else ""


def _yaml_words(error: MarkedYAMLError) -> str:
    problem = str(error.problem or "")
    if "duplicate key" in problem:
        return f"{problem.split(' with value', maxsplit=1)[0]}: keep only one of the two"
    return (
        f"can't be read as YAML ({problem or error.context}): "
        "check the spaces at the start of the line, and put quotes around a text with ': ' in it"
    )


def _name(path: Path) -> str:
    """The path from the answer set's folder on, as an editor sees it."""
    parts = path.parts
    return "/".join(parts[parts.index("answers") :]) if "answers" in parts else str(path)
