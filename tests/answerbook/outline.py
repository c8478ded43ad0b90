"""A strict reader of HTML: what is not closed, doubled or misplaced fails."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "input", "br", "hr", "img"}
# What may stand inside a paragraph, a heading and a link.
PHRASING = {"a", "strong", "span", "time", "em"}
HOLDERS = {"p", "h1", "h2", "h3", "dt", "summary", "a", "strong", "span", "time", "label"}
ONLY_IN = {
    "li": {"ul"},
    "dt": {"div", "dl"},
    "dd": {"div", "dl"},
    "summary": {"details"},
    "main": {"body"},
}


class Outline(HTMLParser):
    """The elements of a page; `faults` lists what is wrong with their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.elements: list[tuple[str, dict[str, Any]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1] if self._open else ""
        if parent in HOLDERS and tag not in PHRASING:
            self.faults.append(f"<{tag}> in <{parent}>")
        if parent in ("ul", "dl") and tag not in ("li", "div", "dt", "dd"):
            self.faults.append(f"<{tag}> right in <{parent}>")
        if tag in ONLY_IN and parent not in ONLY_IN[tag]:
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag == "a" and "a" in self._open:
            self.faults.append("a link in a link")
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"an attribute stands twice in <{tag}>")
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes another element")

    def all(self, tag: str) -> list[dict[str, Any]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]
