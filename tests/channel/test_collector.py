"""One reply stays one message."""

from __future__ import annotations

import asyncio

from askmyo.channel.collector import ReplyCollector


def test_text_and_custom_stay_together_and_whole() -> None:
    collector = ReplyCollector()
    message = {"text": "One.\n\nTwo.", "custom": {"kind": "answer"}, "buttons": None, "more": 1}
    asyncio.run(collector.send_response("someone", message))
    asyncio.run(collector.send_response("someone", {"text": None, "custom": None}))
    assert collector.messages == [
        {"recipient_id": "someone", "text": "One.\n\nTwo.", "custom": {"kind": "answer"}}
    ]
