"""Counting words and characters, against scikit-learn, which is slower for a single text."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from askmyo.nlu.features import SETTINGS, TextCounts
from askmyo.nlu.red_flags.grams import Grams

LEARNED = [
    "my hands are weak, my hands!",
    "is it the hands or the legs",
    "I can't climb the stairs",
    "\u0391\u03a3 \u0130x caf\u00e9",
    "stairs stairs stairs",
]
ASKED = [
    *LEARNED,
    "",
    "   ",
    ", , ,",
    "zzz qqq",
    "my\u00a0hands\u2003are\tweak",
    "hands" * 20 + " hands",
]


def test_counts_are_those_of_scikit_learn() -> None:
    counts = TextCounts.learn(LEARNED)
    parts = [
        TfidfVectorizer(**settings, sublinear_tf=True).fit(LEARNED).transform(ASKED)
        for settings in SETTINGS.values()
    ]
    wanted = scipy.sparse.hstack(parts).toarray()
    for _ in range(2):  # the second time words are remembered
        assert np.allclose(counts.matrix(ASKED).toarray(), wanted, atol=1e-6)


def test_no_texts_make_an_empty_matrix() -> None:
    assert TextCounts.learn(LEARNED).matrix([]).shape[0] == 0
    assert Grams.learn(LEARNED, least=1).matrix([]).shape[0] == 0


@pytest.mark.parametrize("text", ASKED)
def test_a_text_s_terms_are_its_words_pairs_and_runs(text: str) -> None:
    grams = Grams.learn(LEARNED, least=1)
    words = [word for word in text.split() if word != ","]
    terms = {f" {word} " for word in words}
    terms |= {f"{left} {right}" for left, right in pairwise(words)}
    terms |= {
        f"_{word}_"[start : start + size]
        for word in words
        for size in (3, 4, 5)
        for start in range(len(word) + 3 - size)
    }
    names = list(grams.weights)
    for _ in range(2):
        columns, values = grams.row(text)
        assert {names[column] for column in columns} == terms & set(names)
        assert np.linalg.norm(values) == pytest.approx(1.0 if len(columns) else 0.0, abs=1e-6)
