"""Figures as their suppliers state them: one table for all sources whose rows fit into it.

A row is a figure of an area, an indicator and a period. Rows that land here become observations,
figures and their history without any further model, whatever source they are from.
"""

from __future__ import annotations

import pyarrow as pa

from flows.calendar_months import month_end
from flows.landing.reader import Reading
from flows.landing.sources.rules.shared_columns import REMARKS, area_column, indicator_column
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.typed_values import LANDED_TYPE

KEY = (
    "area",
    "area_type",
    "comparator",
    "programme",
    "indicator_id",
    "period_start",
    "period_end",
)
FIGURES = ("numerator", "denominator", "value")
AREA_TYPES = ("csp", "force", "region", "country")
COMPARATORS = ("top_quartile", "region", "country", "similar_areas")

STATED_FIGURES = Contract(
    "partner_returns",
    (
        area_column(
            "The area that the figure is of, by name or by ONS code, as the partner writes it."
        ),
        indicator_column("total_recorded_crime"),
        Column(
            "period_start",
            "period_start",
            "date",
            "First day of the period.",
            "2017-07-01",
            required=True,
        ),
        Column(
            "period_end",
            "period_end",
            "date",
            "Last day of the period, the day itself included.",
            "2017-09-30",
            required=True,
        ),
        Column(
            "numerator",
            "numerator",
            "number",
            "The count: cases, offences, persons.",
            "5231",
            minimum=0,
        ),
        Column(
            "denominator",
            "denominator",
            "number",
            "What the count is out of, in the same unit: clients, the cohort, the sample of a "
            "survey; empty where the figure is a count only.",
            "8049",
            minimum=0,
            aliases=("sample size",),
        ),
        Column(
            "value",
            "value",
            "number",
            "The figure itself, where the partner gives no numerator.",
            "64.9",
            in_header=False,
        ),
        Column(
            "area_type",
            "area_type",
            "text",
            "Level of the area, where its name stands on two: West Midlands is a force and a "
            "region.",
            "region",
            in_header=False,
            allowed=AREA_TYPES,
        ),
        Column(
            "comparator",
            "comparator",
            "text",
            "Filled where the row is no figure of the area but what the area is measured "
            "against: the bound of the top quartile, or the figure of its region, its country "
            "or similar areas.",
            "top_quartile",
            in_header=False,
            allowed=COMPARATORS,
        ),
        Column(
            "programme",
            "programme",
            "text",
            "Programme of the partnership that the row is of, where it is a part of the indicator: "
            "people trained in Prevent. The indicator's own figure is a row without a programme.",
            "Prevent",
            in_header=False,
            max_length=100,
        ),
        Column(
            "cohort",
            "cohort",
            "text",
            "Who is followed, for reoffending and the like.",
            "adults released April to June 2015",
            in_header=False,
        ),
        Column(
            "follow_up",
            "follow_up",
            "text",
            "How long they are followed.",
            "12 months",
            in_header=False,
            max_length=200,
        ),
        Column(
            "source_document",
            "source_document",
            "text",
            "Where the partner took the figure from.",
            "Performance report, Q2 2017/18, page 4",
            in_header=False,
        ),
        REMARKS,
    ),
)


def monthly_counts_as_figures(reading: Reading, indicator_id: str, count: str) -> Reading:
    """Bring rows of `area`, `month` and a column of counts into the table of stated figures."""
    table = reading.table
    rows = table.num_rows
    ends = [month_end(month) for month in table.column("month").to_pylist()]
    known = {
        "area": table.column("area"),
        "indicator_id": pa.array([indicator_id] * rows, pa.string()),
        "period_start": table.column("month"),
        "period_end": pa.array(ends, pa.date32()),
        "numerator": table.column(count),
        "_row_number": table.column("_row_number"),
    }
    columns = {
        column.name: known.get(column.name, pa.nulls(rows, LANDED_TYPE[column.kind]))
        for column in STATED_FIGURES.landed_columns()
    }
    reading.table = pa.table({**columns, "_row_number": known["_row_number"]})
    return reading
