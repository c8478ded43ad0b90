"""Building, saving and loading the pipeline."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from askmyo.language import build_pipeline, read
from tests.language.conftest import vocabulary

MESSAGES = (
    "what causes I.B.M. and my swalowing is bad can i eat bread",
    "is my CPK high? myositus",
    "whatcauses it i worked for IBM",
)


def test_a_saved_pipeline_reads_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "language")
    loaded = spacy.load(tmp_path / "language")
    for message in MESSAGES:
        assert read(loaded, message) == read(nlp, message)


def test_bytes_read_the_same(nlp: Language) -> None:
    loaded = spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes())
    for message in MESSAGES:
        assert read(loaded, message) == read(nlp, message)


def test_entities_carry_kind_and_id(nlp: Language) -> None:
    doc = nlp("is IBM fatal")
    assert [(ent.label_, ent.kb_id_, ent.ent_id_) for ent in doc.ents] == [
        ("disease", "ibm", "ibm")
    ]


def test_slips_in_the_vocabulary_do_not_become_words() -> None:
    nlp = build_pipeline(vocabulary() | {"mucles", "hosptial"})
    assert read(nlp, "my mucles and hosptial").canonical == "my muscles and hospital"


@pytest.mark.parametrize("message", MESSAGES)
def test_reading_twice_gives_the_same(nlp: Language, message: str) -> None:
    assert read(nlp, message) == read(nlp, message)


def test_shorthand_in_the_vocabulary_stays_shorthand() -> None:
    assert read(build_pipeline(["cant", "walk"]), "i cant walk").canonical == "i can't walk"
