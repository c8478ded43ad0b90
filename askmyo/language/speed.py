"""Measures what reading costs: `python -m askmyo.language.speed`.

Prints the median and the 95th percentile over fresh messages of 15 words, and the time for very
long ones, in milliseconds.
"""

import random
import statistics
import time

from spacy.language import Language

from askmyo.language.pipeline import build_pipeline
from askmyo.language.reading import read

_TEXT = (
    "my hands are so weak and i fall on the stairs what can i do about it is IBM fatal does "
    "swimming help should we take predisone for swalowing wheelchiar exercise doctor years "
    "can CK IVIG physio walking muscles my mother has trouble getting up from a chair "
)
_WORDS = _TEXT.split()
ROUNDS = 2000
LENGTHS = (1_000, 5_000, 20_000)


def messages(count: int, length: int) -> list[str]:
    """Messages of some words each, no two alike, the same at every run."""
    chance = random.Random(50)  # noqa: S311 - no secret depends on it
    return [" ".join(chance.choices(_WORDS, k=length)) for _ in range(count)]


def milliseconds(nlp: Language, text: str) -> float:
    """How long reading a message takes."""
    start = time.perf_counter()
    read(nlp, text)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    nlp = build_pipeline(_WORDS)
    print(f"build {1000 * (time.perf_counter() - start):.0f} ms")
    took = [milliseconds(nlp, text) for text in messages(ROUNDS, 15)]
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"15 words: median {statistics.median(took):.3f} ms, p95 {p95:.3f} ms")
    for length in LENGTHS:
        text = messages(1, length)[0][:length]
        print(f"{length} characters: {milliseconds(nlp, text):.1f} ms")


if __name__ == "__main__":
    main()
