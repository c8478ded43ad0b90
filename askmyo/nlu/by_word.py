"""What a counter finds in a word is remembered: most words of a message have been met before."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

Numbers = tuple[int, ...]

KEPT = 20_000
"""So many words are remembered, the latest."""
LONG = 30
"""Longer ones are not: they are seldom words, and anybody can type thousands of them."""


def by_word(find: Callable[[str], Numbers]) -> Callable[[str], Numbers]:
    """`find`, which gives the numbers of a word's terms, remembering them. Thread-safe."""
    kept = lru_cache(KEPT)(find)
    return lambda word: kept(word) if len(word) <= LONG else find(word)
