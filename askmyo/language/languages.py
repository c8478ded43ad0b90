"""Which language a message is in, when it is plainly not English: function words decide."""

import re
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from askmyo.language.cleaning import clean

LANGUAGES_FILE = Path(__file__).with_name("languages.yml")
READ = 80
"""Words looked at; a message does not change its language later."""

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_MARKS = {"es": "ñ¿¡", "pt": "ãõ", "de": "ßäöü", "fr": "çœêèùâî", "it": "èòìù"}


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    data = YAML(typ="safe", pure=True).load(LANGUAGES_FILE.read_text(encoding="utf-8"))
    return {language: frozenset(words) for language, words in data.items()}


def language_of(text: str) -> str | None:
    """'es', 'fr', 'de', 'it' or 'pt' if a message is in that language, otherwise None.

    None means English, too little text, or a language that is not known here.
    """
    words = _WORD.findall(clean(text[:2000]).text.lower())[:READ]
    if not words:
        return None
    lists = _function_words()
    english = sum(word in lists["en"] for word in words)
    hits = {each: [word for word in words if word in lists[each]] for each in _MARKS}
    best = max(hits, key=lambda each: _score(hits[each], each, text))
    found = hits[best]
    proof = {word for word in found if word not in lists["en"] and word not in lists["shared"]}
    enough = len(proof) >= min(2, len(words))
    if proof and not english and len(set(found)) >= 3:
        enough = True
    return best if enough and len(found) > english and len(found) >= 0.3 * len(words) else None


def _score(found: list[str], language: str, text: str) -> float:
    letters = text.lower()
    return len(found) + 0.5 * sum(mark in letters for mark in _MARKS[language])
