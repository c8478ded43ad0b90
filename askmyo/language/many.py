"""Reads many texts on all cores, as training does.

Each process but this one is a fresh Python that loads the pipeline from disk. A fork would start
sooner, yet training has threads of TensorFlow and others, whose locks a forked process may find
held for ever; and multiprocessing's own fresh processes import the parent's main module again,
which is Rasa as a whole.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.language import Language

from askmyo.language.reading import Reading, read

ENOUGH = 4000
"""Texts that are worth a process: about what this one reads while the others start."""

_PIPELINE = "pipeline"
_START = """
import sys
# spaCy would load TensorFlow, which takes many seconds, for models that we have none of.
sys.modules["tensorflow"] = None
from askmyo.language.many import read_share
read_share(*sys.argv[1:])
"""


class WorkerError(RuntimeError):
    """A process that read texts ended before it was done."""


def read_many(nlp: Language, texts: Sequence[str], processes: int | None = None) -> list[Reading]:
    """The readings of some texts, in their order.

    `processes`: how many read, this one among them; as many as are worth it, if not given.
    Raises WorkerError if one of them ends too soon.
    """
    if processes is None:
        processes = max(1, min(_cores(), len(texts) // ENOUGH))
    if processes == 1:
        return [read(nlp, text) for text in texts]
    shares = [texts[ENOUGH + i :: processes] for i in range(processes)]
    readings: list[Reading] = [None] * len(texts)  # type: ignore[list-item]
    with TemporaryDirectory(prefix="askmyo-reading-") as name:
        folder = Path(name)
        nlp.to_disk(folder / _PIPELINE)
        workers: list[subprocess.Popen[bytes]] = []
        try:
            for i, share in enumerate(shares[1:], start=1):
                workers.append(_start(folder, i, share))
            readings[:ENOUGH] = [read(nlp, text) for text in texts[:ENOUGH]]
            readings[ENOUGH::processes] = [read(nlp, text) for text in shares[0]]
            for i, worker in enumerate(workers, start=1):
                readings[ENOUGH + i :: processes] = _finish(folder, i, worker)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    return readings


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start(folder: Path, i: int, share: Sequence[str]) -> "subprocess.Popen[bytes]":
    """A process that reads one share of the texts. All goes through files, so that none waits."""
    _texts(folder, i).write_bytes(pickle.dumps(share))
    places = os.pathsep.join(place or str(Path.cwd()) for place in sys.path)
    with _errors(folder, i).open("wb") as errors:
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-c", _START, str(folder), str(i)],
            env={**os.environ, "PYTHONPATH": places},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )


def _finish(folder: Path, i: int, worker: "subprocess.Popen[bytes]") -> list[Reading]:
    """What a process has read, once it is done."""
    code = worker.wait()
    if code:
        said = _errors(folder, i).read_text("utf-8", errors="replace").strip()
        raise WorkerError(
            f"A process that read a share of the texts ended with code {code}, maybe for want of "
            f"memory. The last it said: {said[-1000:] or 'nothing'}"
        )
    readings: list[Reading] = pickle.loads(_readings(folder, i).read_bytes())  # noqa: S301 - ours
    return readings


def read_share(name: str, i: str) -> None:
    """What each further process does: read its share of the texts, and leave the readings."""
    folder, number = Path(name), int(i)
    nlp = spacy.load(folder / _PIPELINE)
    share: list[str] = pickle.loads(_texts(folder, number).read_bytes())  # noqa: S301 - ours
    _readings(folder, number).write_bytes(pickle.dumps([read(nlp, text) for text in share]))


def _texts(folder: Path, i: int) -> Path:
    return folder / f"{i}-texts"


def _readings(folder: Path, i: int) -> Path:
    return folder / f"{i}-readings"


def _errors(folder: Path, i: int) -> Path:
    return folder / f"{i}-errors"
