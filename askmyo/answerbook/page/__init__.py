"""The static page: all questions and answers, readable without scripts and without the bot."""

from askmyo.answerbook.page.site import build, render

__all__ = ["build", "render"]
