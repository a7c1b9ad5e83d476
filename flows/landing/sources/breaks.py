"""Breaks: days from which a series is not like for like with what was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import area_column
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract

if TYPE_CHECKING:
    import pyarrow as pa

KEY = ("series_source", "indicator_id", "area", "break_date")

BREAKS = Contract(
    "breaks",
    (
        Column(
            "series_source",
            "source",
            "text",
            "The source whose series breaks: the name of its inbox folder, or * for all.",
            "police_uk",
            required=True,
            pattern=r"\*|[a-z][a-z0-9_]{0,99}",
            pattern_in_words="the name of an inbox folder, or *",
        ),
        Column(
            "indicator_id",
            "indicator",
            "text",
            "The indicator's id, or * for all.",
            "knife_crime",
            required=True,
            pattern=r"\*|[a-z][a-z0-9_]{0,99}",
            pattern_in_words="an indicator's id, or *",
            aliases=("indicator id",),
        ),
        area_column(
            "The area by name or by ONS code, or * for all; a force stands for its partnerships.",
            "West Midlands (force)",
        ),
        Column(
            "break_date",
            "break_date",
            "date",
            "First day of the new series.",
            "2019-04-01",
            required=True,
        ),
        Column(
            "break_note",
            "break_note",
            "text",
            "What changed, in a sentence that stands beside every comparison across the day.",
            "Knife crime is counted by NDQIS from April 2019",
            required=True,
            aliases=("note",),
        ),
    ),
)


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for row in table.select(["area", "indicator_id", "break_date"]).to_pylist():
        yield Coverage(row["area"], row["indicator_id"], row["break_date"], row["break_date"])


def read_breaks(file: SupplierFile) -> Reading:
    """Read breaks, a row each."""
    once = stated_once(KEY, ("break_note",), "break_note", "source, indicator, area and break_date")
    return read_long_table(file, BREAKS, [once], _covered)


FILES = SourceFiles(
    (
        Reader(
            dataset="breaks",
            contract=BREAKS,
            accepts=is_table,
            read=read_breaks,
            clash="values",
            key=KEY,
            compared=("break_note",),
        ),
    ),
)
