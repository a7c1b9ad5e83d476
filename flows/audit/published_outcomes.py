"""Judges the share with a positive outcome: "63.5% of drug offences in West Yorkshire"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.sql_text import literal

_OUTCOME = re.compile(r"\b(?:positive|formal)\soutcomes?\b|\boutcome\srate\b", re.IGNORECASE)
_QUERY = """
select area_name, indicator_name, period_label, period_start, period_end,
    positive_outcome_rate, previous_positive_outcome_rate
from fct_outcomes
where area_name = $area and indicator_id = $indicator and positive_outcome_rate is not null
order by period_end, period_type, source, basis
"""
_CHANGE = re.compile(
    r"\b(?:points?|rise|fall|increase|decrease|change|improvement|drop|target|average|national|england)\b",
    re.IGNORECASE,
)


_PARTS = re.compile(r";\s|,\s(?:and|but|while|whereas|with)\s")


class PublishedOutcomes:
    """Judges each per cent of a sentence about the positive outcomes of one area and indicator."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Contradict a per cent that is no rate of the periods named, nor of the year before."""
        shares = claims.mentioned.of_unit("per cent")
        if not shares or _OUTCOME.search(claims.text) is None or _CHANGE.search(claims.text):
            return
        areas, indicators, periods = named_nearby(claims)
        if len(areas) != 1 or len(indicators) != 1 or not periods:
            return
        [area], [indicator] = areas, indicators
        spans = {(one.first, one.last) for one in periods}
        rows = [
            row
            for row in self._rows.rows(_QUERY, area=area, indicator=indicator)
            if (row["period_start"], row["period_end"]) in spans
        ]
        if {(row["period_start"], row["period_end"]) for row in rows} != spans:
            return
        known = [
            float(row[name])
            for row in rows
            for name in ("positive_outcome_rate", "previous_positive_outcome_rate")
            if row[name] is not None
        ]
        for said in shares:
            if re.search(r"\d", said.text) and _is_of_outcomes(claims.text, said):
                yield self._judged(claims, said, known, area, indicator)

    def _judged(
        self, claims: Claims, said: Number, known: list[float], area: str, indicator: str
    ) -> Finding:
        verdicts = {fits(said, true) for true in known}
        holds = "confirmed" in verdicts
        verdict: Verdict = "doubtful" if "doubtful" in verdicts else "contradicted"
        if holds:
            verdict = "confirmed"
        told = ", ".join(f"{number(true, 1)}%" for true in dict.fromkeys(known))
        return Finding(
            claims.sentence, verdict, "outcomes", said.text.strip(),
            "the publication has the same rate" if holds else f"the publication has {told}",
            f"Positive outcome rates: {told}.",
            "select period_label, positive_outcome_rate from fct_outcomes "
            f"where area_name = {literal(area)} and indicator_id = '{indicator}'",
        )  # fmt: skip


def _is_of_outcomes(text: str, said: Number) -> bool:
    """Whether the part of a sentence in which a per cent stands speaks of outcomes."""
    ends = [match.start() for match in _PARTS.finditer(text)]
    first = max((end for end in ends if end <= said.start), default=0)
    last = min((end for end in ends if end >= said.end), default=len(text))
    return _OUTCOME.search(text[first:last]) is not None
