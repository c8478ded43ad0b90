"""Measurements: ours beside the stock Rasa pipeline, and the ranker on public sets."""
