"""Grants: years, and quarters of a year that is not whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.papers.document import Column, Document, Heading, Paragraph, table_of
from flows.papers.published import Area, Published, Row


def money(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add the grant over the years, and a year of which only quarters are in up to its newest."""
    document.add(Heading("Money"))
    rows = published.rows(
        "select * from fct_grant_lines where area_code = $area and is_whole_year and is_total "
        "and period_start <= $until order by period_end, grant_name",
        area=area.code,
        until=period_end,
    )
    quarters = published.rows(
        "select * from fct_grant_lines as quarters where area_code = $area and is_total "
        "and not is_whole_year and period_end <= $until and not exists ("
        "  select 1 from fct_grant_lines as years where years.area_code = quarters.area_code "
        "  and years.grant_name = quarters.grant_name and years.is_whole_year "
        "  and quarters.period_end between years.period_start and years.period_end) "
        "order by period_end, grant_name",
        area=area.code,
        until=period_end,
    )
    if not rows and not quarters:
        document.add(Paragraph("No grant lines have been supplied.", "gap"))
        return
    if rows:
        document.add(
            table_of(
                "Grant by year, pounds",
                (
                    ("period_label", Column("Year")),
                    ("grant_name", Column("Grant")),
                    ("allocation", Column("Allocation", "number")),
                    ("carry_forward_in", Column("Carried forward", "number")),
                    ("available", Column("Available", "number")),
                    (
                        "allocation_change_pct",
                        Column("Change of the allocation, %", "number", 1, signed=True),
                    ),
                    ("spend_to_date", Column("Spent", "number")),
                    ("underspend", Column("Left", "number")),
                ),
                rows,
                note=_rounded(rows),
                sheet="Grant",
            )
        )
    if quarters:
        document.add(
            table_of(
                "Grant by quarter, pounds",
                (
                    ("period_label", Column("Quarter")),
                    ("grant_name", Column("Grant")),
                    ("available", Column("Available in the year", "number")),
                    ("spend", Column("Spent in the quarter", "number")),
                    ("spend_to_date", Column("Spent to date", "number")),
                    ("underspend", Column("Left", "number")),
                    ("forecast", Column("Forecast for the year", "number")),
                ),
                quarters,
                note=" ".join(
                    filter(
                        None,
                        ("Only quarters of these years have been supplied.", _rounded(quarters)),
                    )
                ),
                sheet="Grant quarters",
            )
        )
    for row in [*rows, *quarters]:
        if row["sum_differs"]:
            document.add(
                Paragraph(
                    f"The lines of {row['grant_name']}, {row['period_label']}, sum to "
                    f"£{row['lines_sum']:,.0f}, the stated total is £{row['stated_total']:,.0f}.",
                    "caution",
                )
            )


def _rounded(rows: Sequence[Row]) -> str:
    """Say that amounts are rounded, where pence are left out that a reader's own sum would show."""
    has_pence = any(
        row[amount] is not None and float(row[amount]) != round(float(row[amount]))
        for row in rows
        for amount in ("spend", "spend_to_date", "underspend")
    )
    return "Rounded to whole pounds, so a sum can differ by £1." if has_pence else ""
