"""Finds a number in which two neighbouring digits have changed places: 260 a month for 206.

What it should be is looked for among the published figures of what the sentence is about and among
what its other numbers work out to. Only a number that nothing else explains is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.of_something_else import are_swapped
from flows.audit.possible_figures import Possible, published_figures, worked_out
from flows.audit.published_rows import PublishedRows

_JUDGED = ("confirmed", "contradicted")


class SwappedDigits:
    """Judges the numbers of a sentence that nothing else has judged."""

    def __init__(self, rows: PublishedRows | None) -> None:
        self._rows = rows

    def judge(self, claims: Claims, found: Sequence[Finding]) -> Iterator[Finding]:
        """Yield a finding for each number whose swapped digits are the right ones."""
        judged = {one.claim for one in found if one.verdict in _JUDGED}
        published = list(published_figures(claims, self._rows)) if self._rows is not None else []
        for said in claims.mentioned.numbers:
            if said.text.strip() in judged or not _has_three_digits(said):
                continue
            possible = [*published, *worked_out(claims, said)]
            possible = [one for one in possible if _is_of_same_unit(said, one)]
            if any(fits(said, one.value) in ("confirmed", "doubtful") for one in possible):
                continue
            for one in possible:
                true = round(abs(one.value) / said.step) * said.step
                if are_swapped(said.value, true):
                    yield _finding(claims, said, one, true)
                    break


def _finding(claims: Claims, said: Number, one: Possible, true: float) -> Finding:
    decimals = 0 if said.step >= 1 else len(f"{said.step:g}") - 2
    return Finding(
        claims.sentence,
        "contradicted",
        "digits",
        said.text.strip(),
        f"two digits are swapped: {number(true, decimals)}",
        one.right,
        one.query,
    )


def _has_three_digits(said: Number) -> bool:
    return len(re.sub(r"\D", "", said.text).rstrip("0")) >= 2 and len(
        re.sub(r"\D", "", said.text)
    ) >= 3


def _is_of_same_unit(said: Number, one: Possible) -> bool:
    if {said.unit, one.unit} <= {"per cent", "points"}:
        return True
    return said.unit == one.unit and not (said.unit == "count" and said.step < 1)
