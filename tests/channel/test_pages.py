"""The pages around the widget."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import Server, serving

FILES = {
    "widget/pages/index.html": "<h1>Demo</h1>",
    "widget/pages/inline.html": "<h1>Inline</h1>",
    "widget/pages/demo.css": "h1 {}",
    "widget/pages/.hidden.html": "hidden",
    "widget/pages/notes.secret": "secret",
    "widget/dist/ask-myo.js": "export {}; " * 200,
    "widget/secret.html": "secret",
    "build/secret": "secret",
    "build/answers/index.html": "<h1>All</h1>",
    "build/answers/exercise/index.html": "<h1>Exercise</h1>",
    "build/answers/exercise/pool.html": "<h1>Pool</h1>",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Server]:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "widget/pages/way-out.html").symlink_to(tmp_path / "build/secret")
    with serving(tmp_path) as server:
        yield server


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("/", "Demo"),
        ("/?v=1", "Demo"),
        ("/inline", "Inline"),
        ("/pages/", "Demo"),
        ("/pages/inline.html", "Inline"),
        ("/pages/demo.css", "h1"),
        ("/answers/", "All"),
        ("/answers/exercise/", "Exercise"),
        ("/answers/exercise/pool", "Pool"),
        ("/answers/exercise/pool.html", "Pool"),
    ],
)
def test_pages_are_served_strictly(site: Server, address: str, content: str) -> None:
    answer = site.client.get(address)
    assert answer.status_code == 200
    assert content in answer.text
    assert answer.headers["etag"]
    if answer.headers["content-type"].startswith("text/html"):
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'self'" in policy
    head = site.client.head(address)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("address", "target"),
    [("/answers", "/answers/"), ("/answers/exercise", "/answers/exercise/")],
)
def test_folders_get_their_slash(site: Server, address: str, target: str) -> None:
    answer = site.client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


@pytest.mark.parametrize(
    "address",
    [
        "/pages/../secret.html",
        "/pages/..%2fsecret.html",
        "/pages/%2e%2e/secret.html",
        "/pages/%2e%2e%2f%2e%2e%2fbuild%2fsecret",
        "/pages/..%5csecret.html",
        "/pages/....//secret.html",
        "/pages//etc/passwd",
        "/pages/%00.html",
        "/pages/.hidden.html",
        "/pages/notes.secret",
        "/pages/way-out.html",
        "/answers/../secret",
        "/answers/%2e%2e/secret",
        "/widget/../secret.html",
        "/widget/%2e%2e/secret.html",
        "/pages/%252e%252e/secret.html",
        "/pages/" + "x" * 3_000,
    ],
)
def test_nothing_outside_leaks(site: Server, address: str) -> None:
    answer = site.client.get(site.url + address)
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "root:" not in answer.text


def test_the_script_is_cached_packed_and_has_its_hash(site: Server) -> None:
    plain = site.client.get("/widget/ask-myo.js", headers={"Accept-Encoding": "identity"})
    packed = site.client.get("/widget/ask-myo.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.content == plain.content
    assert plain.headers["content-type"].startswith("text/javascript")
    assert plain.headers["access-control-allow-origin"] == "*"
    assert plain.headers["cross-origin-resource-policy"] == "cross-origin"
    digest = base64.b64encode(hashlib.sha384(plain.content).digest()).decode()
    assert site.client.get("/widget/integrity.json").json() == {"ask-myo.js": f"sha384-{digest}"}
    again = site.client.get("/widget/ask-myo.js", headers={"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ["/", "/inline", "/answers/", "/widget/ask-myo.js"])
def test_a_kept_page_keeps_its_policy(site: Server, address: str) -> None:
    # A browser takes the headers of a 304 over into what it has kept.
    first = site.client.get(address)
    again = site.client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    policy = "content-security-policy"
    assert again.headers[policy] == first.headers[policy]
    assert ("script-src 'self'" in again.headers[policy]) == address.endswith(("/", "inline"))


def test_a_changed_script_is_seen_at_once(site: Server) -> None:
    first = site.client.get("/widget/ask-myo.js").headers["etag"]
    (site.bot.database.parent / "widget/dist/ask-myo.js").write_text("export const changed = 1;")
    assert site.client.get("/widget/ask-myo.js").headers["etag"] != first


def test_an_address_with_the_tag_is_kept_for_good(site: Server) -> None:
    tag = site.client.get("/widget/ask-myo.js", headers={"Accept-Encoding": ""}).headers["etag"]
    version = tag.strip('"').removesuffix("-gz")
    answer = site.client.get(f"/widget/ask-myo.js?v={version}")
    assert "immutable" in answer.headers["cache-control"]


def test_what_is_not_built_is_said_on_a_page(server: Server) -> None:
    for address in ("/", "/answers/", "/widget/integrity.json", "/inline"):
        answer = server.client.get(address)
        assert answer.status_code == 404
        assert "<h1>Not found</h1>" in answer.text
    assert server.client.get("/favicon.ico").status_code == 204


def test_a_missing_script_names_the_command_that_builds_it(server: Server) -> None:
    answer = server.client.get("/widget/integrity.json")
    assert answer.status_code == 404
    assert "npm run build" in answer.text
