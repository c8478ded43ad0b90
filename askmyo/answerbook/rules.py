"""The editorial rules: one function each. A rule looks at the whole book and yields findings."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from askmyo.answerbook.book import Book, Finding
from askmyo.answerbook.dates import due_on
from askmyo.answerbook.model import Answer
from askmyo.answerbook.readability import reading_grade, word_count

Rule = Callable[[Book], Iterator[Finding]]

MIN_EXAMPLES = 15
MIN_HELD_OUT = 5
MAX_WORDS = {"answer": 90, "more": 150, "differs": 60}
MIN_ANSWER_WORDS = 25
MAX_GRADE = {"answer": 8.0, "more": 10.0, "differs": 10.0}
MAX_NOT_COVERED = 12

# A dose has no place in any answer, whatever its source says (design rule, `docs/safety`).
_DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|milligrams?|grams? a|g/kg|ml|tablets?|pills?)\b"
)
_MARKUP = re.compile(r"[*_`#]{2,}|<[a-z/]|https?://|\]\(")
# Words of the source pages that are misprints or wrong for IBM: they must never reach a reader.
_MISPRINTS = re.compile(r"\bIMM\b|\bspontaneous|\binclusion body myositis \(IBD\)", re.IGNORECASE)


def check(book: Book) -> list[Finding]:
    """Every finding of every rule, in the order of files."""
    findings = [finding for rule in RULES for finding in rule(book)]
    return sorted(findings, key=lambda finding: (finding.file, finding.field, finding.message))


def todo_left(book: Book) -> Iterator[Finding]:
    """A file fresh from `askmyo answers new` is full of TODO: nobody may read it yet."""
    for answer in book.answers.values():
        for name, text in _texts(answer):
            if "TODO" in text:
                yield _finding(book, answer, name, "still says TODO: write it")


def enough_examples(book: Book) -> Iterator[Finding]:
    """Few examples, or few questions held out for the test, make an answer hard to find."""
    for answer in book.answers.values():
        for name, least in (("examples", MIN_EXAMPLES), ("held_out", MIN_HELD_OUT)):
            have = len(getattr(answer, name))
            if have < least:
                message = f"has {have}, needs at least {least}: write {least - have} more"
                yield _finding(book, answer, name, message)


def known_refs(book: Book) -> Iterator[Finding]:
    """Sources, disclaimers and neighbours are named, not written again: the names must exist."""
    for answer in book.answers.values():
        if not answer.sources:
            yield _finding(book, answer, "sources", "name at least one source")
        for citation in answer.sources:
            if citation.ref not in book.sources:
                message = f"'{citation.ref}' is not in _sources.yml: add it there or correct it"
                yield _finding(book, answer, "sources", message)
        if answer.disclaimer not in book.disclaimers:
            message = f"'{answer.disclaimer}' is not in _disclaimers.yml"
            yield _finding(book, answer, "disclaimer", message)
        for other in answer.see_also:
            if other not in book.answers or other == answer.id:
                message = f"'{other}' is not another answer: correct it or take it out"
                yield _finding(book, answer, "see_also", message)


def one_question_one_answer(book: Book) -> Iterator[Finding]:
    """An example that stands twice teaches two things at once; a held-out one must stay unseen."""
    seen: dict[str, list[tuple[Answer, str]]] = defaultdict(list)
    for answer in book.answers.values():
        for name in ("examples", "held_out"):
            for text in getattr(answer, name):
                seen[normal(text)].append((answer, name))
    for text, places in seen.items():
        for answer, name in places[1:]:
            first, where = places[0]
            message = f"'{text}' stands in {first.id} ({where}) too: keep one"
            yield _finding(book, answer, name, message)


def unique_questions(book: Book) -> Iterator[Finding]:
    """Two answers with one heading can't be told apart by a reader who must choose."""
    seen: dict[str, str] = {}
    for answer in book.answers.values():
        key = normal(answer.question)
        if key in seen:
            yield _finding(book, answer, "question", f"is also the question of {seen[key]}")
        seen.setdefault(key, answer.id)
        if not answer.question.rstrip().endswith("?"):
            yield _finding(book, answer, "question", "write a full question, with its '?'")


def length(book: Book) -> Iterator[Finding]:
    """Short enough for a small screen, long enough to be an answer."""
    for answer in book.answers.values():
        for name, most in MAX_WORDS.items():
            count = word_count(getattr(answer, name))
            if count > most:
                yield _finding(book, answer, name, f"has {count} words, at most {most}: shorten it")
        count = word_count(answer.answer)
        if count < MIN_ANSWER_WORDS:
            yield _finding(book, answer, "answer", f"has only {count} words: say a little more")


