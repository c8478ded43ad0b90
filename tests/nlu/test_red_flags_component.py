"""The Rasa component: has the last word, keeps no state, stands missing neighbors."""

from __future__ import annotations

from pathlib import Path

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from askmyo.nlu import red_flag_detector
from askmyo.nlu.keys import TURN
from askmyo.nlu.red_flag_detector import RedFlagDetector


def detector(tmp_path: Path) -> RedFlagDetector:
    config = RedFlagDetector.get_default_config()
    return RedFlagDetector(config, LocalModelStorage(tmp_path), Resource("red_flags"))


def processed(tmp_path: Path, text: str, turn: dict[str, object] | None = None) -> Message:
    message = Message(data={TEXT: text, INTENT: {"name": "exercise", "confidence": 0.9}})
    if turn:
        message.set(TURN, turn)
    return detector(tmp_path).process([message])[0]


def test_a_flag_wins_and_a_sure_answer_follows(tmp_path: Path) -> None:
    turn = {"label": "exercise/pool", "answers": ["exercise/pool"], "options": ["exercise/x"]}
    message = processed(tmp_path, "is the pool good? I can't breathe right now", turn)
    assert message.get(INTENT)["name"] == "emergency"
    found = message.get(TURN)
    assert found["label"] == "emergency/breathing"
    assert found["flag"]["kind"] == "emergency"
    assert (found["answers"], found["options"]) == (["exercise/pool"], [])


def test_works_without_turn_or_vectors(tmp_path: Path) -> None:
    message = processed(tmp_path, "I want to die")
    assert message.get(TURN)["flag"]["kind"] == "crisis"
    assert message.get(TURN)["answers"] == []


def test_leaves_other_turns_alone(tmp_path: Path) -> None:
    turn = {"label": "exercise/pool", "answers": ["exercise/pool"], "options": []}
    message = processed(tmp_path, "is the pool good for weak legs?", dict(turn))
    assert message.get(TURN) == turn
    assert message.get(INTENT)["name"] == "exercise"


def test_an_answer_becomes_personal_advice(tmp_path: Path) -> None:
    turn = {"label": "treatment/steroids", "answers": ["treatment/steroids"], "options": []}
    message = processed(tmp_path, "should I stop prednisone", turn)
    assert message.get(TURN)["label"] == "personal_advice/start_stop"
    assert message.get(TURN)["answers"] == []
    assert message.get(TURN)["options"] == ["treatment/steroids"]


def test_an_editors_own_question_is_answered(tmp_path: Path) -> None:
    turn = {
        "label": "treatment/statins",
        "answers": ["treatment/statins"],
        "options": [],
        "ranking": [["treatment/statins", 1.0]],
    }
    message = processed(tmp_path, "Should I give up my simvastatin?", dict(turn))
    assert message.get(TURN) == turn


def test_a_change_of_phrases_trains_anew(tmp_path: Path, monkeypatch) -> None:
    before = RedFlagDetector.fingerprint_addon({})
    (tmp_path / "signs.yml").write_text("signs: {}")
    monkeypatch.setattr(red_flag_detector, "HERE", tmp_path)
    assert RedFlagDetector.fingerprint_addon({}) != before
