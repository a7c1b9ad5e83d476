"""Judges "with £38,000 carried forward it had £407,000 to spend" against the amount before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import agreement, fits_within, rounding
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number

_CARRIED = re.compile(
    r"\s(?:was\s|had\sbeen\s|were\s)?(?:carried|brought)\s(?:forward|over)\b", re.IGNORECASE
)
# "£229,000 with a carry-forward of £21,000"
_CARRY_FORWARD = re.compile(
    r"\b(?:with|plus|and)\s(?:a|an|the)\s(?:\w+\s)?(?:carry[\s-]?(?:forward|over))\sof\s$",
    re.IGNORECASE,
)
_TO_SPEND = re.compile(
    r"\s(?:\w+\s){0,2}?(?:to\sspend|available|in\s(?:all|total)|altogether|at\sits\sdisposal)\b",
    re.I,
)


class CarriedForward:
    """Judges the sum of an allocation and what was carried forward to it."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence with the two amounts behind one with a single allocation."""
        figures = claims.mentioned.of_unit("pounds")
        if len(figures) == 2 and claims.before is not None:
            before = claims.before.mentioned.of_unit("pounds")
            if len(before) != 1:
                return
            figures = [*before, *figures]
        if len(figures) != 3:
            return
        allocation, carried, said = figures
        is_carried = _CARRIED.match(claims.text[carried.end :]) or _CARRY_FORWARD.search(
            claims.text[: carried.start]
        )
        if not is_carried or not _TO_SPEND.match(claims.text[said.end :]):
            return
        true = allocation.value + carried.value
        verdict = fits_within(said, true, rounding(allocation, carried))
        yield Finding(
            claims.sentence, verdict, "total", said.text.strip(), agreement(verdict, "the total"),
            f"£{number(allocation.value)} and £{number(carried.value)} are £{number(true)}.",
        )  # fmt: skip
