"""Replies for the stub server, one of each kind. The words are made up."""

from __future__ import annotations

from typing import Any

Reply = dict[str, Any]

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}}${1}\'"'
HEAVY = "Is it safe to lift heavy weights?"
POOL = "Is exercise in a pool good for me?"
START = "How do I start to exercise?"

SUGGESTED = [
    {"title": "What is IBM?", "message": "What is IBM?"},
    {"title": HEAVY, "message": HEAVY},
    {"title": "What can I ask?", "message": "help"},
]
NUMBERS = [
    {"label": "Emergency services, US and Canada", "tel": "911"},
    {"label": "Emergency services, UK and Ireland", "tel": "999"},
    {"label": "Emergency services, European Union", "tel": "112"},
    {"label": "Emergency services, Australia", "tel": "000"},
]
CRISIS = [
    {"label": "Suicide and Crisis Lifeline, call or text, US", "tel": "988"},
    {"label": "Samaritans, UK and Ireland", "tel": "116 123"},
    {"label": "Lifeline, Australia", "tel": "13 11 14"},
    {"label": "Find a Helpline, elsewhere", "url": "https://findahelpline.com"},
]
SOURCES = [
    {
        "ref": "cure-ibm-exercise-2019",
        "title": "Exercise and inclusion body myositis",
        "publisher": "An invented muscle charity",
        "year": 2019,
        "url": "https://example.org/exercise",
        "says": "Moderate exercise is safe for most people with IBM.",
    },
    {
        "ref": "journal-2021",
        "title": "Resistance training in sporadic inclusion body myositis: a review of trials",
        "publisher": "An invented journal",
        "year": 2021,
        "url": "https://example.org/review",
        "says": "Three small trials saw no harm.",
    },
]


def reply(kind: str, text: str, **custom: Any) -> Reply:
    return {"text": text, "custom": {"kind": kind, "text": text, **custom}}


def greeting() -> Reply:
    return reply(
        "help",
        "Hello. I am Ask Myo, an automated assistant. I am not a doctor.\n\n"
        "In an emergency, call 911 (US, Canada), 999 or 112 (UK, Ireland, EU) or 000 (Australia)."
        "\n\nWhat you ask is stored for a day, so that a reload finds it. You can delete it.",
        suggestions=SUGGESTED,
    )


def answer(question: str = HEAVY, slug: str = "exercise/heavy_weights", **custom: Any) -> Reply:
    words = (
        "Light to moderate weights are safe for most people with IBM. Very heavy weights may hurt "
        "weak muscles.\n\nA good plan:\n- Start with a weight you can lift ten times.\n"
        "- Rest for a day between sessions.\n- Stop if pain lasts for more than a day."
    )
    fields = {
        "text": words,
        "answer": slug,
        "question": question,
        "more": True,
        "evidence": "expert opinion",
        "differs": "One older page says to avoid all weights. Newer trials do not support that.",
        "sources": SOURCES,
        "disclaimer": "Ask your doctor or physical therapist before you change how you exercise.",
        "reviewed": "2026-11-20",
        "review": "editorial",
        "suggestions": [{"title": POOL, "message": POOL}, {"title": START, "message": START}],
    }
    return reply("answer", **{**fields, **custom})


def more_detail() -> Reply:
    return answer(text="In a trial of seven people, strength grew by a fifth.", more=False)


def clarify() -> Reply:
    options = [{"title": one, "message": one} for one in (HEAVY, POOL, START)]
    return reply("clarify", "I am not sure which of these you mean.", suggestions=options)


def emergency() -> Reply:
    return reply(
        "emergency",
        "Choking can stop your breathing. Do not wait. Call now, or ask somebody to call.",
        heading="Call your emergency number now",
        numbers=NUMBERS,
    )


def urgent() -> Reply:
    return reply(
        "urgent",
        "Dark urine with muscle pain can mean that muscle is breaking down.",
        heading="Call your doctor today",
        numbers=[{"label": "NHS advice line, England", "tel": "111"}],
    )


def crisis() -> Reply:
    return reply("crisis", "I am sorry that it is this hard. You can talk now.", numbers=CRISIS)


def hostile() -> Reply:
    bad = [
        {
            "ref": "1",
            "title": HOSTILE,
            "publisher": HOSTILE,
            "year": 1,
            "url": "javascript:alert(1)",
        },
        {"ref": "2", "title": "Data", "publisher": "x", "year": 1, "url": "data:text/html,<b>x"},
        {"ref": "3", "title": "Plain", "publisher": "x", "year": 1, "url": "http://example.org"},
    ]
    return answer(
        HOSTILE,
        text=HOSTILE,
        sources=bad,
        disclaimer=HOSTILE,
        evidence=HOSTILE,
        differs=HOSTILE,
        reviewed=HOSTILE,
        heading=HOSTILE,
        numbers=[{"label": HOSTILE, "tel": "javascript:alert(1)", "url": "javascript:alert(1)"}],
        suggestions=[{"title": HOSTILE, "message": HOSTILE}],
    )


RULES = {
    "choking": emergency,
    "urine": urgent,
    "end it": crisis,
    "which exercise": clarify,
    "more detail": more_detail,
    "pool": lambda: answer(POOL, "exercise/pool", more=False),
    "hostile": hostile,
    "malformed": lambda: {
        "text": "Only words.",
        "custom": {"kind": 7, "sources": "no", "more": "x"},
    },
    "fails": lambda: reply("error", "Something failed on our side. Your words are kept."),
    "weather": lambda: reply("out_of_scope", "I can't answer this. I only know about IBM."),
}


def reply_to(text: str) -> list[Reply]:
    if "two things" in text.lower():
        return [answer(), answer(POOL, "exercise/pool")]
    for words, make in RULES.items():
        if words in text.lower():
            return [make()]
    return [answer()]
