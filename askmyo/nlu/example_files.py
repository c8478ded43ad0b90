"""Loads the training examples for Rasa: each file once, and no example is copied.

Rasa's own importer reads all files twice and copies every example nine times before the first
component sees one, and Rasa prints and hashes all that a component made of them. For some 57,000
examples that is a minute and a half in which nothing is learned.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Lent(Message):
    """An example that is handed on where Rasa, merging training data, would copy it."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self._as_read: str = super().fingerprint()

    def __deepcopy__(self, memo: dict[int, Any]) -> Lent:
        return self

    def fingerprint(self) -> str:
        """What was read tells examples apart. Rasa would hash after each component what that made
        of them, vectors too, to keep it for the next training; we keep nothing of the kind."""
        return self._as_read


class ExampleFiles(RasaFileImporter):
    """Rasa's importer of files, named in config.yml. The files hold examples and no more: Rasa's
    synonyms, lookup tables, regular expressions and responses are left out."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._examples: list[Message] | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of all files, in the order of the files; the same ones each time."""
        if self._examples is None:
            self._examples = [
                Lent(one.data)
                for file in self._nlu_files
                for one in load_data(file, language).training_examples
            ]
        return TrainingData(self._examples)
