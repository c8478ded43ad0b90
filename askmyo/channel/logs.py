"""Keeps what patients write out of the logs."""

from __future__ import annotations

import logging
import traceback

# These log exceptions whose words may quote a message: an action server's 500 sends the
# whole conversation back, a database error the row it could not write.
_TALKATIVE = (
    "rasa.core.processor",
    "rasa.core.tracker_store",
    "rasa.core.actions.action",
    "sanic.root",
    "sanic.error",
    "asyncio",
)


def keep_words_out_of_logs() -> None:
    """From now on these loggers name an exception and where it arose, not what it says."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if not any(isinstance(one, WordlessFilter) for one in logger.filters):
            logger.addFilter(WordlessFilter())


class WordlessFilter(logging.Filter):
    """Replaces an exception and its trace by types and places."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; always lets it pass."""
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            where = " <- ".join(_chain(record.exc_info[1]))
            record.msg = f"{record.getMessage()} [{where}]"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def _chain(error: BaseException | None) -> list[str]:
    """Type and place of an exception and of those that led to it."""
    found: list[str] = []
    while error is not None and len(found) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        found.append(f"{type(error).__name__}{place}")
        error = error.__cause__ or error.__context__
    return found
