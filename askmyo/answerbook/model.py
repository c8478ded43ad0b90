"""The shapes of the answer set: what one file may hold. Unknown keys are errors."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Any

from pydantic import BaseModel, Extra, Field, validator


class Evidence(str, Enum):
    """What kind of work stands behind an answer. Closed: a reader learns the list once."""

    systematic_review = "systematic review"
    randomized_trial = "randomized trial"
    observational_study = "observational study"
    review_article = "review article"
    diagnostic_criteria = "diagnostic criteria"
    expert_opinion = "expert opinion"
    health_organization = "health organization"
    organization_page = "organization page"
    little_is_known = "little is known"


class Review(str, Enum):
    """Who last looked at an answer. `clinical` may only be set after a clinician's review."""

    editorial = "editorial"
    clinical = "clinical"


class Strict(BaseModel):
    """A frozen record that refuses keys it does not know, so that a typo is an error."""

    class Config:
        extra = Extra.forbid
        frozen = True


class Topic(Strict):
    """A group of answers; its name is also the Rasa retrieval intent."""

    title: str
    review_months: int = Field(gt=0, le=36)


class Source(Strict):
    """A publication. `date` is as exact as it states: a day, a month, a year or `undated`."""

    title: str
    publisher: str
    date: str = Field(regex=r"^(\d{4}(-\d{2}(-\d{2})?)?|undated)$")
    url: str = Field(regex=r"^https?://")

    @property
    def year(self) -> int | None:
        """The year of publication, or None where the page gives none."""
        return None if self.date == "undated" else int(self.date[:4])


class Prepared(Strict):
    """A prepared reply that is no answer: a greeting, a limit of this bot, a kind word."""

    kind: str
    text: str
    heading: str | None = None
    suggestions: tuple[str, ...] = ()

    @validator("text")
    def _trim(cls, value: str) -> str:  # noqa: N805
        return value.strip()


class Line(Strict):
    """A number or address to turn to, with where and when an editor confirmed it."""

    label: str
    tel: str | None = None
    url: str | None = None
    source: str
    checked: dt.date


class Country(Strict):
    """The lines of one country. An empty `crisis` means: the worldwide lines are shown."""

    title: str
    emergency: tuple[Line, ...]
    crisis: tuple[Line, ...] = ()


class Citation(Strict):
    """What one source supports in one answer, in our words."""

    ref: str
    says: str


class Answer(Strict):
    """One curated answer. `id` is `topic/slug`, taken from where the file lies."""

    id: str
    question: str
    examples: tuple[str, ...]
    held_out: tuple[str, ...]
    answer: str
    more: str | None = None
    evidence: Evidence
    sources: tuple[Citation, ...]
    differs: str | None = None
    disclaimer: str
    see_also: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    reviewed: dt.date
    review: Review

    @property
    def topic(self) -> str:
        """The topic's name: the folder the file lies in."""
        return self.id.split("/")[0]

    @validator("examples", "held_out", "see_also", "covers", pre=True)
    def _no_empty_list(cls, value: Any) -> Any:  # noqa: N805 (pydantic passes the class)
        """An editor may leave a list's key with nothing after it: that is an empty list."""
        return () if value is None else value

    @validator("answer", "more", "differs")
    def _trim(cls, value: str | None) -> str | None:  # noqa: N805
        """Block texts end in a line break that no reader needs."""
        return value.strip() if value else value
