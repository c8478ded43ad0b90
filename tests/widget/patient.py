"""What a patient does with the widget, and what can be seen of it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


class Patient:
    def __init__(self, page: Page, patience: float = 5000) -> None:
        self.page = page
        self.patience = patience
        self.widget = page.locator("ask-myo")
        self.log = self.widget.get_by_role("log")
        self.box = self.widget.get_by_label("Your question")

    def button(self, name: str) -> Locator:
        """The last button whose name starts with these words, as a voice user would say them."""
        return self.widget.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).last

    def open(self) -> None:
        self.button("Ask about IBM").click()
        self.sees("I am not a doctor")

    def press(self, name: str) -> None:
        self.button(name).click()

    def ask(self, text: str) -> None:
        self.box.fill(text)
        self.press("Send")

    def sees(self, text: str) -> None:
        expect(self.widget.get_by_text(text).last).to_be_visible(timeout=self.patience)

    def misses(self, text: str) -> None:
        expect(self.widget.get_by_text(text)).to_have_count(0)

    def cards(self) -> list[str]:
        return [card.get_attribute("data-kind") or "" for card in self.log.locator(".card").all()]

    def said(self) -> list[str]:
        return self.log.locator(".said .text").all_inner_texts()

    def focused(self) -> str:
        """The id, or the words, of what has focus, inside the widget or outside."""
        return self.page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                return at ? at.id || at.dataset.key || at.innerText.trim() || at.tagName : '';
            }"""
        )

    def inside(self, script: str) -> Any:
        """Evaluates `script` with `root`, the widget's shadow root, and `element`."""
        return self.page.evaluate(
            "(script) => new Function('element', 'root', `return (${script})`)"
            "(document.querySelector('ask-myo'), document.querySelector('ask-myo').shadowRoot)",
            script,
        )
