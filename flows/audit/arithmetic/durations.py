"""Judges how a time in minutes and seconds changed: "cut by a third, from 4 minutes 12 seconds"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import fraction_bounds
from flows.audit.marks import HEDGED, find_fractions

_TIME = (
    r"(?:(?P<hours_{0}>\d+)\s(?:hours?|hrs?)(?:\sand)?\s)?(?P<minutes_{0}>\d+)\s(?:minutes?|mins?)"
    r"(?:(?:\sand)?\s(?P<seconds_{0}>\d+)\s(?:seconds?|secs?))?"
)
_FROM_TO = re.compile(
    rf"\bfrom\s{_TIME.format('before')}(?:\s(?:in|at|during)\s[^;.]{{1,30}}?)?,?\sto\s"
    rf"{_TIME.format('after')}",
    re.IGNORECASE,
)
_WAY = re.compile(
    rf"\b(?:(?P<up>{RISES}|lengthened|longer)|(?P<down>{FALLS}|cut|shortened|shorter|halved))\b",
    re.IGNORECASE,
)


class Durations:
    """Judges the words of change of a sentence with one such pair of times."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge its direction, and the part or per cent by which it is said to have changed."""
        found = list(_FROM_TO.finditer(claims.text))
        if len(found) != 1:
            return
        before, after = (_seconds(found[0], name) for name in ("before", "after"))
        if not before or before == after:
            return
        true = 100 * (after - before) / before
        reason = f"from {before:g} to {after:g} seconds is a change of {number(true, 1)}%"
        ways = {one.lastgroup for one in _WAY.finditer(claims.text[: found[0].start()][-60:])}
        if len(ways) == 1:
            holds = (true > 0) == (ways == {"up"})
            yield _finding(claims, holds, "direction", found[0][0], reason)
        parts = find_fractions(claims.text[: found[0].start()][-60:])
        if len(parts) == 1 and len(ways) == 1:
            at = claims.text.find(parts[0].text)
            hedged = HEDGED.search(claims.text[:at])
            low, high = fraction_bounds(
                (hedged["hedge"] or "").lower() if hedged else "", parts[0].value
            )
            holds = 0.9 * low <= abs(true) <= 1.1 * high
            yield _finding(claims, holds, "multiple", parts[0].text, reason)


def _seconds(match: re.Match[str], name: str) -> float:
    hours, minutes, seconds = (
        float(match[f"{unit}_{name}"] or 0) for unit in ("hours", "minutes", "seconds")
    )
    return 3600 * hours + 60 * minutes + seconds


def _finding(claims: Claims, holds: bool, kind: str, claim: str, reason: str) -> Finding:
    verdict: Verdict = "confirmed" if holds else "contradicted"
    return Finding(claims.sentence, verdict, kind, claim, reason)
