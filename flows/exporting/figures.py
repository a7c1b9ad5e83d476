"""Which figures a file holds, and in which columns: rows of `rpt_figures` as they are published."""

from __future__ import annotations

from datetime import date

from flows.papers.published import Area, PaperError, Published, Row

COLUMNS = (
    "area_code",
    "area_name",
    "area_type",
    "indicator_id",
    "indicator_name",
    "unit",
    "period_type",
    "period_label",
    "period_start",
    "period_end",
    "value",
    "previous_value",
    "change",
    "change_pct",
    "change_pp",
    "change_pct_is_unreliable",
    "verdict",
    "rate_per",
    "rate",
    "rate_lower",
    "rate_upper",
    "denominator_kind",
    "population_year",
    "family_rank_in_words",
    "break_note",
    "is_provisional",
    "is_suppressed",
    "source",
    "source_title",
    "extract_date",
    "sentence",
)


def figures_of(published: Published, area: Area, period_end: date | None) -> list[Row]:
    """Return an area's figures, of all periods or of those that end on one day.

    Raises `PaperError` where there are none, with the periods that there are.
    """
    rows = published.rows(
        f"select {', '.join(COLUMNS)} from rpt_figures where area_code = $area "
        "and ($period_end is null or period_end = $period_end) "
        "order by period_end desc, period_type, indicator_name",
        area=area.code,
        period_end=period_end,
    )
    if not rows:
        known = ", ".join(f"{end:%Y-%m}" for end in published.period_ends(area)[:6])
        raise PaperError(
            f"{area.name} has no complete figures"
            + (f" for periods that end in {period_end:%Y-%m}" if period_end else "")
            + (f". There are figures up to {known}." if known else " for any period.")
            + " Next: name one of these with --period, or see `csp status`"
        )
    return rows
