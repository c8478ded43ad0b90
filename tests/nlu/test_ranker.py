"""The ranker: right labels, honest probabilities, nothing lost between save and load."""

import zlib
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from askmyo.nlu.calibration import Calibration, familiarity
from askmyo.nlu.linear import fit_linear
from askmyo.nlu.model import Model, Settings
from askmyo.nlu.ranker import Ranker

SUBJECTS = {
    "exercise": "weights gym swimming walking stretching",
    "swallowing": "choking food throat swallow drink",
    "causes": "genes inherited virus why started",
    "outlook": "wheelchair years worse die future",
    "diagnosis": "biopsy blood doctor scan told",
    "treatment": "drug cure trial steroids infusion",
}
FRAMES = ("is {} ok", "tell me about {}", "what of {} please", "i worry about {}", "{} and me")
CHATTER = ("football tonight", "pizza recipe", "weather rain", "stock market", "movie tickets")


def vector(text: str) -> np.ndarray:
    """A stand-in for the encoder: texts that share words are near."""
    words = text.lower().split()
    parts = [np.random.default_rng(zlib.crc32(w.encode())).standard_normal(384) for w in words]
    total = np.sum([np.full(384, 1e-3), *parts], axis=0)
    return (total / np.linalg.norm(total)).astype(np.float32)


def vectors(texts: list[str]) -> np.ndarray:
    return np.stack([vector(text) for text in texts])


def examples() -> tuple[list[str], list[str]]:
    pairs = [
        (frame.format(word), label)
        for label, words in SUBJECTS.items()
        for word in words.split()
        for frame in FRAMES
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    texts, labels = examples()
    return Ranker().fit(texts, labels, vectors(texts))


@pytest.fixture(scope="module")
def wary() -> Ranker:
    """One that was shown what is out of scope."""
    texts, labels = examples()
    chatter = [frame.format(words) for words in CHATTER for frame in FRAMES]
    labels += ["far"] * len(chatter)
    texts += chatter
    return Ranker().fit(texts, labels, vectors(texts), out_of_scope=["far", "near"])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("can i go swimming", "exercise"),
        ("is it the genes", "causes"),
        ("a bioppsy", "diagnosis"),
        ("steroids or an infusion", "treatment"),
    ],
)
def test_the_right_label_comes_first(ranker: Ranker, text: str, label: str) -> None:
    assert ranker.rank(text, vector(text))[0][0] == label


def test_a_ranking_holds_every_label_once_and_sums_to_one(ranker: Ranker) -> None:
    ranking = ranker.rank("swimming", vector("swimming"))
    chances = [chance for _, chance in ranking]
    assert {label for label, _ in ranking} == set(SUBJECTS)
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=1e-5)


def test_strange_texts_are_less_in_scope_without_any_example_of_them(ranker: Ranker) -> None:
    known = ranker.judge("is swimming ok", vector("is swimming ok")).in_scope
    strange = ranker.judge("zeppelin quartz", vector("zeppelin quartz")).in_scope
    assert 0 <= strange < 0.5 < known <= 1


def test_out_of_scope_labels_lower_the_score_and_are_never_ranked(wary: Ranker) -> None:
    judged = wary.judge("pizza recipe please", vector("pizza recipe please"))
    assert judged.in_scope < 0.5
    assert {label for label, _ in judged.ranking} == set(SUBJECTS)
    assert wary.out_of_scope == ["far"]
    assert wary.judge("my throat and food", vector("my throat and food")).in_scope > 0.5


def test_a_loaded_ranker_judges_as_the_saved_one(wary: Ranker, tmp_path: Path) -> None:
    wary.save(tmp_path)
    loaded = Ranker.load(tmp_path)
    for text in ("swimming", "pizza", "", "ÄÖ 漢字 🙂"):
        before, after = wary.judge(text, vector(text)), loaded.judge(text, vector(text))
        assert after.in_scope == pytest.approx(before.in_scope, abs=1e-6)
        assert after.ranking == pytest.approx(before.ranking)
    assert loaded.settings == wary.settings
    assert loaded.calibration == wary.calibration


def test_a_saved_ranker_holds_no_pickle(wary: Ranker, tmp_path: Path) -> None:
    wary.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "counts.json",
        "model.npz",
        "ranker.json",
    ]
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_training_twice_gives_the_same(ranker: Ranker) -> None:
    texts, labels = examples()
    again = Ranker().fit(texts, labels, vectors(texts))
    text = "walking in the gym"
    assert again.rank(text, vector(text)) == pytest.approx(ranker.rank(text, vector(text)))


def test_one_example_a_label_is_enough_to_learn() -> None:
    texts = ["lift weights", "trouble swallowing"]
    ranker = Ranker().fit(texts, ["a", "b"], vectors(texts))
    assert ranker.rank("weights", vector("weights"))[0][0] == "a"
    assert ranker.calibration == Calibration()


def test_one_label_or_a_missing_vector_is_refused() -> None:
    texts = ["one", "two"]
    with pytest.raises(ValueError, match="at least two labels in scope"):
        Ranker().fit(texts, ["a", "far"], vectors(texts), out_of_scope=["far"])
    with pytest.raises(ValueError, match="2 texts, 2 labels, 1 vectors"):
        Ranker().fit(texts, ["a", "b"], vectors(texts[:1]))


def test_an_unfitted_ranker_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="call fit or load"):
        Ranker().judge("why", vector("why"))
    with pytest.raises(RuntimeError, match="call fit or load"):
        Ranker().save(tmp_path)
    with pytest.raises(FileNotFoundError):
        Ranker.load(tmp_path)


def test_one_text_scores_as_it_does_among_many() -> None:
    texts, labels = examples()
    targets = np.unique(labels, return_inverse=True)[1]
    model = Model.train(texts, targets, vectors(texts), Settings())
    asked = ["swimming ok", "", "zzz", "the future and the future"]
    many = model.score_all(asked, vectors(asked))
    for text, scores in zip(asked, many, strict=True):
        assert model.score(text, vector(text)) == pytest.approx(scores, abs=1e-4)


def test_the_linear_model_agrees_with_scikit_learn() -> None:
    random = np.random.default_rng(0)
    targets = np.repeat([0, 1, 2], [30, 15, 5])
    features = (random.standard_normal((50, 8)) + targets[:, None]).astype(np.float32)
    ours = fit_linear(features, targets, strength=2.0, steps=500)
    theirs = LogisticRegression(C=2.0, class_weight="balanced", tol=1e-8, max_iter=2000)
    powers = np.exp(ours.score(features))
    chances = powers / powers.sum(axis=1, keepdims=True)
    assert chances == pytest.approx(theirs.fit(features, targets).predict_proba(features), abs=5e-3)


def test_familiarity_is_the_best_score_less_half_the_rival() -> None:
    scores = np.array([[3.0, 1.0, 2.0], [0.0, 1.0, -2.0]])
    apart = np.array([False, False, True])
    assert familiarity(scores, apart) == pytest.approx([2.0, 2.0])
    assert familiarity(scores, np.zeros(3, dtype=bool)) == pytest.approx([3.0, 1.0])
