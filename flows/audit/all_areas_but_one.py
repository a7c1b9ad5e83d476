"""Judges "down in every district apart from Kirklees" by the change of each area of the force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.area_words import AREAS
from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.marks import Word
from flows.audit.nearest_named import named_nearby
from flows.audit.number_words import COUNT
from flows.audit.other_comparisons import ALL_BUT, is_a_year_before
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import change_of, of_row
from flows.audit.vocabulary import AREA
from flows.papers.published import Row

_MOVE = re.compile(
    rf"\b(?:(?P<up>{RISES}|more|up|higher)|(?P<down>{FALLS}|down|lower|fewer))\b", re.IGNORECASE
)
# "lower in four of the five districts; the exception was Kirklees"
_THE_EXCEPTION = re.compile(
    rf"\b{COUNT}\s(?:out\s)?of\s(?:the\s|its\s)?{COUNT}\s(?:[\w-]+\s){{0,3}}?(?:{AREAS})\b[^.;]{{0,60}}[;,:]\s"
    r"(?:with\s)?the\s(?:one\s|only\s|sole\s|single\s)?exception\s(?:was|is|being)\s(?=[A-Z])"
)
_DENIED = re.compile(r"\b(?:not|no|nor|never|neither|rate\sthan)\b|n't\b", re.IGNORECASE)


class AllAreasButOne:
    """Judges a sentence of one indicator, one period and one exception."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge it where every area of the force has a published change."""
        said = ALL_BUT.search(claims.text) or _THE_EXCEPTION.search(claims.text)
        if said is None or _DENIED.search(claims.text):
            return
        named = [mark for mark in claims.marks if isinstance(mark, Word) and mark.mark == AREA]
        ways = {match.lastgroup for match in _MOVE.finditer(claims.text)}
        but = [mark.value for mark in named if mark.start >= said.end()]
        if len(ways) != 1 or len(but) != 1 or len({mark.value for mark in named}) > 2:
            return
        row = self._row(claims, but[0])
        if row is None:
            return
        members = self._rows.members_of(row)
        changes = {str(one["area_name"]): change_of(one) for one in members}
        known = {name: change for name, change in changes.items() if change is not None}
        if len(known) != len(members) or len(members) < 3:
            return
        is_up = ways == {"up"}
        others = {name for name, change in known.items() if (change > 0) != is_up or change == 0}
        listed = ", ".join(f"{name} {number(change, 1)}" for name, change in known.items())
        yield of_row(
            claims.sentence, "confirmed" if others == {but[0]} else "contradicted", "all of them",
            said[0] + but[0], f"the changes are {listed}", row,
        )  # fmt: skip

    def _row(self, claims: Claims, area: str) -> Row | None:
        _, indicators, periods = named_nearby(claims)
        indicators = indicators or {one.indicator for _, one in claims.clauses if one.indicator}
        if len(indicators) != 1 or not periods:
            return None
        latest = max(periods, key=lambda one: one.last)
        if any(one.last < latest.first and not is_a_year_before(one, latest) for one in periods):
            return None
        return self._rows.row(Context(area, indicators.pop(), latest))
