"""What the last run of the conversation stories said, if there was one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ruamel.yaml import YAML

from askmyo.running.project import BUILD, ROOT

RESULTS = BUILD / "conversations"
STORIES = ROOT / "tests" / "conversations"


@dataclass(frozen=True)
class Stories:
    """Stories in the project, and those the last run got right. `run` is None before a run."""

    written: int
    run: int | None
    right: int | None
    when: str
    failed: list[str]


def read_stories(results: Path = RESULTS, stories: Path = STORIES) -> Stories:
    """Reads what `scripts/test-conversations` left behind."""
    written = sum(len(_names(file)) for file in sorted(stories.glob("**/*.yml")))
    report = results / "story_report.json"
    if not report.is_file():
        return Stories(written, None, None, "", [])
    content = json.loads(report.read_text("utf-8")).get("conversation_accuracy", {})
    when = datetime.fromtimestamp(report.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    failed = results / "failed_test_stories.yml"
    names = _names(failed) if failed.is_file() else []
    return Stories(written, content.get("total"), content.get("correct"), when, names)


def _names(file: Path) -> list[str]:
    """The names of the stories in a file; a file without any, or of comments only, has none."""
    content = YAML(typ="safe").load(file.read_text("utf-8")) or {}
    stories = content.get("stories") or [] if isinstance(content, dict) else []
    return [str(story["story"]) for story in stories]
