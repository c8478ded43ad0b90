"""Runs a bot as its own processes on free ports, and tells what they hold of the memory."""

from __future__ import annotations

import http.client
import json
import shlex
import socket
import subprocess
import time
from pathlib import Path
from string import Template
from types import TracebackType

import psutil
from honcho.environ import parse_procfile

from askmyo.running.processes import serving_environment
from askmyo.running.project import ROOT, Ports
from bench.projects import OURS
from bench.training import model_of

START_LIMIT = 600  # seconds
STOCK_COMMAND = (
    "python -m rasa run --model $MODEL --endpoints endpoints.yml --credentials credentials.yml "
    "--interface $HOST --port $PORT"
)


class Client:
    """One tester: a connection that stays open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def turn(self, sender: str, text: str) -> float:
        """Ask, read the whole reply, and tell the seconds it took. RuntimeError without one."""
        body = json.dumps({"sender": sender, "message": text})
        start = time.perf_counter()
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", "/webhooks/rest/webhook", body, headers)
        response = self._connection.getresponse()
        content = response.read()
        taken = time.perf_counter() - start
        if response.status != 200 or not json.loads(content):
            raise RuntimeError(f"No reply to '{text}': {response.status} {content[:200]!r}")
        return taken


class Bot:
    """A running bot: `with Bot(...) as bot`. It is stopped by process id."""

    def __init__(self, folder: Path, name: str) -> None:
        """`folder` holds the two projects and their models, `name` is one of `BOTS`."""
        self.name = name
        self.port, self.actions_port = _free_port(), _free_port()
        self.start_seconds = 0.0
        """From the first process's start to the first reply."""
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Bot:
        start = time.perf_counter()
        for number, command in enumerate(self._commands()):
            with (self._folder / f"running_{self.name}_{number}.log").open("wb") as log:
                self._processes.append(
                    subprocess.Popen(
                        shlex.split(Template(command).substitute(self._environment())),
                        cwd=self._folder / self.name,
                        env=self._environment(),
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )
        try:
            self._wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self.start_seconds = time.perf_counter() - start
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def memory(self) -> dict[str, float]:
        """Megabytes of all processes: `pss` (shared pages counted once, by halves) and `rss`."""
        parents = [psutil.Process(process.pid) for process in self._processes]
        every = [one for parent in parents for one in (parent, *parent.children(recursive=True))]
        details = [one.memory_full_info() for one in every]
        pss = sum(getattr(one, "pss", one.rss) for one in details)
        return {"pss": pss / 2**20, "rss": sum(one.rss for one in details) / 2**20}

    def cpu_seconds(self) -> float:
        """Processor time that all processes have used so far."""
        return sum(sum(psutil.Process(one.pid).cpu_times()[:2]) for one in self._processes)

    def _commands(self) -> list[str]:
        if self.name != OURS:
            return [STOCK_COMMAND]
        processes = parse_procfile((ROOT / "Procfile").read_text("utf-8")).processes
        return list(processes.values())

    def _environment(self) -> dict[str, str]:
        ports = Ports(self.port, self.actions_port)
        return serving_environment(model_of(self._folder, self.name), "127.0.0.1", ports)

    def _wait(self) -> None:
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit:
            dead = [one.pid for one in self._processes if one.poll() is not None]
            if dead:
                raise RuntimeError(f"{self.name} ended by itself; see {self._folder}/running_*.log")
            try:
                Client(self.port).turn("bench-start", "What is inclusion body myositis?")
            except (OSError, RuntimeError, http.client.HTTPException):
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"{self.name} did not start within {START_LIMIT} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
