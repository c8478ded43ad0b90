"""The pipe that finds terms: entities with a kind and a canonical id."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from askmyo.language.terms import Kind, TermEntry, parse_terms

NAME = "askmyo_terms"
MENTION = "~"
MEDICAL = frozenset({"drug", "treatment", "test", "muscle", "symptom", "aid", "professional"})
_ILLNESS = """disease diagnosed diagnosis illness symptom symptoms cure fatal hereditary inherited
exercise patient patients progressive medicine medicines treatment"""
ILLNESS_WORDS = frozenset(_ILLNESS.split())
if not Doc.has_extension("rewrites"):
    Doc.set_extension("rewrites", getter=lambda doc: doc.user_data.get("rewrites", {}))


class TermsPipe:
    """Finds the forms of a term list among the norms of a doc.

    Sets `doc.ents` (label: the kind; kb_id: the canonical id) and `doc._.rewrites`, which maps
    the first token of a form to (token after it, canonical text).
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.terms: dict[str, TermEntry] = {}
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        self.exact = PhraseMatcher(nlp.vocab, attr="ORTH")

    def fit(self, terms: Iterable[TermEntry]) -> "TermsPipe":
        """Learn a term list."""
        self.terms = {term.id: term for term in terms}
        self.matcher = PhraseMatcher(self.nlp.vocab, attr="NORM")
        self.exact = PhraseMatcher(self.nlp.vocab, attr="ORTH")
        for term in self.terms.values():
            self._add(term.id, term.replaced())
            self._add(f"{term.id}{MENTION}", set(term.mentions) - set(term.replaced()))
            if term.cased:
                self.exact.add(term.id, [self.nlp.make_doc(form) for form in term.cased])
        return self

    def _add(self, key: str, forms: Iterable[str]) -> None:
        spellings = sorted({spelling for form in forms for spelling in _spellings(form)})
        docs = [self.nlp.make_doc(spelling) for spelling in spellings]
        for doc in docs:
            for token in doc:
                token.norm_ = token.lower_
        if docs:
            self.matcher.add(key, docs)

    def __call__(self, doc: Doc) -> Doc:
        found = self.matcher(doc, as_spans=True)
        exact = self.exact(doc, as_spans=True)
        if exact and doc.text != doc.text.upper():
            found += exact
        doc.user_data["rewrites"] = {}
        return self._mark(doc, filter_spans(found)) if found else doc

    def _mark(self, doc: Doc, spans: list[Span]) -> Doc:
        context = _Context(doc, {self._term(span).kind for span in spans})
        ents, rewrites = [], {}
        for span in spans:
            term = self._meant(self._term(span), span, context)
            if term is None:
                continue
            ents.append(Span(doc, span.start, span.end, label=term.kind, kb_id=term.id))
            if not span.label_.endswith(MENTION):
                rewrites[span.start] = (span.end, term.text)
        doc.ents = ents
        for ent in ents:
            for token in ent:
                token.ent_id_ = ent.kb_id_
        doc.user_data["rewrites"] = rewrites
        return doc

    def _term(self, span: Span) -> TermEntry:
        return self.terms[span.label_.rstrip(MENTION)]

    def _meant(self, term: TermEntry, span: Span, context: "_Context") -> TermEntry | None:
        """The term itself, the other one that the context shows, or None."""
        if span.text in term.never:
            return None
        if term.not_after and span.start:
            before = span.doc[span.start - 1]
            if before.lower_ in term.not_after or ("#" in term.not_after and before.like_num):
                return None
        if not term.unless or not _is_abbreviation(span.text) or not context.shows(term):
            return term
        return self.terms.get(term.other)

    def to_bytes(self, **_: Any) -> bytes:
        """The term list."""
        data: bytes = srsly.msgpack_dumps(self._learnt())
        return data

    def from_bytes(self, data: bytes, **_: Any) -> "TermsPipe":
        """Take up what `to_bytes` gave."""
        return self.fit(parse_terms(srsly.msgpack_loads(data)))

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the term list as JSON."""
        Path(path).mkdir(parents=True, exist_ok=True)
        srsly.write_json(Path(path) / "terms.json", self._learnt())

    def from_disk(self, path: Path, **_: Any) -> "TermsPipe":
        """Take up what `to_disk` wrote."""
        return self.fit(parse_terms(srsly.read_json(Path(path) / "terms.json")))

    def _learnt(self) -> list[dict[str, Any]]:
        return [term.plain() for term in self.terms.values()]


class _Context:
    """The rest of a message, looked at once per term."""

    def __init__(self, doc: Doc, kinds: set[Kind]) -> None:
        self.doc = doc
        self.kinds = kinds
        self.shown: dict[str, bool] = {}

    def shows(self, term: TermEntry) -> bool:
        """Whether a word shows that something else is meant and nothing speaks of illness."""
        if term.id not in self.shown:
            self.shown[term.id] = self._look(term)
        return self.shown[term.id]

    def _look(self, term: TermEntry) -> bool:
        norms = [token.norm_ for token in self.doc]
        said = f" {' '.join(norms)} "
        if not any(f" {word} " in said for word in term.unless):
            return False
        return not self.kinds & MEDICAL and ILLNESS_WORDS.isdisjoint(norms)


def _is_abbreviation(text: str) -> bool:
    return sum(letter.isalnum() for letter in text) <= 4


def _spellings(form: str) -> Iterable[str]:
    """A form and, for two or three words, the same with hyphens."""
    yield form
    words = form.split()
    if 1 < len(words) <= 3 and all(len(word) > 1 for word in words):
        yield "-".join(words)
        yield f"{words[0]}-{' '.join(words[1:])}"


def create(nlp: Language, name: str) -> TermsPipe:
    """Make the pipe, for spaCy's registry."""
    del name
    return TermsPipe(nlp)


Language.factory(NAME, func=create)
