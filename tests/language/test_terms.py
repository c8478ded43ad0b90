"""The term list and its checks."""

import pytest

from askmyo.language.terms import TermListError, load_terms, parse_terms


def test_ids_are_unique_and_snake_case() -> None:
    ids = [term.id for term in load_terms()]
    assert len(ids) == len(set(ids))
    assert all(each.replace("_", "").isalnum() and each == each.lower() for each in ids)


def test_canonical_texts_are_lower_case() -> None:
    assert all(term.text == term.text.lower() for term in load_terms())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"kind": "drug", "text": "x"}, "a term without id"),
        ({"id": "x", "kind": "drug"}, "has no 'text'"),
        ({"id": "x", "kind": "spell", "text": "x"}, "unknown kind 'spell'"),
        ({"id": "x", "kind": "drug", "text": "x", "froms": ["y"]}, "unknown key 'froms'"),
        ({"id": "x", "kind": "drug", "text": "x", "forms": [1]}, "must be text"),
    ],
)
def test_a_wrong_entry_is_named(entry: dict[str, object], message: str) -> None:
    with pytest.raises(TermListError, match=message):
        parse_terms([entry])


def test_one_form_under_two_terms_is_refused() -> None:
    entries = [{"id": each, "kind": "drug", "text": each, "forms": ["z"]} for each in ("x", "y")]
    with pytest.raises(TermListError, match="'z' stands under 'x' and 'y'"):
        parse_terms(entries)
