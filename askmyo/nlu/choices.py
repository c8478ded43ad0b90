"""Which of the offered questions was picked, by number or by words."""

from __future__ import annotations

import re

_PLACES = {
    0: ("1", "1st", "one", "first", "a", "top"),
    1: ("2", "2nd", "two", "second", "b", "middle"),
    2: ("3", "3rd", "three", "third", "c"),
    -1: ("last", "bottom", "final"),
}
_PLACE_OF = {word: place for place, words in _PLACES.items() for word in words}
_WORDS = (
    r"(?:the|number|no|nr|option|choice|question|answer|one|please|pls|i|mean|meant|think|want|"
    r"would|like|my|it|is|its|that|thats|to|go|with|for|pick|choose|yes|ok|okay|um|er)"
)


def choice_in(text: str) -> int | None:
    """The place picked (0 for the first, -1 for the last), or None.

    Only a message that says nothing else counts: 'my second fall' is no choice.
    """
    words = re.findall(r"[a-z]+|\d+(?:st|nd|rd)?", text.lower().replace("'", ""))
    if not words or len(words) > 9:
        return None
    places = [_PLACE_OF[word] for word in words if word in _PLACE_OF]
    rest = [word for word in words if word not in _PLACE_OF and not re.fullmatch(_WORDS, word)]
    # 'the second one': 'one' is then no number of its own.
    picked = [place for place in places if place != 0] or places
    return picked[0] if picked and not rest else None
