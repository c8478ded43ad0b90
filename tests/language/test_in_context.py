"""Repair of whole messages: what weak fingers meant, and nothing else."""

import pytest
import spacy
from spacy.language import Language

from askmyo.language import build_pipeline, canonical, read
from askmyo.language.slips import with_slips
from tests.language.conftest import examples, repository_words, table

LEARNT, HELD_BACK = examples()


@pytest.fixture(scope="module")
def trained() -> Language:
    """The pipeline of the answer set, without the examples it is measured on."""
    return build_pipeline(repository_words(), LEARNT)


@pytest.fixture(scope="module")
def alone() -> Language:
    """The same, looking at every word alone."""
    return build_pipeline(repository_words())


def _lost(nlp: Language, share: float) -> float:
    lost = said = 0
    for text in HELD_BACK:
        meant = canonical(nlp, text).split()
        words = canonical(nlp, with_slips(text, share)).split()
        said += len(meant)
        lost += sum(word not in words for word in meant)
    return lost / said


@pytest.mark.parametrize(("share", "most"), [(0.05, 0.065), (0.10, 0.13)])
def test_most_slips_are_repaired(
    trained: Language, alone: Language, share: float, most: float
) -> None:
    lost, before = _lost(trained, share), _lost(alone, share)
    print(f"{share}: {lost:.3f} of the words lost, {before:.3f} without context")
    assert lost <= most
    assert lost <= 0.55 * before


def test_good_words_stay_where_nothing_slipped(trained: Language, alone: Language) -> None:
    damage = trained.get_pipe("askmyo_spelling").damage
    good = [
        text
        for text in HELD_BACK
        if all(one.kind != "unknown" for one in damage.pieces(trained.make_doc(text)))
    ]
    assert len(good) > len(HELD_BACK) / 2
    for text in good:
        assert canonical(trained, text) == canonical(alone, text)


@pytest.mark.parametrize("slip", ["wlaking", "musclse"])
def test_good_words_stay_beside_one_slip(trained: Language, slip: str) -> None:
    said = canonical(trained, f"the oats fit a pin on my {slip} mat")
    assert said.startswith("the oats fit a pin on my ")


@pytest.mark.parametrize("message", table("kept"))
def test_unknown_is_not_wrong(trained: Language, alone: Language, message: str) -> None:
    assert canonical(trained, message) == canonical(alone, message)


@pytest.mark.parametrize(("message", "meant"), table("slipped").items())
def test_messages_of_slips(trained: Language, message: str, meant: str) -> None:
    assert canonical(trained, message) == meant


def test_terms_stay_among_slips(trained: Language) -> None:
    reading = read(trained, "waht is sIBM adn cN1A adn CK adn MRI i dnot konw")
    assert [term.id for term in reading.terms] == ["ibm", "cn1a", "ck", "mri"]


def test_names_and_numbers_stay_among_slips(trained: Language) -> None:
    said = canonical(trained, "Thsi is a quesiton abuot Anneke Vandenbroucke adn 42 stpes")
    assert said == "this is a question about anneke vandenbroucke and 42 steps"


def test_slips_in_the_texts_are_not_learnt() -> None:
    nlp = build_pipeline(["muscles", "weak"], ["my mucsles are weak"] * 50)
    assert "mucsles" not in nlp.get_pipe("askmyo_spelling").pairs.counts


def test_the_word_pairs_are_saved(trained: Language) -> None:
    loaded = spacy.blank("en").from_config(trained.config).from_bytes(trained.to_bytes())
    for message in table("slipped"):
        assert read(loaded, message) == read(trained, message)
