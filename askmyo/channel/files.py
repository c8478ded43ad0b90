"""Serves files of a folder: nothing outside it, nothing of an unexpected kind."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b64encode
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sanic.request import Request
from sanic.response import HTTPResponse

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_WORTH_PACKING = (".html", ".js", ".css", ".json", ".map", ".txt", ".xml", ".svg")
_MOST_FILES = 400
_LARGEST_KEPT = 2_000_000


@dataclass(frozen=True)
class _File:
    """A file as it was read: what tells whether it has changed, and what is sent."""

    stamp: tuple[int, int]
    kind: str
    plain: bytes
    packed: bytes | None
    digest: bytes

    @property
    def tag(self) -> str:
        return self.digest.hex()[:20]

    @property
    def integrity(self) -> str:
        return f"sha384-{b64encode(self.digest).decode()}"


class Files:
    """The files under one folder, kept in memory until they change on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: OrderedDict[Path, _File] = OrderedDict()

    @property
    def exists(self) -> bool:
        """Whether the folder is there at all."""
        return self._folder.is_dir()

    def find(self, address: str) -> Path | None:
        """The file an address below the folder means, or None.

        A folder means its `index.html`; an address without a suffix may mean an `.html` file.
        """
        name = unquote(address)
        if "\0" in name or "\\" in name or any(part.startswith(".") for part in name.split("/")):
            return None
        try:
            wanted = (self._folder / name.lstrip("/")).resolve()
            choices = (wanted, wanted / "index.html", wanted.with_name(f"{wanted.name}.html"))
            return next((one for one in choices if self._may_serve(one)), None)
        except (OSError, ValueError):
            return None

    def integrity(self, name: str) -> str:
        """The hash for a script tag's `integrity`."""
        return self._read(self._folder / name).integrity

    def response(self, request: Request, path: Path, cache: str) -> HTTPResponse:
        """The file, or 304 if the caller has it already."""
        file = self._read(path)
        packed = file.packed is not None and "gzip" in request.headers.get("accept-encoding", "")
        tag = f'"{file.tag}-gz"' if packed else f'"{file.tag}"'
        headers = {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
        if request.args.get("v") == file.tag:
            # The address names this very content: it can be kept for good.
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if tag in request.headers.get("if-none-match", ""):
            # The kind decides on the policy in the headers, and the browser puts that policy on
            # the page it has kept: the wrong one would block everything on a reload.
            return HTTPResponse(status=304, headers=headers, content_type=file.kind)
        if packed:
            headers["Content-Encoding"] = "gzip"
        body = file.packed if packed else file.plain
        return HTTPResponse(body, headers=headers, content_type=file.kind)

    def _may_serve(self, path: Path) -> bool:
        inside = path.is_relative_to(self._folder.resolve())
        return inside and path.suffix in _KINDS and path.is_file()

    def _read(self, path: Path) -> _File:
        state = path.stat()
        stamp = (state.st_mtime_ns, state.st_size)
        kept = self._kept.get(path)
        if kept and kept.stamp == stamp:
            self._kept.move_to_end(path)
            return kept
        plain = path.read_bytes()
        packed = gzip.compress(plain, 9, mtime=0) if path.suffix in _WORTH_PACKING else None
        file = _File(stamp, _KINDS[path.suffix], plain, packed, hashlib.sha384(plain).digest())
        if len(plain) <= _LARGEST_KEPT:
            self._kept[path] = file
        while len(self._kept) > _MOST_FILES:
            self._kept.popitem(last=False)
        return file
