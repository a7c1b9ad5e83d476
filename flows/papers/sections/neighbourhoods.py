"""Neighbourhoods of an area, with a map where boundaries are at hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows.papers.charts.concentration import concentration_curve
from flows.papers.charts.map import boundaries_of, neighbourhood_map
from flows.papers.document import Column, Document, Heading, Paragraph, day, table_of
from flows.papers.published import Area, Published


def neighbourhoods(
    document: Document, published: Published, area: Area, period_end: date, boundaries: Path
) -> None:
    """Add the ten neighbourhoods with most crime, and a map where boundaries are at hand."""
    document.add(Heading("Neighbourhoods"))
    rows = published.rows(
        "select * from fct_neighbourhoods where area_code = $area "
        "and indicator_id = 'total_recorded_crime' and neighbourhood_type = 'lsoa' and is_complete "
        "and period_end = (select max(period_end) from fct_neighbourhoods where area_code = $area "
        "and indicator_id = 'total_recorded_crime' and is_complete and period_end <= $until) "
        "order by period_type = 'month', rank_in_csp",
        area=area.code,
        until=period_end,
    )
    if not rows:
        document.add(
            Paragraph(
                f"There are no figures for neighbourhoods of {area.name} up to {day(period_end)}. "
                "They come from data.police.uk street files (`csp fetch police-uk`).",
                "gap",
            )
        )
        return
    rows = [row for row in rows if row["period_type"] == rows[0]["period_type"]]
    worst = rows[0]
    shapes = boundaries_of(boundaries, {row["neighbourhood_code"] for row in rows})
    finding = f"{worst['neighbourhood_name']} recorded most crime of all neighbourhoods"
    if shapes and all(row["rate"] is None for row in rows):
        document.add(
            Paragraph(
                "a map shows rates, and there is no population of these neighbourhoods. Put "
                "estimates by small area into raw/population.",
                "gap",
            )
        )
    elif shapes:
        document.add(
            neighbourhood_map(rows, shapes, finding, "Street-level crime of data.police.uk")
        )
    if worst["csp_top_5pct_share_pct"] is not None and len(rows) >= 20:
        document.add(concentration_curve(rows, "Street-level crime of data.police.uk"))
    document.add(
        table_of(
            f"Ten neighbourhoods with most crime, {worst['period_label']}",
            (
                ("neighbourhood_name", Column("Neighbourhood (LSOA)")),
                ("value", Column("Offences", "number")),
                ("rate", Column("Rate per 1,000", "number", 1)),
                ("share_of_csp_pct", Column("Share of the partnership, %", "number", 1)),
                ("rank_in_csp", Column("Rank", "number")),
            ),
            rows[:10],
            note="data.police.uk moves crimes to points on a map, so a crime near a boundary may "
            "count next door.",
            sheet="Neighbourhoods",
        )
    )
