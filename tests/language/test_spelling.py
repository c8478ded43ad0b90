"""Repair of slips, and none of good words."""

import pytest
from spacy.language import Language

from askmyo.language import canonical, read
from askmyo.language.slips import with_slips
from askmyo.language.spelling import Speller, allowed_distance, trusted_words
from askmyo.language.wordlist import FREQUENT
from tests.language.conftest import DATA, table, vocabulary

GOOD = (DATA / "good_words.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize(("slip", "meant"), table("repairs").items())
def test_slips_are_repaired(nlp: Language, slip: str, meant: str) -> None:
    assert canonical(nlp, f"my {slip} now") == canonical(nlp, f"my {meant} now")


@pytest.mark.parametrize("word", GOOD)
def test_good_words_are_left_alone(nlp: Language, word: str) -> None:
    repairs = read(nlp, f"my {word} now").repairs
    assert repairs == () or word in {"hubby"}


def test_noise_is_mostly_repaired(nlp: Language) -> None:
    """Ten per cent of the characters of domain words hit, doubled, dropped or swapped."""
    speller = nlp.get_pipe("askmyo_spelling").speller
    told = right = slips = 0
    for word in sorted(word for word in speller.vocabulary if len(word) > 3 and word.isalpha()):
        slip = with_slips(word, 0.10)
        if speller.good(slip):
            continue
        slips += 1
        meant = speller.repair(slip)
        told += meant is not None
        right += meant == word
    print(f"slips {slips}, recall {right / slips:.3f}, precision {right / told:.3f}")
    assert right / slips >= 0.77
    assert right / told >= 0.97


def test_an_ambiguous_slip_is_left_alone() -> None:
    assert Speller(["walker", "walked"]).repair("walkeq") is None


def test_two_forms_of_one_word_are_not_ambiguous() -> None:
    assert Speller(["muscle", "muscles"]).repair("musclws") == "muscles"


def test_only_the_vocabulary_is_aimed_at() -> None:
    assert Speller([]).repair("musclws") is None


def test_distance_grows_with_length() -> None:
    assert [allowed_distance(length) for length in (4, 6, 7, 11, 12)] == [1, 1, 2, 2, 3]


def test_slips_are_not_trusted() -> None:
    assert trusted_words({"muscle", "mucsle", "klrg"}, {"myositis"}) == {
        "muscle",
        "klrg",
        "myositis",
    }


def test_what_was_never_seen_and_resembles_a_common_word_is_not_trusted() -> None:
    # 'help' or 'hell'? No repair tells, but it is a slip.
    assert trusted_words({"help", "hell", "hepl"}, ()) == {"help", "hell"}


def test_how_rare_a_doubted_word_is_can_be_said() -> None:
    words = {"breath", "breth", "clammy", "chest", "leg's", "rattles", "rattled"}
    assert trusted_words(words, ()) == words
    assert trusted_words(words, (), doubted=FREQUENT) == words - {"breth"}


def test_every_vocabulary_word_stays(nlp: Language) -> None:
    assert all(read(nlp, word).repairs == () for word in vocabulary())
