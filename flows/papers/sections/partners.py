"""Partners' indicators."""

from __future__ import annotations

from datetime import date

from flows.papers.document import Column, Document, Heading, Paragraph, table_of
from flows.papers.published import Area, Published


def partners(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add partners' indicators with their gaps to region, country and top quartile."""
    document.add(Heading("Partners\N{RIGHT SINGLE QUOTATION MARK} indicators"))
    rows = published.rows(
        "select * from fct_partner_values where area_code = $area and unit = 'per cent' "
        "and is_complete and period_end <= $until and period_type in ('financial_year', "
        "'rolling_12') qualify row_number() over (partition by indicator_id "
        "order by period_end desc, period_type) = 1 order by indicator_name",
        area=area.code,
        until=period_end,
    )
    if not rows:
        document.add(Paragraph("No partner has supplied figures for this period.", "gap"))
        return
    document.add(
        table_of(
            "Partners\N{RIGHT SINGLE QUOTATION MARK} indicators beside region and country",
            (
                ("indicator_name", Column("Indicator")),
                ("period_label", Column("Period")),
                ("value", Column("Figure, %", "number", 1)),
                ("region_value", Column("Region, %", "number", 1)),
                ("country_value", Column("Country, %", "number", 1)),
                ("country_gap", Column("Gap to country, points", "number", 1, signed=True)),
                ("people_behind_country", Column("People behind the country", "number")),
            ),
            rows,
            note="Two percentages differ in percentage points.",
            sheet="Partners",
        )
    )
