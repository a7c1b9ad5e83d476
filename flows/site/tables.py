"""Tables of the site: cells as people read them, the same in the pages and behind their switch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flows.papers.document import Column, shown
from flows.papers.published import Row
from flows.papers.sections.headline_tables import headline_table
from flows.site.periods import PeriodFigures

AREA_TYPES = {
    "csp": "Community Safety Partnership",
    "force": "Police force area",
    "location_unknown": "Recorded without a location",
    "region": "Region",
    "country": "Country",
}

_FIGURE = ("Figure", "Year before", "Change", "Change, %")
_MEANING = "What it means"


@dataclass(frozen=True, slots=True)
class SiteTable:
    """A table ready to show: headings, and rows of a link's target and the shown cells."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[str]]]
    sentences: Sequence[str] = ()

    def of(self, targets: Sequence[str]) -> SiteTable:
        """Return the table with the rows of these targets alone."""
        rows = [row for row in self.rows if row[0] in targets]
        return replace(self, rows=rows, sentences=())

    def as_data(self) -> dict[str, Any]:
        """Return what the page's script needs to show this table in place of another."""
        return {
            "caption": self.caption,
            "rows": [[target, *cells] for target, cells in self.rows],
            "sentences": list(self.sentences),
        }


def area_table(area_name: str, period: PeriodFigures) -> SiteTable:
    """Make the table of one area and period: a row for each indicator."""
    figures = headline_table(period.rows)
    headings = [column.heading for column in figures.columns]
    numbers = [headings.index(name) for name in _FIGURE]
    meaning = headings.index(_MEANING)
    columns = (
        Column("Indicator"),
        *(figures.columns[number] for number in numbers),
        Column("Rate", "number"),
        figures.columns[meaning],
        Column("Rank in the most similar family"),
    )
    rows = []
    for row, cells in zip(period.rows, figures.rows, strict=True):
        texts = [shown(cells[number], figures.columns[number]) for number in numbers]
        family = row["family_rank_in_words"]
        if family and row["family_is_illustrative"]:
            family += " (illustrative list)"
        rows.append(
            (
                str(row["indicator_id"]),
                [
                    str(row["indicator_name"]),
                    *texts,
                    _rate(row),
                    shown(cells[meaning], figures.columns[meaning]),
                    family or "\N{EN DASH}",
                ],
            )
        )
    return SiteTable(
        f"{area_name}, {period.label}",
        columns,
        rows,
        [str(row["sentence"]) for row in period.rows if row["sentence"]],
    )


def indicator_table(indicator_name: str, period: PeriodFigures) -> SiteTable:
    """Make the table of one indicator and period: a row for each area."""
    figures = headline_table(period.rows)
    headings = [column.heading for column in figures.columns]
    numbers = [headings.index(name) for name in _FIGURE]
    meaning = headings.index(_MEANING)
    columns = (
        Column("Area"),
        Column("Kind"),
        Column("Police force"),
        *(figures.columns[number] for number in numbers),
        Column("Rate", "number"),
        Column("95% confidence interval of the rate", "number"),
        figures.columns[meaning],
    )
    rows = []
    for row, cells in zip(period.rows, figures.rows, strict=True):
        texts = [shown(cells[number], figures.columns[number]) for number in numbers]
        limit = Column("", "number", _decimals(row))
        limits = [shown(row[name], limit) for name in ("rate_lower", "rate_upper")]
        rows.append(
            (
                str(row["area_code"]),
                [
                    str(row["area_name"]),
                    AREA_TYPES.get(row["area_type"], str(row["area_type"])),
                    str(row["force_name"] or "\N{EN DASH}"),
                    *texts,
                    _rate(row),
                    "\N{EN DASH}" if row["rate_lower"] is None else " to ".join(limits),
                    shown(cells[meaning], figures.columns[meaning]),
                ],
            )
        )
    return SiteTable(f"{indicator_name}, {period.label}", columns, rows)


def _rate(row: Row) -> str:
    """Write a rate as the published sentences do: two decimals below one, else one."""
    if row["rate"] is None or not row["rate_per"] or row["unit"] == "per cent":
        return "\N{EN DASH}"
    rate = shown(row["rate"], Column("", "number", _decimals(row)))
    return f"{rate} per {row['rate_per']:,}"


def _decimals(row: Row) -> int:
    """Give the decimals of a rate and its limits: 0.06 is not between 0.0 and 0.1."""
    return 2 if row["rate"] is not None and row["rate"] < 1 and row["unit"] != "per cent" else 1
