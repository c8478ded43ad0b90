"""Builds the spaCy pipeline: nothing is downloaded, everything is learnt from lists.

Pipes, in order: spelling (norms), terms (entities), sentences (sentence starts). Save with
`nlp.to_disk(path)`, load with `spacy.load(path)` once `askmyo.language` is imported.
"""

from collections.abc import Iterable
from pathlib import Path

import spacy
from ruamel.yaml import YAML
from spacy.language import Language

from askmyo.language import sentences_pipe, spelling_pipe, terms_pipe
from askmyo.language.spelling import trusted_words, words_of
from askmyo.language.terms import TermEntry, load_terms
from askmyo.language.tokens import set_up_tokenizer
from askmyo.language.word_pairs import WordPairs
from askmyo.language.wordlist import english

SHORTHAND_FILE = Path(__file__).with_name("shorthand.yml")


def build_pipeline(vocabulary: Iterable[str], texts: Iterable[str] = ()) -> Language:
    """A pipeline whose spelling repairs aim at `vocabulary` and the words of the term list.

    `vocabulary`: words (any case) of the answer set, its examples among them. Repeats do no
    harm, and a slip among the examples ('myositus', 'hepl') does not become a word. `texts`: what
    patients write; a message with slips is repaired to words that follow each other there. Without
    texts, each word is repaired alone. Raises TermListError if the term list is wrong.
    """
    terms = load_terms()
    nlp = spacy.blank("en")
    set_up_tokenizer(nlp, _all_forms(terms))
    spelling = nlp.add_pipe(spelling_pipe.NAME)
    shorthand = load_shorthand()
    words = trusted_words({word.lower() for word in vocabulary}, _right_words(terms))
    right = words - shorthand.keys()
    forms = _forms_in_words(nlp, terms)
    spelling.fit(right, forms, shorthand, _pairs(texts, right, forms))
    nlp.add_pipe(terms_pipe.NAME).fit(terms)
    nlp.add_pipe(sentences_pipe.NAME)
    return nlp


def load_shorthand(path: Path = SHORTHAND_FILE) -> dict[str, str]:
    """Ways to type an everyday word, each with the word."""
    shorthand: dict[str, str] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return shorthand


def _all_forms(terms: Iterable[TermEntry]) -> list[str]:
    return [form for term in terms for form in (*term.replaced(), *term.cased, *term.never)]


def _right_words(terms: Iterable[TermEntry]) -> set[str]:
    """The words of right spellings, which slips may be repaired to; no abbreviations."""
    forms = [form for term in terms for form in (term.text, *term.forms, *term.mentions)]
    return words_of(word for form in forms for word in form.split() if not word.isupper())


def _forms_in_words(nlp: Language, terms: Iterable[TermEntry]) -> list[tuple[str, ...]]:
    """The tokens of every form, right or not: the term matcher needs them as typed."""
    return [tuple(token.lower_ for token in nlp.make_doc(form)) for form in _all_forms(terms)]


def _pairs(texts: Iterable[str], right: set[str], forms: Iterable[tuple[str, ...]]) -> WordPairs:
    """The word pairs of some texts; words that are not trusted are passed over."""
    trusted = right | english().frequent | {word for form in forms for word in form}
    return WordPairs.learn(texts, trusted.__contains__)
