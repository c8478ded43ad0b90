"""Renders the site and writes it. Pure: the same answer set gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from askmyo.answerbook.book import Book
from askmyo.answerbook.page import views

_HERE = Path(__file__).parent
_STATIC = ("page.css", "search.js", "print.js")


def render(book: Book) -> dict[str, str]:
    """Every file of the site: its name, and its text."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    topics = views.topics(book)
    environment.globals.update(
        topics=topics,
        numbers=views.emergency(book),
        review=views.review_statement(book),
        count=len(book.answers),
    )
    index = environment.get_template("index.html")
    page = environment.get_template("topic.html")
    return {
        **{name: (_HERE / "static" / name).read_text("utf-8") for name in _STATIC},
        "index.html": index.render(evidence=views.EVIDENCE),
        **{topic.page: page.render(topic=topic) for topic in topics},
    }


def build(book: Book, folder: Path) -> list[Path]:
    """Writes what changed under `folder`, removes leftovers, returns what it touched."""
    files = render(book)
    folder.mkdir(parents=True, exist_ok=True)
    touched = []
    for name, text in files.items():
        path, content = folder / name, text.encode()
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            touched.append(path)
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in files:
            path.unlink()
            touched.append(path)
    return touched
