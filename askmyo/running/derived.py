"""Keeps up to date what is made from the answer set: the training data and the static page.

Reading and rendering 230 answers takes some ten seconds of a start. So what was made, and from
what, is remembered as a digest, and nothing is done where both are as they were.
"""

from __future__ import annotations

from pathlib import Path

from askmyo.answerbook import load, page
from askmyo.answerbook.render import HELD_OUT, TRAINING, build
from askmyo.running.project import ANSWERS, BUILD, ROOT, digest

PAGES = BUILD / "answers"

SOURCES = ("answers/**/*", "askmyo/answerbook/**/*", "requirements.lock")
PRODUCTS = (f"{TRAINING}/*", str(HELD_OUT), "build/answers/**/*")
_SEEN = BUILD / "derived.sha256"


def ensure_derived() -> list[Path]:
    """Renders what the answer set has changed; returns the generated files that it touched.

    Raises:
        AnswerbookError: if the answer set can't be read.
    """
    # Before they are read: what an editor saves meanwhile is news the next time.
    made_from = digest(*SOURCES)
    if _SEEN.exists() and _SEEN.read_text("utf-8") == made_from + digest(*PRODUCTS):
        return []
    book = load(ANSWERS)
    touched = build(book, ROOT)
    if touched:
        print(f"Rendered the answer set: {len(touched)} generated file(s) changed.", flush=True)
    touched += page.build(book, PAGES)
    _SEEN.write_text(made_from + digest(*PRODUCTS), "utf-8")
    return touched
