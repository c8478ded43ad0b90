"""Runs the Rasa server and the action server together, and stops them together."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections import defaultdict, deque
from pathlib import Path

import httpx
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Message, Printer

from askmyo.running.project import ROOT, Ports, SetupError, host, own_address
from askmyo.running.training import rasa_environment

_START_LIMIT = 180  # seconds; a cold disk makes TensorFlow slow to load
_STOPPED_BY_HAND = (130, 143)


def serve(model: Path) -> int:
    """Starts both servers with `model` and waits until one ends. Returns the exit status:
    0 after Ctrl-C, otherwise failing, also where they did not get ready in time.

    Raises:
        SetupError: if a port is busy.
    """
    ports = check_ports()
    # The processes are forked from one that may have built the encoder: its tokenizer would warn.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    printer = _Quiet(sys.stdout)
    manager = _manager(model, ports, printer)
    late = threading.Event()
    threading.Thread(target=_announce, args=(ports, late), daemon=True).start()
    # A closed terminal must not leave servers behind.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    return 1 if late.is_set() else _farewell(manager.returncode, printer)


def check_ports() -> Ports:
    """The two ports, both free just now.

    Raises:
        SetupError: if a port is busy.
    """
    ports = Ports.from_environment()
    _must_be_free("PORT", host(), ports.rasa)
    _must_be_free("ACTIONS_PORT", "127.0.0.1", ports.actions)
    return ports


def serving_environment(model: Path, address: str, ports: Ports) -> dict[str, str]:
    """The environment of both servers, which the commands of the Procfile read.

    Tests and the bench start them by it, too, so that they try what patients get.
    """
    return {
        **rasa_environment(),
        "MODEL": str(model),
        "HOST": address,
        "PORT": str(ports.rasa),
        "ACTIONS_PORT": str(ports.actions),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONUNBUFFERED": "1",
        # Small products: a second thread costs more than it brings, and patients wait.
        "OPENBLAS_NUM_THREADS": "1",
    }


def _manager(model: Path, ports: Ports, printer: Printer) -> Manager:
    manager = Manager(printer)
    environment = serving_environment(model, host(), ports)
    procfile = parse_procfile((ROOT / "Procfile").read_text("utf-8"))
    for name, command in procfile.processes.items():
        # `exec`: the signal goes to the server itself, not to a shell around it.
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(ROOT))
    return manager


class _Quiet(Printer):  # type: ignore[misc]
    """Keeps each process's last lines for the day it dies, and prints only what went wrong."""

    def __init__(self, output: object) -> None:
        super().__init__(output, prefix=False)
        self.last: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=15))
        self.first_stopped = ""

    def write(self, message: Message) -> None:
        data = message.data
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        self.last[message.name].append(text.rstrip())
        if message.name == "system" and " stopped (rc=" in text and not self.first_stopped:
            self.first_stopped = text.split(" ", maxsplit=1)[0]
        if message.name != "system" and (" ERROR " in text or "Traceback" in text):
            print(f"{message.name}: {text.rstrip()}", file=self.output, flush=True)


def _must_be_free(name: str, address: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} can't be used ({error.strerror}). Stop the program that holds it, "
                f"or choose another: {name}={port + 1} make run"
            ) from error


def _announce(ports: Ports, late: threading.Event) -> None:
    """Says when the bot is ready, once its own health check is content. After the limit it
    sets `late` and stops everything."""
    print("Starting the Rasa server and the action server ...", flush=True)
    address = f"http://{own_address()}:{ports.rasa}"
    started = time.monotonic()
    while time.monotonic() - started < _START_LIMIT:
        if _healthy(address):
            print(_welcome(address, time.monotonic() - started), flush=True)
            return
        time.sleep(0.5)
    print(f"Not ready after {_START_LIMIT} s; see build/rasa.log. Stopping.", flush=True)
    late.set()
    os.kill(os.getpid(), signal.SIGTERM)


def _healthy(address: str) -> bool:
    try:
        return httpx.get(f"{address}/webhooks/widget/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _welcome(address: str, seconds: float) -> str:
    return (
        f"\nAsk Myo is ready after {seconds:.0f} s.\n"
        f"  Open       {address}/\n"
        f"  Read       {address}/answers\n"
        f'  Ask        .venv/bin/askmyo ask "What causes IBM?"\n'
        f"  Stop       Ctrl-C\n"
    )


def _farewell(status: int, printer: _Quiet) -> int:
    """Says why it ended. A server that ends by itself is a failure, whatever its status."""
    if status in _STOPPED_BY_HAND:
        print("Stopped.", flush=True)
        return 0
    first = printer.first_stopped
    words = "\n  ".join(printer.last[first])
    print(
        f"\nThe process '{first}' ended by itself with status {status}; "
        f"the other was stopped too. Its last lines:\n  {words}",
        flush=True,
    )
    return 1
