"""Suppliers' words on the terminal: neither markup nor control characters take effect."""

from __future__ import annotations

from rich import markup

from flows.visible_text import visible


def escape(text: str) -> str:
    """Make a text safe to print through Rich, whatever a supplier put into it."""
    return markup.escape(visible(text))


def with_its_place(file: str, reason: str) -> str:
    """Name a file and say why it is not read; a reason that begins with its name says it once."""
    if reason.startswith(file):
        return escape(reason)
    return f"{escape(file)}: {escape(reason)}"
