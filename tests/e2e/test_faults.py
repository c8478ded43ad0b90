"""What a patient gets when something of ours fails."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.conftest import ROOT, Bot, free_port


def test_a_dead_action_server_gives_an_error_reply_and_the_next_try_works(own_bot: Bot) -> None:
    sender = uuid4().hex
    assert own_bot.ask("is there a cure", sender)[0]["custom"]["kind"] == "answer"
    own_bot.stop("actions")
    [reply] = own_bot.ask("do steroids work", sender)
    assert reply["custom"]["kind"] == "error"
    assert "try again" in reply["text"].lower()
    assert comes_to_say(own_bot, 503)
    own_bot.start("actions")
    own_bot.wait()
    assert own_bot.ask("do steroids work", sender)[0]["custom"]["answer"] == "treatment/steroids"


def comes_to_say(bot: Bot, status: int) -> bool:
    """Whether the health check says so within some seconds: it is looked up now and then."""
    for _ in range(30):
        if httpx.get(f"{bot.url}/webhooks/widget/health", timeout=10).status_code == status:
            return True
        time.sleep(0.5)
    return False


def serve(folder: Path, **environment: str) -> subprocess.Popen[str]:
    """`askmyo serve` as `make run` starts it, in a process group of its own."""
    return subprocess.Popen(
        [Path(sys.executable).with_name("askmyo"), "serve"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "ASKMYO_DATABASE": str(folder / "conversations.db"),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    """Reads what the process prints until the words come."""
    assert process.stdout
    seen = ""
    for line in process.stdout:
        seen += line
        if words in line:
            return seen
    pytest.fail(f"'{words}' never came: {seen}")


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pid_listening_on(port: int) -> int:
    """The process id behind a port, from /proc: Debian's slim images have no lsof."""
    inodes = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if int(fields[1].split(":")[1], 16) == port and fields[3] == "0A":
            inodes.add(f"socket:[{fields[9]}]")
    for entry in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(entry.readlink()) in inodes:
                return int(entry.parts[2])
        except OSError:
            continue
    pytest.fail(f"nobody listens on {port}")


@pytest.mark.usefixtures("model")
def test_a_busy_port_gets_a_clear_message(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = serve(tmp_path, PORT=str(port), ACTIONS_PORT=str(free_port()))
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Port {port} can't be used" in output
    assert f"PORT={port + 1} make run" in output


@pytest.mark.usefixtures("model")
def test_serve_says_which_process_died_and_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    port, actions_port = free_port(), free_port()
    ports = {"PORT": str(port), "ACTIONS_PORT": str(actions_port)}
    process = serve(tmp_path, **ports)
    assert f"http://127.0.0.1:{port}/" in wait_for(process, "Open")
    os.kill(pid_listening_on(actions_port), signal.SIGKILL)
    output, _ = process.communicate(timeout=60)
    assert "'actions' ended by itself" in output
    assert process.returncode not in (0, None)
    assert not listening(port)

    process = serve(tmp_path, **ports)
    wait_for(process, "Open")
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    time.sleep(0.5)
    assert not listening(port)
    assert not listening(actions_port)
