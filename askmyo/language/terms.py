"""The term list: what the disease, its drugs, tests and helpers are called, in every spelling."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from ruamel.yaml import YAML

Kind = Literal[
    "disease",
    "illness",
    "drug",
    "treatment",
    "test",
    "muscle",
    "symptom",
    "aid",
    "professional",
    "organisation",
    "country",
]
TERMS_FILE = Path(__file__).with_name("terms.yml")


class TermListError(ValueError):
    """The term list is wrong. Whoever edits terms.yml sees the message."""


@dataclass(frozen=True)
class TermEntry:
    """One term. The keys are explained at the head of terms.yml."""

    id: str
    kind: Kind
    text: str
    forms: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    other: str = field(default="")

    def replaced(self) -> tuple[str, ...]:
        """Forms that become the canonical text, the canonical text itself among them."""
        return (self.text, *self.forms, *self.heard)

    def plain(self) -> dict[str, Any]:
        """The entry as plain data, for saving."""
        return {key: value for key, value in asdict(self).items() if value}


def load_terms(path: Path = TERMS_FILE) -> tuple[TermEntry, ...]:
    """Read and check a term list. Raises TermListError that names the term and the key."""
    return parse_terms(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def parse_terms(entries: Iterable[Mapping[str, Any]]) -> tuple[TermEntry, ...]:
    """Check plain data and make it a term list."""
    terms = tuple(_parse(entry) for entry in entries)
    _check_unique(terms)
    return terms


def _parse(entry: Mapping[str, Any]) -> TermEntry:
    values = {("other" if key == "else" else key): value for key, value in entry.items()}
    name = values.get("id", "a term without id")
    known = {each.name for each in fields(TermEntry)}
    for key in values:
        if key not in known:
            raise TermListError(f"Term '{name}' has an unknown key '{key}'.")
    for key in ("id", "kind", "text"):
        if not isinstance(values.get(key), str):
            raise TermListError(f"Term '{name}' has no '{key}'.")
    if values["kind"] not in get_args(Kind):
        raise TermListError(f"Term '{name}' has an unknown kind '{values['kind']}'.")
    for key, value in values.items():
        if isinstance(value, (list, tuple)):
            values[key] = tuple(_text(name, key, form) for form in value)
    return TermEntry(**values)


def _text(name: str, key: str, form: object) -> str:
    if not isinstance(form, str):
        raise TermListError(f"Term '{name}', key '{key}': quote '{form}', it must be text.")
    return form


def _check_unique(terms: Iterable[TermEntry]) -> None:
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for term in terms:
        if term.id in ids:
            raise TermListError(f"Term '{term.id}' is listed twice.")
        ids.add(term.id)
        for form in {form.lower() for form in (*term.replaced(), *term.mentions)}:
            if owners.setdefault(form, term.id) != term.id:
                raise TermListError(f"'{form}' stands under '{owners[form]}' and '{term.id}'.")
