"""Every text a reader may see, read from the answers folder as plain YAML, without our loader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "answers"

# The only words of ours outside the answers folder, each as a frame around texts of the folder.
RESTS_ON = "The answer to “{}” rests on:"
SOURCES = "Sources: {}."
REVIEWED = "Reviewed {} ({} review)."
HOME = "I live in {}"
WHERE = "Where do you live? Then I can show fewer numbers."
LAYERS = ("answer", "more", "short", "sources")


def raw(path: Path) -> Any:
    """A YAML file as it is."""
    return YAML(typ="safe").load(path.read_text("utf-8"))


class Texts:
    """The answer set as its files say it, and what may be shown of it."""

    def __init__(self) -> None:
        self.answers = {
            f"{path.parent.name}/{path.stem}": plain(raw(path))
            for path in sorted(FOLDER.glob("*/*.yml"))
        }
        self.sources = plain(raw(FOLDER / "_sources.yml"))
        self.disclaimers = plain(raw(FOLDER / "_disclaimers.yml"))
        self.replies = plain(raw(FOLDER / "_replies.yml"))
        self.countries = plain(raw(FOLDER / "_emergency.yml"))
        self.shown = set(self._shown())
        self.names = set(self._names())
        self.lines = {line.strip() for text in self.shown for line in text.split("\n")}
        self.lines |= set(self._framed())

    def numbers(self, kind: str) -> set[str]:
        """Where the lines of `emergency` or of `crisis` lead to, in any country."""
        lines = (one for country in self.countries.values() for one in country.get(kind) or ())
        return {str(line.get("tel") or line.get("url")) for line in lines}

    def homes(self) -> set[str]:
        """The countries as a patient would say them."""
        titles = [one["title"] for one in self.countries.values()]
        return {HOME.format(name) for title in titles for name in (title, f"the {title}")}

    def source_name(self, ref: str) -> str:
        """A source as it is named under an answer."""
        source = self.sources[ref]
        date = str(source["date"])
        return source["publisher"] + ("" if date == "undated" else f", {date[:4]}")

    def named(self, answer_id: str) -> str:
        """The line of sources under an answer."""
        refs = [source["ref"] for source in self.answers[answer_id]["sources"]]
        return SOURCES.format("; ".join(dict.fromkeys(map(self.source_name, refs))))

    def origin(self, answer_id: str) -> str:
        """What 'where is that from' says of an answer."""
        entry = self.answers[answer_id]
        lines = (
            f"{self.source_name(one['ref'])}: {one['says']} {self.sources[one['ref']]['url']}"
            for one in entry["sources"]
        )
        return "\n".join([RESTS_ON.format(entry["question"]), *lines])

    def layer(self, answer_id: str, layer: str) -> set[str]:
        """The texts a layer of an answer may have, letter for letter."""
        entry = self.answers[answer_id]
        if layer == "sources":
            return {self.origin(answer_id)}
        if layer == "more":
            return {entry.get("more") or entry["answer"]}
        if layer == "short":
            text = entry["answer"]
            return {text[: place + 1] for place, letter in enumerate(text) if letter in ".?!"}
        return {entry["answer"]}

    def _shown(self) -> Iterator[str]:
        for entry in self.answers.values():
            yield from (entry["question"], entry["answer"])
            yield from (entry[key] for key in ("more", "differs") if entry.get(key))
            yield from (source["says"] for source in entry["sources"])
        for source in self.sources.values():
            yield from (source["title"], source["publisher"], source["url"])
        yield from self.disclaimers.values()
        for reply in self.replies.values():
            yield from (reply[key] for key in ("heading", "text") if reply.get(key))
        for line in self._lines():
            yield from (str(line[key]) for key in ("label", "tel", "url") if line.get(key))
        yield from (*self.homes(), WHERE)

    def _names(self) -> Iterator[str]:
        """Keys and dates, which are no text: kinds, signs, ids, layers, grades of evidence."""
        yield from (*self.answers, *self.sources, *self.countries, *LAYERS, "any", "answer")
        for name, reply in self.replies.items():
            yield from (reply["kind"], name.split("/", maxsplit=1)[-1])
        for entry in self.answers.values():
            yield from (entry["evidence"], entry["review"], entry["reviewed"])

    def _framed(self) -> Iterator[str]:
        for answer_id, entry in self.answers.items():
            yield self.named(answer_id)
            yield REVIEWED.format(entry["reviewed"], entry["review"])
            yield from self.origin(answer_id).split("\n")
        for text in self.shown:
            yield from (f"{number}. {text}" for number in range(1, 10) if "\n" not in text)
        for line in self._lines():
            yield f"{line['label']}: {line.get('tel') or line['url']}"

    def _lines(self) -> Iterator[dict[str, Any]]:
        for country in self.countries.values():
            for kind in ("emergency", "crisis"):
                yield from country.get(kind) or ()


def plain(value: Any) -> Any:
    """The same with every text trimmed and every date as text."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


@lru_cache(maxsize=1)
def texts() -> Texts:
    """The texts, read once."""
    return Texts()
