"""The pipe that finds sentences, also where nobody typed a full stop.

A clause begins after closing punctuation or a line break, at a question that turns its verb
round ('can i ...'), at a question word with its verb ('how long ...'), at phrases that announce
a question ('my question is') and, in long run-on messages only, at 'and i ...'. The lists are in
sentences.yml.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy
from ruamel.yaml import YAML
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

NAME = "askmyo_sentences"
CLOSING = frozenset({".", "?", "!", "...", "?!", "!?", "??", "!!", "???", "!!!", ";", "..", "…"})
SHORT = 5
"""A message of fewer words than this, without punctuation, is one sentence."""

ENOUGH_ASKED, ENOUGH_TOLD = 3, 5
"""Words that a question, or a statement, must have to stand alone before another question."""

LONG = 18
"""A message of more words than this may run on."""

_PAUSES = frozenset({",", "and", "but", "so"})


@dataclass(frozen=True)
class Starters:
    """The word lists of sentences.yml."""

    wh: frozenset[str]
    after_wh: dict[str, frozenset[str]]
    any_after_wh: frozenset[str]
    opinions: frozenset[str]
    settles: frozenset[str]
    holds: frozenset[str]
    connectors: frozenset[str]
    run_on: frozenset[str]
    inner_wh: frozenset[str]
    subordinators: frozenset[str]
    asks: dict[str, tuple[tuple[str, ...], ...]]
    turns: dict[str, frozenset[str]]
    helpers: frozenset[str]
    owners: frozenset[str]

    @cached_property
    def may_ask(self) -> frozenset[str]:
        """The words at which a question may begin."""
        return self.wh.union(self.asks, self.turns)

    @cached_property
    def settling(self) -> frozenset[str]:
        """The words that change whether a question word waits for its verb."""
        return self.inner_wh | self.settles


@lru_cache(maxsize=1)
def starters() -> Starters:
    """The word lists, read once."""
    path = Path(__file__).with_name("sentences.yml")
    data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    asks: dict[str, tuple[tuple[str, ...], ...]] = {}
    for each in data["asks"]:
        first, *_ = words = tuple(each.split())
        asks[first] = (*asks.get(first, ()), words)
    groups = data["turns"].values()
    return Starters(
        after_wh={word: frozenset(after) for word, after in data["after_wh"].items()},
        turns={verb: frozenset(group["subjects"]) for group in groups for verb in group["verbs"]},
        helpers=frozenset(data["turns"]["helpers"]["verbs"]),
        owners=frozenset(data["turns"]["owners"]["verbs"]),
        asks=asks,
        **{key: frozenset(data[key]) for key in data if key not in {"after_wh", "asks", "turns"}},
    )


class _Clauses:
    """Walks over the words of one doc and marks where clauses begin."""

    def __init__(self, doc: Doc) -> None:
        self.lists = starters()
        self.words = [token.norm_ for token in doc]
        self.texts = [token.text for token in doc]
        self.plain = sum(text.isalpha() or "'" in text for text in self.texts)
        self.term_ends = {
            ent.start: ent.end for ent in doc.ents if ent.label_ not in {"symptom", "muscle"}
        }
        self.inside = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        self.starts = {0}
        self.clause = 0
        self.opening = ""
        self.wh_waits = False

    def find(self) -> set[int]:
        """The indices of first tokens."""
        enough = self.plain >= SHORT
        long = self.plain > LONG
        for i, word in enumerate(self.words):
            if self._after_full_stop(i):
                self._begin(i)
            if not enough:
                continue
            if word in self.lists.may_ask and (self._asks(i) or self._question(i)):
                self._begin_before_connectors(i)
            elif long and self._runs_on(i):
                self._begin(self._before_connectors(i))
            if not self.opening or word in self.lists.settling:
                self._watch(word)
        return self.starts

    def _watch(self, word: str) -> None:
        """Keep in mind whether a question word still waits for its verb."""
        if not self.opening and _says_something(word) and word not in self.lists.connectors:
            self.opening = word
            self.wh_waits = word in self.lists.wh
        elif word in self.lists.inner_wh:
            self.wh_waits = True
        elif word in self.lists.settles:
            self.wh_waits = False

    def _begin(self, i: int) -> None:
        self.starts.add(i)
        self.clause = i
        self.opening = ""
        self.wh_waits = False

    def _before_connectors(self, i: int) -> int:
        first = i
        while first > self.clause and self.words[first - 1] in self.lists.connectors:
            first -= 1
        return first

    def _begin_before_connectors(self, i: int) -> None:
        first = self._before_connectors(i)
        if first == self.clause or not self._stands_alone(first):
            return
        self._begin(first)
        self.opening = self.words[i]
        self.wh_waits = self.words[i] in self.lists.wh

    def _stands_alone(self, end: int) -> bool:
        """Whether what was said of this clause so far is worth a sentence."""
        if self.opening in self.lists.subordinators and self.words[end - 1] != "and":
            return False
        asked = self.opening in self.lists.wh or self.opening in self.lists.turns
        return self._at_least(ENOUGH_ASKED if asked else ENOUGH_TOLD, self.clause, end)

    def _at_least(self, count: int, start: int, end: int) -> bool:
        """Whether so many words between two tokens say something."""
        for i in range(start, end):
            if _says_something(self.words[i]) and self.words[i] not in self.lists.connectors:
                count -= 1
                if count == 0:
                    return True
        return False

    def _after_full_stop(self, i: int) -> bool:
        if i == 0:
            return False
        before = self.texts[i - 1]
        if "\n" in before:
            return True
        if before not in CLOSING or self.words[i] in CLOSING or self.texts[i].isspace():
            return False
        return self.words[i][:1] not in {")", '"', "'", "]", ",", "."}

    def _next(self, i: int) -> str:
        return self.words[i + 1] if i + 1 < len(self.words) else ""

    def _held(self, i: int) -> bool:
        return i > 0 and self.words[i - 1] in self.lists.holds

    def _asks(self, i: int) -> bool:
        if not _announces(self.words, i) or self._held(i):
            return False
        return not (i and self.words[i - 1] in self.lists.turns["can"])

    def _question(self, i: int) -> bool:
        word, after = self.words[i], self._next(i)
        if self._held(i) or not after:
            return False
        if word in self.lists.wh:
            follows = self.lists.after_wh.get(word, frozenset())
            return after in follows or word in self.lists.any_after_wh
        if word not in self.lists.turns or not self._may_turn(i):
            return False
        if i + 1 not in self.inside and after in self.lists.turns[word]:
            return self._goes_on(i + 2)
        return self._turns_round_term(i)

    def _may_turn(self, i: int) -> bool:
        """Whether a verb has no subject before it and no question word waits for it."""
        if self.wh_waits or i == 0 or self.words[i - 1] in self.lists.turns["can"]:
            return False
        return self.words[i] not in self.lists.owners or self.words[i - 1] in _PAUSES

    def _turns_round_term(self, i: int) -> bool:
        """'does IBM ...', but not 'my disease is IBM'."""
        end = self.term_ends.get(i + 1)
        if end is None or not self._goes_on(end):
            return False
        if self.words[i] in self.lists.helpers:
            return True
        return self.words[i] in {"is", "are"} and self.words[end] in self.lists.opinions

    def _goes_on(self, i: int) -> bool:
        """Whether words follow, as they do not after a tag ('it gets worse, does it')."""
        return i < len(self.words) and _says_something(self.words[i])

    def _runs_on(self, i: int) -> bool:
        if self.words[i] not in self.lists.connectors or self._next(i) not in self.lists.run_on:
            return False
        if self._held(i):
            return False
        rest = len(self.words) - i
        return rest > 4 and not self.wh_waits and self._at_least(ENOUGH_TOLD, self.clause, i)


def _says_something(word: str) -> bool:
    return word[:1].isalnum()


def looks_like_question(words: list[str]) -> bool:
    """Whether a clause, given as norms, asks something."""
    lists = starters()
    if "?" in "".join(words[-2:]):
        return True
    start = 0
    while start < len(words) and (
        words[start] in lists.connectors or not _says_something(words[start])
    ):
        start += 1
    rest = words[start:]
    if not rest:
        return False
    if rest[0] in lists.wh and not (rest[0] in {"when", "who"} and _subordinate(rest)):
        return True
    if rest[0] in lists.turns and len(rest) > 1 and rest[0] not in {"don't"}:
        return True
    return any(_announces(rest, i) for i in range(len(rest)))


def _announces(words: list[str], i: int) -> bool:
    """Whether a phrase that announces a question begins at i."""
    asks = starters().asks.get(words[i], ())
    return any(tuple(words[i : i + len(each)]) == each for each in asks)


def _subordinate(words: list[str]) -> bool:
    return len(words) > 1 and words[1] not in starters().after_wh[words[0]]


def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of a doc."""
    if len(doc):
        marks = numpy.full((len(doc), 1), -1, dtype="int64").astype("uint64")
        marks[sorted(_Clauses(doc).find()), 0] = 1
        doc.from_array([SENT_START], marks)
    return doc


def create(nlp: Language, name: str) -> Any:
    """Make the pipe, for spaCy's registry."""
    del nlp, name
    return mark_sentences


Language.factory(NAME, func=create)
