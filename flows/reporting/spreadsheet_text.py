"""Text in exports that a spreadsheet must never take for a formula."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_plain_text(text: str) -> str:
    """Put an apostrophe before text that begins like a formula; other text stays as it is.

    For text of suppliers only: numbers are written as numbers.
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
