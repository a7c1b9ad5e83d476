"""Partner returns: counts and proportions by area, indicator and period, as a long CSV.

One row is one figure: a numerator, with or without its denominator, or a value alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.stated_figures import FIGURES, KEY, STATED_FIGURES
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.sources.rules.whole_months import (
    notes_of_unfinished,
    over_on,
    periods_of_whole_months,
)
from flows.landing.tables.any_format import is_table
from flows.landing.tables.typed_values import Fault


def period_in_order(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows whose period ends before it begins."""
    wrong = pc.less(table.column("period_end"), table.column("period_start"))
    return [Fault("period_end", "expected a day on or after period_start", wrong)]


def figure_given(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows without a figure, and those whose figure cannot be out of its denominator."""
    numerator, denominator = table.column("numerator"), table.column("denominator")
    none = pc.and_(pc.is_null(numerator), pc.is_null(table.column("value")))
    of_nothing = pc.and_(
        pc.equal(denominator, pa.scalar(0.0)), pc.greater(numerator, pa.scalar(0.0))
    )
    return [
        Fault("numerator", "a figure is missing; expected a numerator or a value", none),
        Fault("denominator", "expected more than 0 where the numerator is more than 0", of_nothing),
    ]


def scope_of(
    area: str, area_type: str | None, comparator: str | None, programme: str | None
) -> str:
    """Name what a row speaks for.

    `Dudley`, `West Midlands (region)`, `Dudley [top_quartile]`, `Dudley [programme Prevent]`.
    """
    scope = f"{area} ({area_type})" if area_type else area
    scope = f"{scope} [{comparator}]" if comparator else scope
    return f"{scope} [programme {programme}]" if programme else scope


def no_programme_of_a_comparator(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows of a comparator that name a programme."""
    both = pc.and_(pc.is_valid(table.column("comparator")), pc.is_valid(table.column("programme")))
    return [Fault("programme", "expected nothing where the row is a comparator", both)]


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for row in table.select(list(KEY)).to_pylist():
        scope = scope_of(row["area"], row["area_type"], row["comparator"], row["programme"])
        yield Coverage(scope, row["indicator_id"], row["period_start"], row["period_end"])


def read_return(file: SupplierFile) -> Reading:
    """Read one return; it covers the figures that it gives of periods that were over."""
    once = stated_once(
        KEY,
        FIGURES,
        "indicator",
        "area, indicator and period",
        ("area", "indicator_id", "period_start", "period_end"),
    )
    rules = [
        period_in_order,
        periods_of_whole_months,
        figure_given,
        no_programme_of_a_comparator,
        once,
    ]
    reading = read_long_table(file, STATED_FIGURES, rules, _covered)
    reading.notes += notes_of_unfinished(reading.coverage, file.extract_date)
    reading.coverage = over_on(reading.coverage, file.extract_date)
    return reading


FILES = SourceFiles(
    (
        Reader(
            dataset="partner_returns",
            contract=STATED_FIGURES,
            accepts=is_table,
            read=read_return,
            clash="values",
            key=KEY,
            compared=FIGURES,
        ),
    ),
)
