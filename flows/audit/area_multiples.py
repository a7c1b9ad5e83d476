"""Judges "Bradford recorded three times as many crimes as Calderdale" by both published figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import TIMES_AS_MANY, times_said
from flows.audit.marks import Word
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row
from flows.audit.vocabulary import AREA

_RATE = re.compile(r"\b(?:rates?|per\s(?:head|[\d,]+)|relative\sto|likely)\b", re.IGNORECASE)
_CRIMES = re.compile(r"\s(?:recorded\s)?(?:crimes|offences)\s(?:as|than|in|,)", re.IGNORECASE)
# So far may the ratio be outside what is said, as a share of it, before it is contradicted.
_LOOSE = 0.1


class AreaMultiples:
    """Judges a sentence of two areas, one indicator and one period, without figures of its own."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the one multiple, of the first area's number to the second's."""
        said = TIMES_AS_MANY.search(claims.text)
        if said is None or _RATE.search(claims.text) or "many" not in said[0].casefold():
            return
        if any(re.search(r"\d", one.text) for one in claims.mentioned.of_unit("count", "rate")):
            return
        areas = [m for m in claims.marks if isinstance(m, Word) and m.mark == AREA]
        first = [m.value for m in areas if m.end <= said.start()]
        second = [m.value for m in areas if m.start >= said.end()]
        _, indicators, periods = named_nearby(claims)
        if _CRIMES.match(claims.text[said.end() :]):
            indicators = {"total_recorded_crime"}
        if len(set(first)) != 1 or len(set(second)) != 1 or len(indicators) != 1:
            return
        if len(periods) != 1 or any(one.is_narrower for _, one in claims.clauses):
            return
        contexts = (Context(area, min(indicators), periods[0]) for area in (first[0], second[0]))
        rows = [row for one in contexts if (row := self._rows.row(one)) is not None]
        if len(rows) != 2 or not all(row["value"] for row in rows):
            return
        more, less = (float(row["value"]) for row in rows)
        ratio = more / less
        low, high = times_said(said)
        verdict: Verdict = "confirmed" if low <= ratio <= high else "doubtful"
        if not low * (1 - _LOOSE) <= ratio <= high * (1 + _LOOSE):
            verdict = "contradicted"
        yield of_row(
            claims.sentence, verdict, "multiple", said[0].strip(),
            f"{number(more)} is {number(ratio, 1)} times {number(less)}", rows[0],
        )  # fmt: skip
