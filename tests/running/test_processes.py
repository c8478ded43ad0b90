"""Starting both servers and stopping them, with stand-ins that need no model."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from honcho.environ import parse_procfile

from askmyo import cli
from askmyo.running import training
from askmyo.running.project import ROOT, SetupError
from tests.conftest import free_port

SERVE = """
import sys
from pathlib import Path
from askmyo.running import processes
processes.ROOT, processes._START_LIMIT = Path(sys.argv[1]), float(sys.argv[2])
sys.exit(processes.serve(Path("model.tar.gz")))
"""


def serve(folder: Path, rasa: str, limit: float, **environment: str) -> subprocess.Popen[str]:
    """`processes.serve` in its own process, with `rasa` in place of the Rasa server."""
    (folder / "Procfile").write_text(f"actions: sleep 60\nrasa: {rasa}\n")
    ports = {"PORT": str(free_port()), "ACTIONS_PORT": str(free_port())}
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, str(folder), str(limit)],
        env={**os.environ, "PYTHONUNBUFFERED": "1", **ports, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_a_start_that_takes_too_long_is_a_failure(tmp_path: Path) -> None:
    process = serve(tmp_path, "sleep 60", limit=1)
    output, _ = process.communicate(timeout=60)
    assert "Not ready after 1.0 s" in output
    assert "Stopped." not in output
    assert process.returncode == 1


@pytest.mark.parametrize(
    ("host", "called"),
    [("127.0.0.2", "127.0.0.2"), ("0.0.0.0", "127.0.0.1"), ("", "127.0.0.1")],  # noqa: S104
)
def test_the_health_check_asks_where_the_server_listens(
    tmp_path: Path, host: str, called: str
) -> None:
    health = tmp_path / "webhooks" / "widget" / "health"
    health.parent.mkdir(parents=True)
    health.write_text("ok")
    process = serve(tmp_path, 'python -m http.server "$PORT" --bind "$HOST"', 30, HOST=host)
    seen = ""
    assert process.stdout
    for line in process.stdout:
        seen += line
        if "Ctrl-C" in line:
            process.send_signal(signal.SIGINT)
    assert f"Open       http://{called}:" in seen
    assert process.wait(30) == 0, seen


def test_a_busy_port_is_found_before_the_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def train() -> Path:
        pytest.fail("trained first")

    monkeypatch.setattr(training, "ensure_model", train)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("ACTIONS_PORT", str(free_port()))
        with pytest.raises(SetupError, match="can't be used"):
            cli.serve()


def test_folders_with_spaces_reach_the_server_whole(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    command = parse_procfile((ROOT / "Procfile").read_text("utf-8")).processes["rasa"]
    settings = {"MODEL": "/my models/one.tar.gz", "HOST": "127.0.0.1", "PORT": "5005"}
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        f"exec {command}",
        shell=True,
        check=True,
        env={**settings, "PATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "/my models/one.tar.gz" in done.stdout.splitlines()
