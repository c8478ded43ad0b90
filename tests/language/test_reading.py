"""Reading a message: canonical text, clauses, terms and repairs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from askmyo.language import Reading, build_pipeline, canonical, read
from askmyo.language.terms import load_terms
from tests.language.conftest import table

FORMS = table("forms")
SENTENCES = table("sentences")
TERMS = load_terms()
ALL_FORMS = sorted({form for term in TERMS for form in (*term.replaced(), *term.mentions)})
SMALL = build_pipeline(["exercise", "stairs", "weak"])
PLAIN = ("what", "is", "my", "and", "can i", "the", "of", "weak", ".", "?", ",", "-", "musle", "3")
PHRASES = st.one_of(
    st.sampled_from(ALL_FORMS),
    st.sampled_from(
        [
            "what",
            "is",
            "my",
            "and",
            "can",
            "i",
            "the",
            "of",
            "weak",
            ".",
            "?",
            ",",
            "-",
            "stairs",
            "musle",
            "whatcauses",
            "3",
        ]
    ),
)


@pytest.mark.parametrize(("message", "expected"), FORMS.items())
def test_forms_become_canonical(nlp: Language, message: str, expected: str) -> None:
    assert canonical(nlp, message) == expected


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["message"][:40])
def test_clauses(nlp: Language, case: dict[str, object]) -> None:
    reading = read(nlp, str(case["message"]))
    said = [each.canonical + " (asks)" * each.question for each in reading.sentences]
    assert said == case["clauses"]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_every_form_finds_its_term(nlp: Language, term: object) -> None:
    for form in (*term.replaced(), *term.mentions):  # type: ignore[attr-defined]
        found = read(nlp, f"please {form} now").terms
        assert [(each.id, each.text) for each in found] == [(term.id, form)]  # type: ignore[attr-defined]


def test_places_are_those_of_the_original(nlp: Language) -> None:
    text = "<p>My  “CPK”\u200b is high;\r\nis I.B.M. “fatal”…</p>"
    reading = read(nlp, text)
    assert reading.text == text
    assert [(each.id, text[each.start : each.end]) for each in reading.terms] == [
        ("ck", "CPK"),
        ("ibm", "I.B.M."),
    ]
    assert [text[each.start : each.end] for each in reading.sentences] == [
        "My  “CPK”\u200b is high;",
        "is I.B.M. “fatal”…",
    ]


def test_repairs_are_told(nlp: Language) -> None:
    assert read(nlp, "my Swalowing and the hosptial").repairs == (
        ("Swalowing", "swallowing"),
        ("hosptial", "hospital"),
    )


def test_terms_have_kinds(nlp: Language) -> None:
    kinds = {
        each.id: each.kind for each in read(nlp, "IBM, IVIG, EMG, quads, a PT in the UK").terms
    }
    assert kinds == {
        "ibm": "disease",
        "ivig": "drug",
        "emg": "test",
        "quadriceps": "muscle",
        "physical_therapist": "professional",
        "uk": "country",
    }


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "x" * 5000, "?" * 5000, "and " * 3000, "IBM " * 3000, "<" * 5000, "\x00\x07",
     "😀" * 500, "\ud800", "what is what is " * 800, "a\u0301" * 50, "'" * 300, "i.b.m." * 300],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_anything_can_be_read(nlp: Language, text: str) -> None:
    assert isinstance(read(nlp, text), Reading)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_with_right_places(text: str) -> None:
    reading = read(SMALL, text)
    assert reading.text == text
    last = 0
    for sentence in reading.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text
        last = sentence.start
    for term in reading.terms:
        assert 0 <= term.start < term.end <= len(text)
        assert text[term.start : term.end] == term.text


@given(st.one_of(st.text(max_size=120), st.lists(PHRASES, max_size=12).map(" ".join)))
@settings(max_examples=500, deadline=None)
def test_canonical_text_is_settled(text: str) -> None:
    said = canonical(SMALL, text)
    assert canonical(SMALL, said) == said
