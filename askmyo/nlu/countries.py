"""From the countries of the term list to the keys of `answers/_emergency.yml`, in one place."""

from __future__ import annotations

import re

_EU = re.findall(
    r"\w+",
    """
    eu austria belgium bulgaria croatia cyprus czechia denmark estonia finland france germany greece
    hungary italy latvia lithuania luxembourg malta netherlands poland portugal romania slovakia
    slovenia spain sweden
""",
)

_KEYS = {
    "us": "US",
    "uk": "GB",
    "ireland": "IE",
    "canada": "CA",
    "australia": "AU",
    "new_zealand": "NZ",
    **dict.fromkeys(_EU, "EU"),
}

ANYWHERE = "anywhere"


def country_key(term_id: str) -> str:
    """The key whose numbers are shown for a country of the term list.

    A country that we know no numbers of gets `anywhere`, the worldwide directory.
    """
    return _KEYS.get(term_id, ANYWHERE)
