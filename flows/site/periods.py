"""Which periods of an area or indicator the site shows, and which of them a page opens with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flows.papers.published import Row

# Newest periods of each type, longest type first. All others are in the database: with every period
# a national site would take some gigabytes.
SHOWN = {
    "financial_year": 3,
    "ytd": 3,
    "rolling_12": 3,
    "calendar_year": 3,
    "quarter": 5,
    "month": 13,
}
ORDER = tuple(SHOWN)


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The rows of `rpt_figures` of one period."""

    key: str
    type: str
    label: str
    rows: Sequence[Row]


def newest(by: str) -> str:
    """Write the condition (`qualify`) that keeps the shown periods for each value of a column."""
    wanted = " ".join(f"when '{name}' then {number}" for name, number in SHOWN.items())
    return (
        f"qualify dense_rank() over (partition by {by}, period_type order by period_end desc) "
        f"<= case period_type {wanted} else 0 end"
    )


def by_period(rows: Iterable[Row]) -> list[PeriodFigures]:
    """Group rows by period: longest type first, and the newest period of a type first."""
    found: dict[tuple[str, date], list[Row]] = {}
    for row in rows:
        found.setdefault((row["period_type"], row["period_end"]), []).append(row)
    ordered = sorted(found, key=lambda one: (ORDER.index(one[0]), -one[1].toordinal()))
    return [
        PeriodFigures(
            f"{period_type}-{period_end:%Y-%m}",
            period_type,
            found[period_type, period_end][0]["period_label"],
            found[period_type, period_end],
        )
        for period_type, period_end in ordered
    ]


def opening(periods: Sequence[PeriodFigures]) -> list[PeriodFigures]:
    """Return the newest period of each type; first the one with most rows, the longest of equals.

    A page opens with the first and shows the others too where there is no script.
    """
    newest_of_type = [next(of_type) for _, of_type in groupby(periods, key=lambda one: one.type)]
    first = max(newest_of_type, key=lambda one: (len(one.rows), -ORDER.index(one.type)))
    return [first, *(one for one in newest_of_type if one is not first)]


def opening_first(
    periods: Sequence[PeriodFigures], shown: Sequence[PeriodFigures]
) -> list[PeriodFigures]:
    """Put the period that a page opens with first in its switch; the others keep their order."""
    return (
        [*shown[:1], *(one for one in periods if one.key != shown[0].key)] if shown else [*periods]
    )
