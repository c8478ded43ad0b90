"""Starts a new answer: a file that holds every field, and TODO where an editor must write."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from askmyo.answerbook.book import AnswerbookError, Finding

_TEMPLATE = """\
question: TODO the question as a heading, ending in a question mark?
examples: # at least 15 ways patients and carers would really type or say it
  - TODO
held_out: # at least 5 more, which never train the bot: they test it
  - TODO
answer: |
  TODO plain words, 90 words or fewer; answer the question in the first sentence.
# more: |
#   A longer layer for readers who want the research. Take these lines out if not needed.
evidence: health organization # see docs/editing-answers.md for the list
sources:
  - ref: TODO a name from _sources.yml
    says: TODO what this source supports, in our words
# differs: |
#   Where sources disagree, said plainly.
disclaimer: general # a name from _disclaimers.yml
see_also: []
covers: []
reviewed: {today}
review: editorial
"""


def new_answer(answer_id: str, root: Path) -> Path:
    """Writes the file of a new answer and returns its path.

    Raises:
        AnswerbookError: if the id is no `topic/slug`, the topic is unknown or the file exists.
    """
    topic, _, slug = answer_id.partition("/")
    path = root / topic / f"{slug}.yml"
    if not re.fullmatch(r"[a-z_]+/[a-z][a-z0-9_]*", answer_id):
        raise _refused(answer_id, "write it as topic/slug in small letters, such as exercise/yoga")
    if not path.parent.is_dir():
        topics = ", ".join(sorted(one.name for one in root.iterdir() if one.is_dir()))
        raise _refused(answer_id, f"'{topic}' is no topic; the topics are {topics}")
    if path.exists():
        raise _refused(answer_id, "this answer exists already: edit its file")
    path.write_text(_TEMPLATE.format(today=dt.date.today().isoformat()), "utf-8")
    return path


def _refused(answer_id: str, message: str) -> AnswerbookError:
    return AnswerbookError([Finding(answer_id, "", message)])
