"""Commentary: what a partnership writes about its own work, for the papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows.calendar_months import month_end
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import area_column
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract

if TYPE_CHECKING:
    import pyarrow as pa

KEY = ("area", "month", "priority", "heading")

COMMENTARY = Contract(
    "commentary",
    (
        area_column("The area that the text is about, by name or by ONS code."),
        Column(
            "month",
            "period",
            "any_month",
            "The month in which the period of the paper ends.",
            "2017-09",
            required=True,
            aliases=("month",),
        ),
        Column(
            "priority",
            "priority",
            "text",
            "The priority that the text belongs to, as the partnership words it.",
            "Tackling violence",
            required=True,
            max_length=200,
        ),
        Column(
            "heading",
            "heading",
            "text",
            "Heading above the text.",
            "Youth outreach in the town centre",
            required=True,
            max_length=200,
        ),
        Column(
            "commentary_text",
            "text",
            "text",
            "The text itself, for publication: no names of people, no withheld figures.",
            "Two outreach workers met 40 young people each week.",
            required=True,
            max_length=5000,
        ),
        Column(
            "author_role",
            "author_role",
            "text",
            "Role of the person who wrote it, never a name.",
            "Community safety manager",
            required=True,
            max_length=200,
            aliases=("author role", "author's role"),
        ),
    ),
)


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for row in table.select(["area", "month"]).to_pylist():
        yield Coverage(row["area"], "commentary", row["month"], month_end(row["month"]))


def read_commentary(file: SupplierFile) -> Reading:
    """Read texts, a row each."""
    once = stated_once(
        KEY, ("commentary_text",), "commentary_text", "area, period, priority and heading"
    )
    return read_long_table(file, COMMENTARY, [once], _covered, keeps_rejected_text=False)


FILES = SourceFiles(
    (
        Reader(
            dataset="commentary",
            contract=COMMENTARY,
            accepts=is_table,
            read=read_commentary,
            clash="values",
            key=KEY,
            compared=("commentary_text",),
        ),
    ),
)
