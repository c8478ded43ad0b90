"""Red flags: words that may mean danger now. See docs/safety/red-flag-rule.md."""

from askmyo.nlu.red_flags.advice import Advice
from askmyo.nlu.red_flags.classifier import FlagClassifier
from askmyo.nlu.red_flags.detect import Flag, RedFlags, Thresholds
from askmyo.nlu.red_flags.plain import plain

__all__ = ["Advice", "Flag", "FlagClassifier", "RedFlags", "Thresholds", "plain"]
