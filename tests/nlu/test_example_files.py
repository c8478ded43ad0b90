"""The training examples as Rasa's own importer gives them, but read once and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from askmyo.nlu.example_files import ExampleFiles

FILES = {
    "causes.yml": "causes/inherited",
    "help.yml": "help",
    "danger.yml": "emergency/choking",
}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, intent in FILES.items():
        (tmp_path / name).write_text(
            f'version: "3.1"\nnlu:\n- intent: {intent}\n'
            f"  examples: |\n    - one of {name}\n    - two of {name}\n",
            encoding="utf-8",
        )
    return [str(tmp_path / name) for name in FILES]


def test_the_examples_are_those_of_rasa_s_own_importer(files: list[str]) -> None:
    ours = ExampleFiles(training_data_paths=files).get_nlu_data()
    theirs = RasaFileImporter(training_data_paths=files).get_nlu_data()
    assert [one.data for one in ours.training_examples] == [
        one.data for one in theirs.training_examples
    ]
    assert ours.fingerprint() == theirs.fingerprint()


def test_files_are_read_once_and_merging_copies_no_example(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    importer = ExampleFiles(training_data_paths=files)
    read = importer.get_nlu_data().training_examples
    monkeypatch.setattr("askmyo.nlu.example_files.load_data", None)
    merged = TrainingData().merge(importer.get_nlu_data(), TrainingData())
    assert [id(one) for one in merged.training_examples] == [id(one) for one in read]


def test_what_components_add_does_not_change_which_example_it_is(files: list[str]) -> None:
    one, two, *_ = ExampleFiles(training_data_paths=files).get_nlu_data().training_examples
    before = one.fingerprint()
    one.set("vectors", [1.0])
    assert one.fingerprint() == before
    assert two.fingerprint() != before
    assert one.get(TEXT) == "one of causes.yml"


def test_the_project_is_trained_with_it() -> None:
    importer = TrainingDataImporter.load_from_config("config.yml", training_data_paths=[])
    assert isinstance(importer.importer._importer._importers[0], ExampleFiles)
