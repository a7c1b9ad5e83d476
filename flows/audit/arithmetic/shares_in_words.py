"""Judges a share that is written in words or as per cent against the true one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.audit.agreement import fits
from flows.audit.findings import Verdict
from flows.audit.marks import HEDGED, Number, find_fractions

# Shares that have a name; a share is called by the nearest.
_NAMED = (10.0, 20.0, 25.0, 100 / 3, 40.0, 50.0, 60.0, 200 / 3, 75.0, 80.0, 90.0)
# What lies further above a share than this is not just over it.
_JUST = 1.2
_OVER = ("just over", "over", "more than", "well over")
_UNDER = ("just under", "under", "nearly", "almost", "less than", "fewer than")
_WRITTEN_OUT = {"over": _OVER, "under": ("under",), "nearly": ("nearly",), "about": ("about",)}


@dataclass(frozen=True, slots=True)
class SaidShare:
    """A share as a draft gives it, and where it stands in its text."""

    start: int
    end: int
    text: str
    value: float
    hedge: str
    number: Number | None = None

    def judge(self, true: float) -> Verdict:
        """Judge it against the true share, in per cent."""
        if self.number is not None and re.search(r"\d\s?(?:%|per)", self.text, re.IGNORECASE):
            return fits(self.number, true)
        return _in_words(self.value, self.hedge, true)


def shares_in(text: str, numbers: list[Number]) -> list[SaidShare]:
    """Find per cents, "one in four" and fractions in words, in the order of the text."""
    found = []
    for one in numbers:
        if one.unit == "per cent":
            # "more than one in four": the hedge of a number is of its own kinds
            found.append(SaidShare(one.start, one.end, one.text.strip(), one.value, one.hedge, one))
    for part in find_fractions(text):
        if any(one.start <= part.start < one.end for one in found):
            continue
        hedged = HEDGED.search(text[: part.start])
        hedge = (hedged["hedge"] or "").lower() if hedged else ""
        if re.search(r"\bfewer than\s$", text[: part.start], re.IGNORECASE):
            hedge = "fewer than"
        words = f"{hedge} {part.text}".strip()
        found.append(SaidShare(part.start, part.end, words, part.value, hedge))
    return sorted(found, key=lambda one: one.start)


def _in_words(said: float, hedge: str, true: float) -> Verdict:
    if hedge in _OVER:
        if true < said - 0.5:
            return "contradicted"
        if hedge == "just over" and true > _JUST * said:
            return "contradicted"
        return "confirmed" if true <= 1.4 * said else "doubtful"
    if hedge in _UNDER:
        if true > said + 0.5:
            return "contradicted"
        if hedge in ("just under", "nearly", "almost") and true < 0.75 * said:
            return "contradicted"
        return "confirmed" if true >= 0.8 * said else "doubtful"
    nearest = min(_NAMED, key=lambda one: abs(one - true))
    off = abs(true - said)
    if off <= 1.5 or (abs(nearest - said) < 0.1 and off <= 4):
        return "confirmed"
    return "contradicted" if off > 4 and abs(nearest - said) > 0.1 else "doubtful"
