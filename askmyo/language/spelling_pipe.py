"""The pipe that repairs spelling: it sets each token's norm to what was meant."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import srsly
from spacy.attrs import LOWER, NORM
from spacy.language import Language
from spacy.tokens import Doc, Token

from askmyo.language.damage import Damage
from askmyo.language.in_context import Change
from askmyo.language.spelling import Speller
from askmyo.language.word_pairs import WordPairs

NAME = "askmyo_spelling"
SETTLED = 50_000
"""Words kept in mind that need no repair."""

if not Doc.has_extension("repairs"):
    Doc.set_extension("repairs", default=())


class SpellingPipe:
    """Norms and repairs. Before `fit`, it only lowers the letters."""

    def __init__(self) -> None:
        self.speller = Speller([])
        self.forms: list[tuple[str, ...]] = []
        self.whole: frozenset[str] = frozenset()
        self.pairs = WordPairs()
        self.damage: Damage | None = None
        self._settled: set[int] = set()

    def fit(
        self,
        vocabulary: set[str],
        forms: Iterable[Sequence[str]],
        shorthand: dict[str, str],
        pairs: WordPairs | None = None,
    ) -> "SpellingPipe":
        """Learn the vocabulary; `forms` are the words of each form of a term, never touched.

        `pairs`: what patients say; without it every word is looked at alone.
        """
        self.speller = Speller(vocabulary, shorthand)
        self.forms = sorted({tuple(form) for form in forms})
        self.whole = frozenset(word for form in self.forms for word in form)
        self.pairs = pairs or WordPairs()
        self.damage = Damage(self.speller, self.forms, self.pairs) if pairs else None
        self._settled = set()
        return self

    def __call__(self, doc: Doc) -> Doc:
        if self._nothing_to_do(doc):
            return doc
        changes = self.damage.changes(doc) if self.damage else []
        repairs = _told(doc, changes) if changes else self._join_split(doc)
        done = _apply(doc, changes) if changes else frozenset()
        joined: list[tuple[Token, str]] = []
        for token in doc:
            if token.lower in self._settled and not done and token.norm == token.lower:
                continue
            word = token.lower_
            if token.idx in done:
                continue
            meant = None if word in self.whole or " " in word else self.speller.repair(word)
            if " " not in word:
                token.norm_ = meant or word
            if meant:
                repairs.append((token.text, meant))
                if meant.replace(" ", "") == word:
                    joined.append((token, meant))
        if joined:
            _split_joined(doc, joined)
        doc._.repairs = tuple(repairs)
        return doc

    def _nothing_to_do(self, doc: Doc) -> bool:
        """Whether every word of a doc is right and has its norm already, as in most messages."""
        lowered, norms = doc.to_array([LOWER, NORM]).T.tolist()
        new = set(lowered) - self._settled
        if new:
            if len(self._settled) > SETTLED:
                self._settled.clear()
            strings = doc.vocab.strings
            self._settled.update(each for each in new if self._is_settled(strings[each]))
        return lowered == norms and self._settled.issuperset(lowered)

    def _is_settled(self, word: str) -> bool:
        """Whether a word stays as it is, whatever stands beside it."""
        if not self._known(word) or (self.damage and not self.damage.never_unknown(word)):
            return False
        return word in self.whole or " " in word or self.speller.repair(word) is None

    def _join_split(self, doc: Doc) -> list[tuple[str, str]]:
        """Join 'swal lowing' where a half is no word and the whole is."""
        pairs: list[tuple[int, str]] = []
        unknown = [token.i for token in doc if not self._known(token.lower_)]
        for i in unknown:
            for left in (i - 1, i):
                if left < 0 or left + 1 >= len(doc) or (pairs and left - pairs[-1][0] < 2):
                    continue
                whole = doc[left].lower_ + doc[left + 1].lower_
                if len(whole) >= 6 and whole.isalpha() and whole in self.speller.vocabulary:
                    pairs.append((left, whole))
                    break
        repairs = [(doc[left : left + 2].text, whole) for left, whole in pairs]
        if pairs:
            with doc.retokenize() as retokenizer:
                for left, whole in pairs:
                    retokenizer.merge(doc[left : left + 2], attrs={"NORM": whole})
        return repairs

    def _known(self, word: str) -> bool:
        return not word.isalpha() or word in self.whole or self.speller.good(word)

    def to_bytes(self, **_: Any) -> bytes:
        """All that was learnt."""
        data: bytes = srsly.msgpack_dumps(self._learnt())
        return data

    def from_bytes(self, data: bytes, **_: Any) -> "SpellingPipe":
        """Take up what `to_bytes` gave."""
        return self._take(srsly.msgpack_loads(data))

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write what was learnt as readable JSON."""
        Path(path).mkdir(parents=True, exist_ok=True)
        srsly.write_json(Path(path) / "spelling.json", self._learnt())

    def from_disk(self, path: Path, **_: Any) -> "SpellingPipe":
        """Take up what `to_disk` wrote."""
        return self._take(srsly.read_json(Path(path) / "spelling.json"))

    def _learnt(self) -> dict[str, Any]:
        return {
            "vocabulary": sorted(self.speller.vocabulary),
            "forms": self.forms,
            "shorthand": self.speller.shorthand,
            "pairs": self.pairs.pairs,
        }

    def _take(self, learnt: dict[str, Any]) -> "SpellingPipe":
        return self.fit(
            set(learnt["vocabulary"]),
            learnt["forms"],
            learnt["shorthand"],
            WordPairs(learnt["pairs"]),
        )


def _split_joined(doc: Doc, joined: list[tuple[Token, str]]) -> None:
    """Give each of 'what causes', typed as one word, a token of its own."""
    gaps = doc.user_data.setdefault("gaps", set())
    with doc.retokenize() as retokenizer:
        for token, meant in joined:
            left, right = meant.split(" ")
            parts = [token.text[: len(left)], token.text[len(left) :]]
            heads = [(token, 1), (token, 1)]
            retokenizer.split(token, parts, heads=heads, attrs={"NORM": [left, right]})
            gaps.add(token.idx)


def _told(doc: Doc, changes: Iterable[Change]) -> list[tuple[str, str]]:
    return [(doc[each.start : each.end].text, " ".join(each.words)) for each in changes]


def _apply(doc: Doc, changes: Iterable[Change]) -> frozenset[int]:
    """Set the norms of changed tokens, joined or cut as needed; gives where these stand."""
    gaps = doc.user_data.setdefault("gaps", set())
    norms: dict[int, str] = {}
    with doc.retokenize() as retokenizer:
        for each in changes:
            first = doc[each.start]
            norms[first.idx] = each.words[0]
            if each.end - each.start == 1 and not each.place:
                # Shorthand may stand for several words.
                norms[first.idx] = " ".join(each.words)
            elif each.place:
                parts = [first.text[: each.place], first.text[each.place :]]
                retokenizer.split(first, parts, heads=[(first, 1), (first, 1)])
                norms[first.idx + each.place] = each.words[1]
                gaps.add(first.idx)
            elif each.end - each.start > len(each.words):
                retokenizer.merge(doc[each.start : each.end])
            elif len(each.words) == 2:
                norms[doc[each.start + 1].idx] = each.words[1]
    for token in doc:
        if token.idx in norms:
            token.norm_ = norms[token.idx]
    return frozenset(norms)


def create(nlp: Language, name: str) -> SpellingPipe:
    """Make the pipe, for spaCy's registry."""
    del nlp, name
    return SpellingPipe()


Language.factory(NAME, func=create)
