"""The bearer token of a conversation: unguessable, signed, and good for a limited time."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from askmyo.channel.errors import ChannelError
from askmyo.channel.settings import SettingsError

# Marks a patient's conversation in the tracker store; no tester may use it.
PREFIX = "widget-"
_SHORTEST_SECRET = 16
_LONGEST_TOKEN = 512


@dataclass(frozen=True)
class Session:
    """Who is speaking. The id is drawn here and sealed in the token, never chosen outside."""

    sender: str
    country: str | None = None
    lang: str | None = None

    @classmethod
    def begin(cls, country: str | None = None, lang: str | None = None) -> Session:
        """A new conversation, with 192 random bits for a name."""
        return cls(PREFIX + secrets.token_urlsafe(24), country, lang)


class Tokens:
    """Issues tokens and reads them back."""

    def __init__(self, secret: str, hours: float) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="askmyo.channel.session")
        self._seconds = int(hours * 3600)

    def issue(self, session: Session) -> tuple[str, str]:
        """The token and when it ends (UTC, ISO 8601)."""
        token = self._signer.dumps([session.sender, session.country, session.lang])
        ends = datetime.now(timezone.utc) + timedelta(seconds=self._seconds)
        return str(token), ends.isoformat(timespec="seconds")

    def read(self, header: str | None, even_ended: bool = False) -> Session:
        """The session of an `Authorization` header; with `even_ended` its age does not count.

        Raises:
            ChannelError: 401 if there is no good token in it.
        """
        scheme, _, token = (header or "").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
            raise no_session("no_token", "Start a conversation first.")
        try:
            # Something else that was signed with the same secret must not pass either.
            (sender, country, lang), issued = self._signer.loads(token, return_timestamp=True)
        except (BadData, ValueError, TypeError):
            raise no_session("bad_token", "This conversation is not known here.") from None
        # Not itsdangerous's own max_age: it also refuses what seems to come from the future, and
        # a server whose clock is set back would end every young conversation.
        age = datetime.now(timezone.utc) - issued
        if int(age.total_seconds()) > self._seconds and not even_ended:
            raise ended()
        return Session(sender, country, lang)


def no_session(code: str, message: str) -> ChannelError:
    """401: a new conversation must be started."""
    return ChannelError(401, code, f"{message} Your words are kept: start again and send them.")


def ended() -> ChannelError:
    """401: the conversation was deleted, or its time is over."""
    return no_session("ended", "This conversation has ended.")


def read_secret(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The signing secret: `ASKMYO_SECRET`, or one drawn once and kept in `path`.

    Raises:
        SettingsError: if it is too short to be one.
    """
    secret = environment.get("ASKMYO_SECRET")
    where = "ASKMYO_SECRET"
    if not secret:
        _keep_new_secret(path)
        secret, where = path.read_text("ascii").strip(), str(path)
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(
            f"{where} holds {len(secret)} characters: a secret needs {_SHORTEST_SECRET} or more. "
            f"`python -c 'import secrets; print(secrets.token_hex(32))'` makes a good one."
        )
    return secret


def _keep_new_secret(path: Path) -> None:
    if path.exists():
        path.chmod(0o600)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files only the owner can read; the link shows the secret once it is whole.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        path.hardlink_to(fresh)
    except FileExistsError:
        pass  # another process was faster: its secret counts
    finally:
        fresh.unlink()