def readable(book: Book) -> Iterator[Finding]:
    """Reading grade 8 or lower: many readers are tired, frightened or reading a second language."""
    for answer in book.answers.values():
        for name, most in MAX_GRADE.items():
            text = getattr(answer, name)
            grade = reading_grade(text, book.glossary) if text else 0.0
            if grade > most:
                message = f"reading grade {grade}, at most {most}: shorter sentences, plainer words"
                yield _finding(book, answer, name, message)


def no_dose(book: Book) -> Iterator[Finding]:
    """Never a dose."""
    yield from _matching(book, _DOSE, "names a dose ('{}'): take it out")


def plain_text(book: Book) -> Iterator[Finding]:
    """Texts are read aloud and printed: no markup and no links in them."""
    yield from _matching(book, _MARKUP, "holds markup or a link ('{}'): plain text only")


def no_misprints(book: Book) -> Iterator[Finding]:
    """Misprints of the source pages must not reach a reader."""
    yield from _matching(book, _MISPRINTS, "repeats a misprint of a source ('{}')")


def facts_covered(book: Book) -> Iterator[Finding]:
    """Every fact of the source pages is stated by an answer, or listed with a reason."""
    covered = {fact: answer for answer in book.answers.values() for fact in answer.covers}
    for fact, answer in sorted(covered.items()):
        if fact not in book.facts:
            yield _finding(book, answer, "covers", f"'{fact}' is not in _facts.yml")
    for fact, words in book.facts.items():
        if fact not in covered and fact not in book.not_covered:
            message = f"no answer covers '{words}': cover it, or list it in _not_covered.yml"
            yield Finding("answers/_facts.yml", fact, message)
    for fact in book.not_covered:
        if fact in covered:
            message = f"{covered[fact].id} covers it: take it out of this list"
            yield Finding("answers/_not_covered.yml", fact, message)
    if len(book.not_covered) > MAX_NOT_COVERED:
        message = f"lists {len(book.not_covered)} facts, at most {MAX_NOT_COVERED}"
        yield Finding("answers/_not_covered.yml", "", message)


def review_in_time(book: Book) -> Iterator[Finding]:
    """An answer past its review date may be out of date."""
    today = dt.date.today()
    for answer in book.answers.values():
        due = due_on(answer, book)
        if answer.reviewed > today + dt.timedelta(days=1):
            yield _finding(book, answer, "reviewed", f"{answer.reviewed} is in the future")
        if due <= today:
            message = f"the review was due on {due}: read it again, then set today's date"
            yield _finding(book, answer, "reviewed", message)


def stable_address(book: Book) -> Iterator[Finding]:
    """A site's front page or a search is hard to check, and may show something else (a warning)."""
    kinds = {r"https?://[^/]+/?": "a front page", r".*[?&](term|q|query|search)=.*": "a search"}
    for ref, source in book.sources.items():
        for pattern, kind in kinds.items():
            if re.fullmatch(pattern, source.url):
                message = f"{source.url} is {kind}: name the page's own address if there is one"
                yield Finding("answers/_sources.yml", f"{ref}.url", message, level="warning")


def sources_used(book: Book) -> Iterator[Finding]:
    """A source that no answer and no emergency line names is a leftover (a warning)."""
    used = {citation.ref for answer in book.answers.values() for citation in answer.sources}
    used |= {line.source for one in book.countries.values() for line in one.emergency + one.crisis}
    for ref in book.sources.keys() - used:
        message = "no answer rests on it: use it or take it out"
        yield Finding("answers/_sources.yml", ref, message, level="warning")


def normal(text: str) -> str:
    """A question without case, marks and spare spaces, for comparing."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower().replace("'", "")).split())


def _texts(answer: Answer) -> Iterator[tuple[str, str]]:
    """Every text of an answer that a reader or the model sees, with its field."""
    for name in ("question", "answer", "more", "differs"):
        if text := getattr(answer, name):
            yield name, text
    for citation in answer.sources:
        yield "sources", citation.says
    for name in ("examples", "held_out"):
        for text in getattr(answer, name):
            yield name, text


def _matching(book: Book, pattern: re.Pattern[str], message: str) -> Iterator[Finding]:
    """A finding for each text shown to readers in which the pattern stands."""
    for answer in book.answers.values():
        for name, text in _texts(answer):
            if name in ("examples", "held_out"):
                continue
            if found := pattern.search(text):
                yield _finding(book, answer, name, message.format(found.group(0)))


def _finding(book: Book, answer: Answer, field: str, message: str) -> Finding:
    return Finding(book.file_of(answer.id), field, message)


RULES: tuple[Rule, ...] = (
    todo_left,
    enough_examples,
    known_refs,
    one_question_one_answer,
    unique_questions,
    length,
    readable,
    no_dose,
    plain_text,
    no_misprints,
    facts_covered,
    review_in_time,
    stable_address,
    sources_used,
)
