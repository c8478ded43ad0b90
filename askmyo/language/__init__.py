"""Canonical language: what a patient's message says, in the words the answers are known by."""

from askmyo.language.gibberish import is_gibberish
from askmyo.language.languages import language_of
from askmyo.language.many import read_many
from askmyo.language.pipeline import build_pipeline
from askmyo.language.reading import Reading, Sentence, Term, canonical, read

__all__ = [
    "Reading",
    "Sentence",
    "Term",
    "build_pipeline",
    "canonical",
    "is_gibberish",
    "language_of",
    "read",
    "read_many",
]
