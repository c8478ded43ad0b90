"""Says what is wrong with a turn's replies: shape, sources, and any word that isn't ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.safety.texts import LAYERS, texts

Reply = dict[str, Any]

DANGER = ("emergency", "urgent", "crisis")
KINDS = {"answer", "clarify", *DANGER, "personal_advice", "out_of_scope", "support", "smalltalk"}
KINDS |= {"help", "privacy", "feedback", "error"}

_ALL = {"kind", "text", "suggestions"}
_ANSWER = {"answer", "question", "layer", "more", "evidence", "differs", "sources", "disclaimer"}
_ANSWER |= _ALL | {"reviewed", "review"}
_SOURCE = {"ref", "title", "publisher", "year", "url", "says"}


def faults(replies: list[Reply]) -> list[str]:
    """Everything in a turn that breaks the reply contract; empty where all is well."""
    if not replies:
        return ["silence"]
    found = [fault for reply in replies for fault in _of_one(reply)]
    kinds = [(reply.get("custom") or {}).get("kind") for reply in replies]
    if any(kind in DANGER for kind in kinds[1:]):
        found.append(f"a warning that doesn't come first: {kinds}")
    if len(replies) > 2 or (len(replies) == 2 and kinds[1] != "answer"):
        found.append(f"too many replies: {kinds}")
    return found


def _of_one(reply: Reply) -> Iterator[str]:
    text, custom = reply.get("text"), reply.get("custom")
    if not (isinstance(text, str) and text.strip() and isinstance(custom, dict)):
        yield f"no text or no custom: {reply}"
        return
    yield from _shape(custom)
    yield from (f"no text of ours: {line!r}" for line in text.split("\n") if not _ours(line))
    yield from (f"not of the answer set: {leaf!r}" for leaf in _leaves(custom))
    if custom["text"] not in text:
        yield "the text for plain channels lacks the reply's text"
    if custom["kind"] == "answer":
        yield from _answer(custom, text)
    if custom["kind"] in DANGER:
        yield from _warning(custom, text)


def _shape(custom: Reply) -> Iterator[str]:
    kind = custom.get("kind")
    if kind not in KINDS:
        yield f"no such kind: {kind!r}"
    must, may = set(_ALL), {"notice", "heading"}
    if kind == "answer":
        must, may = _ANSWER, {"notice"}
    elif kind in DANGER:
        # Where the country is unknown it is asked for, once.
        asked = {"ask"} if custom.get("suggestions") else set()
        must = {*_ALL, "heading", "numbers", "sign", *asked}
    elif "country" in custom:
        must = {*_ALL, "numbers", "country"}
    if not must <= custom.keys() <= must | may:
        yield f"{kind} has the keys {sorted(custom)}"
    if kind == "clarify" and not custom.get("suggestions"):
        yield "nothing to choose from"
    for choice in custom.get("suggestions") or ():
        if choice.keys() != {"title", "message"} or not all(choice.values()):
            yield f"a bad suggestion: {choice}"


def _answer(custom: Reply, text: str) -> Iterator[str]:
    """Letter for letter what the answer's own file says, with all that belongs to it."""
    book = texts()
    entry = book.answers.get(custom["answer"])
    if entry is None or custom["layer"] not in LAYERS:
        yield f"no such answer or layer: {custom['answer']}, {custom['layer']}"
        return
    if custom["text"] not in book.layer(custom["answer"], custom["layer"]):
        yield f"not letter for letter: {custom['text']!r}"
    for key in ("question", "evidence", "reviewed", "review"):
        if custom[key] != entry[key]:
            yield f"{key} is {custom[key]!r}"
    if custom["differs"] != entry.get("differs"):
        yield "not what differs between the sources"
    disclaimer = book.disclaimers[entry["disclaimer"]]
    if custom["disclaimer"] != disclaimer or disclaimer not in text:
        yield "no disclaimer"
    said = [(one["ref"], one["says"]) for one in custom["sources"]]
    if not said or said != [(one["ref"], one["says"]) for one in entry["sources"]]:
        yield "not the answer's sources"
    if any(one.keys() != _SOURCE for one in custom["sources"]):
        yield "a source of another shape"
    if custom["layer"] != "sources" and not {book.named(custom["answer"])} <= set(text.split("\n")):
        yield "the sources are not named in the text"


def _warning(custom: Reply, text: str) -> Iterator[str]:
    """What to do, then whom to call, then why."""
    numbers = [line.get("tel") or line.get("url") for line in custom["numbers"]]
    wanted = texts().numbers("crisis" if custom["kind"] == "crisis" else "emergency")
    if not numbers or numbers[0] not in wanted:
        yield f"the first number is none for this danger: {numbers[:1]}"
    places = [text.find(custom["heading"])]
    places += [text.find(line["label"]) for line in custom["numbers"]]
    places.append(text.find(custom["text"]))
    if places != sorted(places) or places[0] != 0:
        yield "heading, numbers and reason are not in this order"
    if any(not line.keys() <= {"label", "tel", "url"} for line in custom["numbers"]):
        yield "a number of another shape"


def _ours(line: str) -> bool:
    return not line.strip() or line.strip() in texts().lines or _short(line.strip())


def _short(line: str) -> bool:
    """The first sentences of an answer, as 'simpler' shows them."""
    return line.endswith((".", "?", "!")) and any(one.startswith(line) for one in texts().lines)


def _leaves(value: Any) -> Iterator[str]:
    """Every text in a reply that neither stands in the answers folder nor is a known name."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str):
        known = value in texts().shown or value in texts().names
        if not known and not all(_ours(line) for line in value.split("\n")):
            yield value
