"""A stand-in for the channel, with faults on demand.

It speaks the interface of `/webhooks/widget`, serves the element and the demo pages, and keeps its
conversations in a `Shelf` that outlives it, as the tracker store outlives a restarted server.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.widget import stub_replies as replies

ROOT = Path(__file__).parents[2]
ELEMENT = ROOT / "widget" / "dist" / "ask-myo.js"
PAGES = ROOT / "widget" / "pages"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass
class Shelf:
    """What survives a restart: conversations by token."""

    conversations: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    answered: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    expired: set[str] = field(default_factory=set)
    """Tokens that are good for nothing any more but for deleting."""
    feedback: list[dict[str, Any]] = field(default_factory=list)
    processed: list[tuple[str, str]] = field(default_factory=list)
    """Every message that reached the bot, by id: a repeated id must not appear twice."""

    def said(self) -> list[str]:
        return [
            line["text"]
            for conversation in self.conversations.values()
            for line in conversation
            if line["from"] == "user"
        ]


@dataclass
class Faults:
    """What goes wrong, and for how many requests."""

    delay: float = 0.0
    status: int = 0
    times: int = 10**9
    drop_replies: int = 0
    """Processes this many messages, then cuts the connection: the reply is lost on the way."""

    def take(self) -> int:
        if self.status and self.times > 0:
            self.times -= 1
            return self.status
        return 0


MESSAGES = {
    401: "Your conversation has ended. A new one can be started.",
    403: "This site may not use the assistant.",
    429: "Too many questions at once. Please wait 7 seconds, then try again.",
    503: "The assistant is busy. Your words are kept. Please try again in a minute.",
}


class Stub:
    def __init__(self, shelf: Shelf | None = None, port: int = 0) -> None:
        self.shelf = shelf or Shelf()
        self.faults = Faults()
        self.requests: list[tuple[str, str, float]] = []
        self.reply_to = replies.reply_to
        self.page = ""
        self.page_policy = ""
        self.styles = ""
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.cut()
        self._thread.join()

    def restarted(self) -> Stub:
        """The same address and the same shelf, after a stop."""
        return Stub(self.shelf, self.port)

    def calls(self, path: str) -> int:
        return sum(1 for _, called, _ in self.requests if called == path)


class _Server(ThreadingHTTPServer):
    """Stopping it cuts what is open too, as when a process ends."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self, *args: Any) -> None:
        self.connections: set[socket.socket] = set()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def cut(self) -> None:
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of a reply is no news."""


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.stub = stub
    return Handler


class _Handler(BaseHTTPRequestHandler):
    stub: Stub
    protocol_version = "HTTP/1.1"
    # Without this every small reply waits for the browser's delayed acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        pass

    def do_OPTIONS(self) -> None:
        self._send(204)

    def do_GET(self) -> None:
        self._note()
        path = self.path.split("?")[0]
        if path == "/webhooks/widget/messages":
            self._api(self._history)
        else:
            self._file(path)

    def do_POST(self) -> None:
        self._note()
        calls = {"sessions": self._start, "messages": self._message, "feedback": self._feedback}
        self._api(calls[self.path.rsplit("/", 1)[1]])

    def do_DELETE(self) -> None:
        self._note()
        self._api(self._delete)

    # the interface

    def _api(self, call: Any) -> None:
        body = self._body()
        time.sleep(self.stub.faults.delay)
        status = self.stub.faults.take()
        if status:
            self._error(status)
            return
        call(body)

    def _start(self, body: dict[str, Any]) -> None:
        token = secrets.token_urlsafe(12)
        self.stub.shelf.sessions.append(body)
        greeting = replies.greeting()
        self.stub.shelf.conversations[token] = [{"from": "bot", **greeting}]
        self._json({"token": token, "expires": int(time.time()) + 3600, "messages": [greeting]})

    def _message(self, body: dict[str, Any]) -> None:
        token = self._token()
        if token is None:
            return
        shelf, key = self.stub.shelf, (token, body["id"])
        if key not in shelf.answered:
            shelf.processed.append(key)
            found = self.stub.reply_to(body["text"])
            if found and found[0]["custom"]["kind"] == "error":
                self._json({"id": body["id"], "messages": found})
                return
            shelf.answered[key] = found
            shelf.conversations[token] += [
                {"from": "user", "id": body["id"], "text": body["text"]},
                *({"from": "bot", **reply} for reply in found),
            ]
        if self.stub.faults.drop_replies:
            self.stub.faults.drop_replies -= 1
            self.close_connection = True
            return
        self._json({"id": body["id"], "messages": shelf.answered[key]})

    def _history(self, _: dict[str, Any]) -> None:
        token = self._token()
        if token is not None:
            self._json({"messages": self.stub.shelf.conversations[token]})

    def _feedback(self, body: dict[str, Any]) -> None:
        if self._token() is not None:
            self.stub.shelf.feedback.append(body)
            self._json({"ok": True})

    def _delete(self, _: dict[str, Any]) -> None:
        token = self._token(even_expired=True)
        if token is not None:
            del self.stub.shelf.conversations[token]
            self._send(204)

    def _token(self, even_expired: bool = False) -> str | None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        ended = token in self.stub.shelf.expired and not even_expired
        if token in self.stub.shelf.conversations and not ended:
            return token
        self._error(401)
        return None

    # files

    def _file(self, path: str) -> None:
        if path == "/widget/ask-myo.js":
            self._send(200, ELEMENT.read_bytes(), "text/javascript")
        elif path == "/host":
            self._send(200, self.stub.page.encode(), "text/html", self.stub.page_policy)
        elif path == "/host.css":
            self._send(200, self.stub.styles.encode(), "text/css")
        elif path == "/answers":
            self._send(200, b"<!doctype html><title>Answers</title><h1>Answers</h1>", "text/html")
        elif path == "/favicon.ico":
            self._send(204)
        else:
            name = {"/": "index.html", "/inline": "inline.html"}.get(path, path.rsplit("/", 1)[1])
            file = PAGES / name
            if file.is_file():
                self._send(200, file.read_bytes(), TYPES[file.suffix], PAGE_POLICY)
            else:
                self._send(404)

    # the wire

    def _note(self) -> None:
        self.stub.requests.append((self.command, self.path, time.time()))

    def _body(self) -> dict[str, Any]:
        length = int(self.headers.get("Content-Length") or 0)
        return json.loads(self.rfile.read(length)) if length else {}

    def _error(self, status: int) -> None:
        message = {"code": f"stub_{status}", "message": MESSAGES.get(status, "")}
        self._json({"error": message}, status)

    def _json(self, body: dict[str, Any], status: int = 200) -> None:
        self._send(status, json.dumps(body).encode(), "application/json")

    def _send(self, status: int, body: bytes = b"", kind: str = "", policy: str = "") -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "authorization, content-type")
        self.send_header("Access-Control-Allow-Methods", "GET, POST, DELETE")
        if status == 429:
            self.send_header("Retry-After", "7")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        if kind:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
