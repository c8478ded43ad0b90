"""What the components of the pipeline leave in a message for those after them."""

CANONICAL = "canonical_text"
"""The message in canonical words: str."""

PARTS = "parts"
"""Its clauses: a list of {"text", "canonical", "question"}; one where nothing was split."""

TERMS = "terms"
"""The terms found, as Rasa entities; also the message's entities."""

REPAIRS = "repairs"
"""The spelling repairs made: a list of (as typed, as meant)."""

VECTORS = "part_vectors"
"""Sentence vectors: the whole message first, then each clause; float32 (1 + clauses, 384)."""

RANKINGS = "rankings"
"""What the classifier made of the whole message and of each clause: a list of `Ranked`."""

TURN = "turn"
"""What to do with the message; see `askmyo.nlu.judge.Turn`. Sent on to the actions."""
