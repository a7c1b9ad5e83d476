"""Finds a number in which two neighbouring digits have changed places: 260 a month for 206.

What it should be is looked for among the published figures of what the sentence is about and among
what its other numbers work out to. Only a number that nothing else explains is judged.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.audit.agreement import are_swapped, fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.nearest_named import named_nearby
from flows.audit.possible_figures import Possible, published_figures, worked_out
from flows.audit.published_rows import PublishedRows

_JUDGED = ("confirmed", "contradicted")
_OF_RATES = re.compile(
    r"\brates?\b|\bper\s(?:1,?000|10,?000|100,?000|head|thousand)\b", re.IGNORECASE
)


_LINES = """
select allocation, available, spend, spend_to_date, underspend
from fct_grant_lines
where area_name = $area
"""


class SwappedDigits:
    """Judges the numbers of a sentence that nothing else has judged."""

    def __init__(self, rows: PublishedRows | None) -> None:
        self._rows = rows

    def judge(self, claims: Claims, found: Sequence[Finding]) -> Iterator[Finding]:
        """Yield a finding for each number that is right with two of its digits swapped."""
        judged = {one.claim for one in found if one.verdict in _JUDGED}
        published = list(published_figures(claims, self._rows)) if self._rows is not None else []
        is_of_rates = _speaks_of_rates(claims)
        for said in claims.mentioned.numbers:
            if said.text.strip() in judged or not re.search(r"\d", said.text):
                continue
            one = said
            if said.unit == "count" and said.step < 1:
                if not is_of_rates:
                    continue
                one = replace(said, unit="rate")
            possible = [
                other
                for other in (*published, *worked_out(claims, said))
                if {one.unit, other.unit} <= {"per cent", "points"} or one.unit == other.unit
            ]
            if self._is_published(claims, said):
                continue
            if not any(fits(one, other.value) in ("confirmed", "doubtful") for other in possible):
                yield from _swapped(claims, one, possible)

    def _is_published(self, claims: Claims, said: Number) -> bool:
        """Whether a number is a figure of another period, or of a budget line."""
        if self._rows is None:
            return False
        areas, indicators, _ = named_nearby(claims)
        if said.unit == "pounds":
            lines = (row for area in areas for row in self._rows.rows(_LINES, area=area))
            return any(said.value in row.values() for row in lines)
        return any(
            said.value == row["value"]
            for area, indicator in itertools.product(areas, indicators)
            for row in self._rows.of(area, indicator)
        )


def _speaks_of_rates(claims: Claims) -> bool:
    before = claims.before.text if claims.before is not None else ""
    return _OF_RATES.search(claims.text) is not None or _OF_RATES.search(before) is not None


def _swapped(claims: Claims, said: Number, possible: Sequence[Possible]) -> Iterator[Finding]:
    for one in possible:
        if are_swapped(said, one.value):
            decimals = 0 if said.step >= 1 else len(f"{said.step:g}") - 2
            yield Finding(
                claims.sentence, "contradicted", "digits", said.text.strip(),
                f"two digits are swapped: {number(abs(one.value), decimals)}",
                one.right, one.query,
            )  # fmt: skip
            return
