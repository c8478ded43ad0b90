"""Sees whether a message shows slips, and which of its words may be repaired in context."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from askmyo.language.candidates import Candidates
from askmyo.language.gibberish import is_gibberish
from askmyo.language.in_context import Change, InContext, Kind, Piece
from askmyo.language.languages import language_of
from askmyo.language.spelling import Speller
from askmyo.language.word_pairs import WordPairs

LONGEST = 300
"""Tokens of a message that is repaired in context; the words of a longer one are seen alone."""

AGAIN = "read again"
"""Marks a doc made of canonical text, which no longer shows what is a name."""

_WORD = re.compile(r"[a-z]+(?:'+[a-z]*)*\Z")
_NAME_FOLLOWS = frozenset("dr mr mrs ms miss prof professor named called surname".split())
_DRUG = re.compile(
    r"\w{3,}(?:mab|n[ie]b|limus|statin|stat|vir|pril|sartan|olol|azole|cept|mycin|cillin|parin|"
    r"prazole|dipine|gliptin|glutide|gliflozin|triptan|setron|oxetine|azepam|caine|profen|sone|"
    r"solone|zumab|ximab|cycline|floxacin|thiazide|mide|zine|bart|mol|rsen|tide|xaban)\Z"
)


@dataclass(frozen=True)
class _Forms:
    """The words that are a term alone, and those that are one beside another word."""

    alone: frozenset[str]
    beside: frozenset[tuple[str, str]]


class Damage:
    """Repairs whole messages. `forms`: the words of each form of a term, which stay."""

    def __init__(self, speller: Speller, forms: Iterable[Sequence[str]], pairs: WordPairs) -> None:
        self.speller = speller
        forms = list(forms)
        self.forms = _Forms(
            frozenset(form[0] for form in forms if len(form) == 1),
            frozenset(pair for form in forms for pair in pairwise(form)),
        )
        self.repair = InContext(
            pairs, Candidates(speller.vocabulary, pairs), speller.good, speller.shorthand
        )

    def changes(self, doc: Doc) -> list[Change]:
        """What to change in a doc; nothing if its words are good or another language's."""
        if len(doc) > LONGEST or doc.user_data.get(AGAIN):
            return []
        words = [token.lower_ for token in doc]
        shouted = doc.text.upper() == doc.text
        unknown = [
            i
            for i, word in enumerate(words)
            if not self.never_unknown(word) and self._kind(doc[i], words, shouted) == "unknown"
        ]
        if not unknown or (len(unknown) == 1 and self._plain_repair(doc, unknown[0])):
            return []
        if language_of(doc.text) or is_gibberish(doc.text):
            return []
        return self.repair.changes(self.pieces(doc))

    def never_unknown(self, word: str) -> bool:
        """Whether a word needs no repair, wherever it stands."""
        return (
            self.speller.good(word)
            or len(word) == 1
            or word in self.forms.alone
            or not _WORD.match(word)
        )

    def _plain_repair(self, doc: Doc, i: int) -> bool:
        """Whether a word can be repaired alone, or is half of a word of the vocabulary."""
        words = [token.lower_ for token in doc[max(0, i - 1) : i + 2]]
        wholes = (one + two for one, two in pairwise(words))
        return self.speller.repair(doc[i].lower_) is not None or any(
            len(whole) >= 6 and whole in self.speller.vocabulary for whole in wholes
        )

    def pieces(self, doc: Doc) -> list[Piece]:
        """The tokens of a doc, each with whether it may need repair."""
        words = [token.lower_ for token in doc]
        shouted = doc.text.upper() == doc.text
        kinds = [self._kind(token, words, shouted) for token in doc]
        return [Piece(words[i], kinds[i], token.whitespace_ == " ") for i, token in enumerate(doc)]

    def _kind(self, token: Token, words: list[str], shouted: bool) -> Kind:
        word = words[token.i]
        if not _WORD.match(word) or word in self.forms.alone or self._in_form(token.i, words):
            return "fixed"
        if self.speller.good(word) or len(word) == 1:
            return "good"
        if _DRUG.match(word) or (token.i and words[token.i - 1].rstrip(".") in _NAME_FOLLOWS):
            return "fixed"
        return "unknown" if shouted or not _like_name(token) else "fixed"

    def _in_form(self, i: int, words: list[str]) -> bool:
        before, here, after = ["", *words, ""][i : i + 3]
        beside = self.forms.beside
        return (before, here) in beside or (here, after) in beside


def _like_name(token: Token) -> bool:
    """An unknown word in capitals, or with one where no sentence begins."""
    if len(token) > 1 and token.text.isupper():
        return True
    if token.i == 0 or not token.text[0].isupper():
        return False
    return bool(token.nbor(-1).text.isalpha())
