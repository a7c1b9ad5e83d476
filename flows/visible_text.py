"""Text of suppliers for showing: what would steer a terminal or turn the writing is spelt out."""

from __future__ import annotations

import re

# Control characters, marks of direction, invisible separators, and halves of surrogate pairs.
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff]"
)


def visible(text: str, *, one_line: bool = False) -> str:
    r"""Spell out characters that steer a terminal (`\x1b`), change direction or cannot be seen.

    Line ends and tabs stay, unless the text must be `one_line`.
    """
    spelt = _STEERING.sub(_spelt, text)
    return re.sub(r"[\n\t]", _spelt, spelt) if one_line else spelt


def _spelt(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
