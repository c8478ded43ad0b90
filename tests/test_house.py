"""The house's import rule: who may import whom. See docs/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("askmyo", "actions")

# Each room, and what of ours it may import besides itself.
MAY_IMPORT = {
    "askmyo/answerbook": set(),
    "askmyo/language": set(),
    "askmyo/nlu": {"askmyo.answerbook", "askmyo.language"},
    "askmyo/channel": {"askmyo.answerbook"},
    "actions": {"askmyo.answerbook"},
}
RASA_FREE = ("askmyo/answerbook", "askmyo/language")


def imports(path: Path) -> set[str]:
    """Every module a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: import by the full name, so that rooms show"
            found.add(node.module)
    return found


def room_files(room: str) -> list[Path]:
    """The Python files of a room; a room without any would make its rule empty."""
    files = sorted((ROOT / room).rglob("*.py"))
    assert files, f"no Python file in {room}"
    return files


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    own = room.replace("/", ".")
    allowed = MAY_IMPORT[room] | {own}
    for path in room_files(room):
        for module in imports(path):
            if module.split(".")[0] in OURS and module not in ("askmyo",):
                inside = any(module == one or module.startswith(f"{one}.") for one in allowed)
                assert inside, f"{path.relative_to(ROOT)} imports {module}"


@pytest.mark.parametrize("room", RASA_FREE)
def test_the_answer_set_and_the_language_outlive_rasa(room: str) -> None:
    for path in room_files(room):
        rasa = {module for module in imports(path) if module.split(".")[0] in ("rasa", "rasa_sdk")}
        assert not rasa, f"{path.relative_to(ROOT)} imports {rasa}"


def test_the_rule_sees_a_forbidden_import(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("def f():\n    from askmyo.nlu import ranker\n")
    assert imports(path) == {"askmyo.nlu"}


def test_no_registry_host_and_no_machine_path_is_committed() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted", "registry.npm" + "js", "debian" + ".org/debian")
    paths = ("/ro" + "ot/", "/wo" + "rk/")
    for pattern in ("*.py", "*.md", "*.yml", "*.toml", "*.lock", "*.json", "scripts/*", "Makefile"):
        for path in ROOT.rglob(pattern):
            skipped = {"node_modules", ".venv", ".tools", "build", ".git", "models", "screenshots"}
            if skipped & set(path.relative_to(ROOT).parts) or not path.is_file():
                continue
            text = path.read_text("utf-8", "replace")
            bad = [word for word in (*hosts, *paths) if word in text]
            assert not bad, f"{path.relative_to(ROOT)} names {bad}"
