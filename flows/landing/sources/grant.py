"""Grants: allocation, spend, forecast and carry-forward by budget line and period, in pounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import REMARKS, area_column
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.financial_periods import days_of
from flows.landing.tables.typed_values import Fault

if TYPE_CHECKING:
    import pyarrow as pa

AMOUNTS = ("allocation", "spend", "forecast", "carry_forward_in", "outcomes")
LINE_TYPES = ("line", "total")
KEY = ("area", "grant_name", "period", "line_type", "budget_line")

# Every part of the key but the name of the grant, which a document of one grant leaves out.
_NAMED = ("area", "period", "line_type", "budget_line")

LINES = Contract(
    "grant_lines",
    (
        area_column("The partnership that has the grant, by name or by ONS code.", "Wolverhampton"),
        Column(
            "period",
            "period",
            "financial_period",
            "Financial year, or a quarter of it.",
            "2015/16 Q2",
            required=True,
        ),
        Column(
            "line_type",
            "line_type",
            "text",
            "Whether the row is a budget line, or the total that the document states.",
            "line",
            required=True,
            allowed=LINE_TYPES,
        ),
        Column(
            "budget_line",
            "budget_line",
            "text",
            "Name of the line.",
            "Targeted youth work",
            required=True,
            max_length=200,
        ),
        Column(
            "allocation",
            "allocation",
            "number",
            "Pounds granted for the year, without what was carried forward.",
            "44000",
        ),
        Column("spend", "spend", "number", "Pounds spent in the period.", "10500.50"),
        Column(
            "forecast",
            "forecast",
            "number",
            "Pounds expected to be spent in the whole year.",
            "43000",
            in_header=False,
        ),
        Column(
            "carry_forward_in",
            "carry_forward_in",
            "number",
            "Pounds carried into the year from the year before.",
            "38000",
            in_header=False,
            aliases=("carry forward",),
        ),
        Column(
            "outcomes",
            "outcomes",
            "number",
            "How many outcomes the spend bought in the period.",
            "25",
            in_header=False,
            minimum=0,
        ),
        Column(
            "outcome_unit",
            "outcome_unit",
            "text",
            "What the outcomes are counted in.",
            "young people in mentoring",
            in_header=False,
            max_length=200,
        ),
        Column(
            "grant_name",
            "grant",
            "text",
            "Name of the grant; an area can have several in one year, side by side.",
            "Police and Crime Commissioner's community safety fund",
            in_header=False,
            aliases=("grant name", "fund", "funding stream"),
            max_length=200,
        ),
        Column(
            "funder",
            "funder",
            "text",
            "Who gives the grant.",
            "Police and Crime Commissioner",
            in_header=False,
            max_length=200,
        ),
        Column(
            "priority",
            "priority",
            "text",
            "Priority of the partnership's plan that the line serves.",
            "Reduce youth violence",
            in_header=False,
            max_length=200,
        ),
        Column(
            "provider",
            "provider",
            "text",
            "Organisation that is paid to deliver the line; never a person.",
            "Youth service",
            in_header=False,
            max_length=200,
        ),
        Column(
            "source_document",
            "source_document",
            "text",
            "Where the figures were taken from.",
            "Partnership report 2015/16",
            in_header=False,
        ),
        REMARKS,
    ),
)


def _amount_given(table: pa.Table, lines: pa.Array) -> list[Fault]:
    none = pc.is_null(table.column(AMOUNTS[0]))
    for name in AMOUNTS[1:]:
        none = pc.and_(none, pc.is_null(table.column(name)))
    return [Fault("allocation", "an amount is missing; expected at least one", none)]


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for row in table.select(["area", "period", "grant_name"]).to_pylist():
        days = days_of(row["period"])
        if days is not None:
            # each grant has documents of its own: a newer one of another grant replaces nothing
            named = " ".join((row["grant_name"] or "").casefold().split())
            yield Coverage(row["area"], f"grant: {named}" if named else "grant", *days)


def read_lines(file: SupplierFile) -> Reading:
    """Read budget lines; the file gives every line of the areas and periods in it."""
    return read_long_table(
        file,
        LINES,
        [
            _amount_given,
            stated_once(
                KEY, AMOUNTS, "budget_line", "area, grant, period and budget line", required=_NAMED
            ),
        ],
        _covered,
    )


FILES = SourceFiles(
    (
        Reader(
            dataset="grant_lines",
            contract=LINES,
            accepts=is_table,
            read=read_lines,
        ),
    ),
)
