"""Judges so many a day, week or month against the published figure of the period spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.arithmetic.averages_over_a_period import average_said, is_near_average, per_time
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.counted_noun import counts_what_is_published
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.nearest_named import nearest_named
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row

_APART = re.compile(r";|,\s(?:whereas|while|compared\s(?:with|to)|against|up\sfrom|down\sfrom)\s")


class PublishedAverages:
    """Judges an average of a sentence that gives no figure it could be of."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the one average of a sentence with one area, indicator and period of its own."""
        said = average_said(claims)
        about = nearest_named(claims)
        if said is None or about is None:
            return
        figure, unit = said
        if len(claims.mentioned.periods) != 1 and not _has_one_period(claims, figure):
            return
        if not counts_what_is_published(claims, figure):
            return
        others = [one for one in claims.mentioned.of_unit("count") if one is not figure]
        if any(one.value > figure.value for one in others):
            return
        if any(context.is_narrower for _, context in claims.clauses):
            return
        area, indicator, period = about
        own = _own_periods(claims, figure)
        period = own[0] if len(own) == 1 else period
        row = self._rows.row(Context(area, indicator, period))
        if row is None or not row["value"] or row.get("unit") != "count":
            return
        true = per_time(float(row["value"]), period, unit)
        if not 1 / 2 <= figure.value / true <= 2:
            return
        holds = fits(figure, true) in ("confirmed", "doubtful") or is_near_average(figure, true)
        yield of_row(
            claims.sentence, "confirmed" if holds else "contradicted", "average",
            f"{figure.text.strip()} a {unit}", f"it is {number(true, 1)} a {unit}", row,
        )  # fmt: skip


def _own_periods(claims: Claims, figure: Number) -> list[Period]:
    """Return the periods of the part of a sentence in which a figure stands."""
    ends = [0, *(one.end() for one in _APART.finditer(claims.text)), len(claims.text)]
    first = max(end for end in ends if end <= figure.start)
    last = min(end for end in ends if end >= figure.end)
    return [one for one in claims.mentioned.periods if first <= one.start < last]


def _has_one_period(claims: Claims, figure: Number) -> bool:
    """Whether a figure has its own: "185 a month in 2017/18; in 2016/17 it had been 159"."""
    own = _own_periods(claims, figure)
    return len(own) == 1 and not own[0].is_vague
