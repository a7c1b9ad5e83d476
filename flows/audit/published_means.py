"""Judges the mean of a family and the rate of a force that a sentence sets beside a rate.

"12.6 per 1,000, against a family mean of 10.9", "below the force rate of 0.84".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding
from flows.audit.nearest_named import nearest_named
from flows.audit.published_rates import rate_finding
from flows.audit.published_rows import PublishedRows

_JOINED = r"(?:\s(?:of|was|is|at|being)|,|:)?\s\(?(?:just\s|about\s|around\s)?$"
_MEANS = (
    (
        "family_mean_rate",
        re.compile(
            r"\b(?:family|families|(?:most\ssimilar|similar|peer|family|comparison|its|the|a)\sgroup|msg|msf|peers?)"
            r"(?:'s|\N{RIGHT SINGLE QUOTATION MARK}s?|s')?\s(?:mean|average)(?:\srate)?" + _JOINED,
            re.IGNORECASE,
        ),
    ),
    (
        "force_rate",
        re.compile(
            r"\bthe\sforce(?:\sarea)?(?:\sas\sa\swhole)?\s(?:stood\sat|was\sat|had)\s(?:just\s|about\s)?$",
            re.IGNORECASE,
        ),
    ),
    (
        "force_rate",
        re.compile(
            r"\b(?:force(?:'s|\N{RIGHT SINGLE QUOTATION MARK}s|\sarea|[\s-]wide)?)\srate" + _JOINED,
            re.IGNORECASE,
        ),
    ),
)
_NOT = re.compile(
    r"\b(?:change|changes|increase|decrease|rise|fall|growth|median)\b", re.IGNORECASE
)


class PublishedMeans:
    """Judges the figure behind such words where the text is about one rate."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each mean or force rate that the publication has."""
        about = nearest_named(claims)
        if about is None or any(context.is_narrower for _, context in claims.clauses):
            return
        area, indicator, period = about
        row = self._rows.row(Context(area, indicator, period))
        if row is None or len({one.last for one in claims.mentioned.periods}) > 1:
            return
        for said in claims.mentioned.of_unit("rate", "count"):
            if said.step >= 1:
                continue
            for name, pattern in _MEANS:
                stands = pattern.search(claims.text[: said.start])
                if stands is None or row.get(name) is None:
                    continue
                if _NOT.search(stands[0]):
                    continue
                beside = next((one.base for one in claims.mentioned.of_unit("rate")), None)
                figure = replace(said, unit="rate", base=said.base or beside)
                yield rate_finding(claims.sentence, {**row, "rate": row[name]}, figure)
