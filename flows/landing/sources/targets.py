"""Targets: what a partnership has set itself for an area, indicator and period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from flows.calendar_months import (
    add_months,
    financial_year_days,
    financial_year_of,
    month_end,
    month_start,
)
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import area_column, indicator_column
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.typed_values import Fault

PERIOD_TYPES = ("month", "quarter", "ytd", "rolling_12", "financial_year", "calendar_year")
KEY = ("area", "indicator_id", "period_type", "period_end")

TARGETS = Contract(
    "targets",
    (
        area_column("The area, by name or by ONS code."),
        indicator_column("residential_burglary"),
        Column(
            "period_type",
            "period_type",
            "text",
            "Kind of period that the target is for; a year's target says nothing of a quarter.",
            "quarter",
            required=True,
            allowed=PERIOD_TYPES,
        ),
        Column(
            "period_end",
            "period_end",
            "date",
            "Last day of the period.",
            "2017-09-30",
            required=True,
        ),
        Column(
            "target_value",
            "target_value",
            "number",
            "The target, in the unit of the indicator.",
            "250",
            required=True,
            minimum=0,
            aliases=("target",),
        ),
        Column(
            "source_document",
            "source_document",
            "text",
            "Document that set the target.",
            "Community safety plan 2017 to 2020",
            in_header=False,
        ),
    ),
)


def period_start(period_type: str, period_end: date) -> date | None:
    """Give the first day of a period by its last, or None where no such period ends that day."""
    year, month = period_end.year, period_end.month
    if not 1 < year < 9999 or period_end != month_end(period_end):
        return None
    if period_type == "month":
        return month_start(period_end)
    if period_type == "quarter":
        return add_months(period_end, -2) if month % 3 == 0 else None
    if period_type == "ytd":
        return financial_year_days(financial_year_of(period_end))[0]
    if period_type == "rolling_12":
        return add_months(period_end, -11)
    if period_type == "financial_year":
        return add_months(period_end, -11) if month == 3 else None
    return date(year, 1, 1) if month == 12 else None


def _period_ends(table: pa.Table, lines: pa.Array) -> list[Fault]:
    wrong = [
        kind is not None and end is not None and period_start(kind, end) is None
        for kind, end in zip(
            table.column("period_type").to_pylist(),
            table.column("period_end").to_pylist(),
            strict=True,
        )
    ]
    return [
        Fault(
            "period_end",
            "expected the last day of a period of this period_type",
            pa.array(wrong, pa.bool_()),
        )
    ]


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for row in table.select(list(KEY)).to_pylist():
        start = period_start(row["period_type"], row["period_end"])
        if start is not None:
            yield Coverage(row["area"], row["indicator_id"], start, row["period_end"])


def read_targets(file: SupplierFile) -> Reading:
    """Read targets, a row each."""
    once = stated_once(
        KEY, ("target_value",), "target_value", "area, indicator, period_type and period_end"
    )
    return read_long_table(file, TARGETS, [_period_ends, once], _covered)


FILES = SourceFiles(
    (
        Reader(
            dataset="targets",
            contract=TARGETS,
            accepts=is_table,
            read=read_targets,
            clash="values",
            key=KEY,
            compared=("target_value",),
        ),
    ),
)
