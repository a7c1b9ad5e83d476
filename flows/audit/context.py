"""What a piece of a draft is about."""

from __future__ import annotations

from dataclasses import dataclass

from flows.audit.periods import Period


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause is about, as far as it or the text before it says."""

    area: str = ""
    indicator: str = ""
    period: Period | None = None
    is_narrower: bool = False
    is_guess: bool = False
    is_of_something_else: bool = False
