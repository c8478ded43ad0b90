"""The answer set in memory: every answer, source, disclaimer and topic by its key."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from askmyo.answerbook.model import Answer, Country, Prepared, Source, Topic


@dataclass(frozen=True)
class Finding:
    """One thing an editor must mend: where it is, what is wrong, and how to mend it.

    `level` is `error` (the set is refused) or `warning` (worth a look).
    """

    file: str
    field: str
    message: str
    level: str = "error"

    def __str__(self) -> str:
        """One line: file, field, and the mend."""
        where = f"{self.file}: {self.field}" if self.field else self.file
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class Book:
    """The whole answer set, in the order of topics and then of slugs."""

    root: Path
    topics: dict[str, Topic] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    disclaimers: dict[str, str] = field(default_factory=dict)
    glossary: tuple[str, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    replies: dict[str, Prepared] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    not_covered: dict[str, str] = field(default_factory=dict)

    def file_of(self, answer_id: str) -> str:
        """The path of an answer's file as an editor knows it."""
        return f"answers/{answer_id}.yml"


class AnswerbookError(Exception):
    """The answer set can't be used. The message, shown to the editor, lists every finding."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        lines = "\n".join(f"  {finding}" for finding in findings)
        super().__init__(f"{len(findings)} thing(s) to mend in the answer set:\n{lines}")
