"""How many examples a property tries: a few by default, many where new ones are looked for."""

from __future__ import annotations

import os

_TIMES_AS_MANY = 4


def tried(by_default: int) -> int:
    """Give the number of examples: more of them under CSP_EXPLORE, as the scheduled job sets it."""
    return by_default * _TIMES_AS_MANY if os.environ.get("CSP_EXPLORE") else by_default
