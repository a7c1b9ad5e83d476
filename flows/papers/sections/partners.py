"""Partners' indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.papers.document import Column, Document, Heading, Paragraph, Table, table_of
from flows.papers.published import Area, Published, Row

# Of each indicator the longest of the periods that end last; and where a partner gave no comparator
# of it, the longest of them that has one: returns give those of their own quarters.
_FIGURES = """
with figures as (
    select *, coalesce(region_value, country_value, top_quartile_value) is not null as is_compared
    from fct_partner_values
    where area_code = $area and unit = 'per cent' and is_complete and period_end <= $until
),
ending_last as (
    select * from figures
    qualify period_end = max(period_end) over (partition by indicator_id)
)
select * from ending_last
qualify
    row_number() over (partition by indicator_id order by period_start, period_type) = 1
    or is_compared
    and row_number() over (
        partition by indicator_id, is_compared order by period_start, period_type
    ) = 1
order by indicator_name, period_start
"""


def partners(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add partners' indicators with their gaps to region, country and top quartile."""
    document.add(Heading("Partners\N{RIGHT SINGLE QUOTATION MARK} indicators"))
    rows = published.rows(_FIGURES, area=area.code, until=period_end)
    if not rows:
        document.add(Paragraph("No partner has supplied figures for this period.", "gap"))
        return
    document.add(_table(rows))


def _table(rows: Sequence[Row]) -> Table:
    beside = [
        words
        for column, words in (
            ("region_value", "region"),
            ("country_value", "country"),
            ("top_quartile_value", "the top quartile"),
        )
        if any(row[column] is not None for row in rows)
    ]
    named = " and ".join(filter(None, (", ".join(beside[:-1]), *beside[-1:])))
    notes = ["Gaps are in percentage points."] if beside else ["No partner gave a comparator."]
    if any(row["is_suppressed"] for row in rows):
        notes.append("Withheld: a small number, or one that would reveal a small number.")
    return table_of(
        "Partners\N{RIGHT SINGLE QUOTATION MARK} indicators" + (f" beside {named}" * bool(beside)),
        (
            ("indicator_name", Column("Indicator")),
            ("period_label", Column("Period")),
            ("value", Column("Figure, %", "number", 1)),
            ("region_value", Column("Region, %", "number", 1)),
            ("country_value", Column("Country, %", "number", 1)),
            ("country_gap", Column("Gap to country, points", "number", 1, signed=True)),
            ("people_behind_country", Column("People behind the country", "number")),
            ("top_quartile_value", Column("Top quartile, %", "number", 1)),
            ("top_quartile_gap", Column("Gap to top quartile, points", "number", 1, signed=True)),
            ("people_behind_top_quartile", Column("People behind the top quartile", "number")),
        ),
        [{**row, "value": "withheld" if row["is_suppressed"] else row["value"]} for row in rows],
        note=" ".join(notes),
        sheet="Partners",
    )
