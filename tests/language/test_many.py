"""Reading many texts on several cores gives the same as reading them one by one."""

import pytest
from spacy.language import Language

from askmyo.language import many, read, read_many
from askmyo.language.slips import with_slips
from tests.language.conftest import DATA

TEXTS = [
    text if i % 3 else with_slips(text, 0.05)
    for i, text in enumerate((DATA / "questions.txt").read_text(encoding="utf-8").splitlines())
]


@pytest.mark.parametrize("processes", [1, 3])
def test_readings_come_in_the_order_of_the_texts(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(many, "ENOUGH", 10)
    texts = [*TEXTS[:100], "", TEXTS[0]]
    assert read_many(nlp, texts, processes) == [read(nlp, text) for text in texts]


def test_more_processes_than_texts_do_no_harm(nlp: Language) -> None:
    assert read_many(nlp, [TEXTS[0]], 2) == [read(nlp, TEXTS[0])]


@pytest.mark.parametrize(("cores", "texts"), [(1, 2 * many.ENOUGH), (4, 2 * many.ENOUGH - 1)])
def test_one_core_or_few_texts_start_no_process(
    nlp: Language, monkeypatch: pytest.MonkeyPatch, cores: int, texts: int
) -> None:
    monkeypatch.setattr(many, "_cores", lambda: cores)
    monkeypatch.setattr(many, "read", lambda _nlp, text: text)
    monkeypatch.delattr(many, "_start")
    assert read_many(nlp, ["hello"] * texts) == ["hello"] * texts


def test_a_process_that_dies_is_told(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_START", "raise SystemExit('no memory left')")
    with pytest.raises(many.WorkerError, match=r"code 1.*no memory left"):
        read_many(nlp, TEXTS[:4], 2)
