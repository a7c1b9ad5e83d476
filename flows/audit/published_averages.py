"""Judges so many a day, week or month against the published figure of the period spoken of."""

from __future__ import annotations

from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.arithmetic.averages_over_a_period import average_said, is_near_average, per_time
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.counted_noun import counts_what_is_published
from flows.audit.findings import Finding, number
from flows.audit.nearest_named import nearest_named
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row


class PublishedAverages:
    """Judges an average of a sentence that gives no figure it could be of."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the one average of a sentence with one area, indicator and period of its own."""
        said = average_said(claims)
        about = nearest_named(claims)
        if said is None or about is None or len(claims.mentioned.periods) != 1:
            return
        figure, unit = said
        if not counts_what_is_published(claims, figure):
            return
        others = [one for one in claims.mentioned.of_unit("count") if one is not figure]
        if any(one.value > figure.value for one in others):
            return
        if any(context.is_narrower for _, context in claims.clauses):
            return
        area, indicator, period = about
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
