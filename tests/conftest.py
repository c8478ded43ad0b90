"""The running bot, for tests that need it: started once, stopped by process id."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from honcho.environ import parse_procfile

from askmyo.running.parsing import Parser
from askmyo.running.processes import serving_environment
from askmyo.running.project import Ports
from tests.untraced import untraced

ROOT = Path(__file__).resolve().parents[1]
START_LIMIT = 120  # seconds

SLOW = ("tests/report/", "tests/e2e/", "tests/widget/", "tests/nlu/test_red_flags.py")
"""Files that take minutes: they start first, so that no core waits for the last of them."""


UNCOUNTED = ("tests/e2e/", "tests/safety/", "tests/language/test_in_context.py")
"""Tests that go through thousands of messages: quicker ones count the lines covered."""


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first. To one worker all that ask the same bot; of the others, those of a file."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))
    for item in items:
        bots = [name for name in ("own_bot", "bot") if name in getattr(item, "fixturenames", ())]
        item.add_marker(pytest.mark.xdist_group(bots[0] if bots else item.nodeid.split("::")[0]))


@pytest.fixture(autouse=True)
def _lines_counted(request: pytest.FixtureRequest) -> Iterator[None]:
    with untraced() if request.node.nodeid.startswith(UNCOUNTED) else nullcontext():
        yield


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Bot:
    """Both processes of the bot on free ports, by the command lines of the Procfile."""

    folder: Path
    model: Path
    port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "conversations.db"

    def start(self, name: str) -> None:
        """Starts one of `rasa` and `actions`."""
        command = parse_procfile((ROOT / "Procfile").read_text()).processes[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                f"exec {command}",
                shell=True,
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self, name: str) -> None:
        """Stops a process, the hard way if it does not listen."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def environment(self) -> dict[str, str]:
        ports = Ports(self.port, self.actions_port)
        return {
            **serving_environment(self.model, "127.0.0.1", ports),
            # Not the developer's own conversations.
            "ASKMYO_DATABASE": str(self.database),
            **self.settings,
        }

    @contextmanager
    def running(self) -> Iterator[Bot]:
        """Starts both processes, and stops whatever runs at the end."""
        try:
            for name in ("actions", "rasa"):
                self.start(name)
            self.wait()
            yield self
        finally:
            for name in list(self.processes):
                self.stop(name)

    def wait(self) -> None:
        """Waits until the bot says it is healthy."""
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit:
            try:
                if httpx.get(f"{self.url}/webhooks/widget/health", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            dead = [name for name, one in self.processes.items() if one.poll() is not None]
            assert not dead, f"{dead} died: {(self.folder / f'{dead[0]}.log').read_text()[-2000:]}"
            time.sleep(0.3)
        pytest.fail(f"the bot did not start within {START_LIMIT} s")

    def ask(self, text: str, sender: str | None = None) -> list[dict[str, Any]]:
        """One turn over the testers' channel."""
        body = {"sender": sender or uuid4().hex, "message": text}
        response = httpx.post(f"{self.url}/webhooks/rest/webhook", json=body, timeout=30)
        assert response.status_code == 200, response.text
        replies: list[dict[str, Any]] = response.json()
        return replies


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model, trained once a run."""
    from askmyo.running.training import ensure_model

    return ensure_model()


@pytest.fixture(scope="session")
def parser(model: Path) -> Parser:
    """The pipeline of the trained model in this process, loaded once a run."""
    return Parser(model)


@pytest.fixture(scope="session")
def bot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """The running bot, shared by all tests that only talk to it."""
    with Bot(tmp_path_factory.mktemp("bot"), model).running() as started:
        yield started
