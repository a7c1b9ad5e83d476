"""What a paper is made of, whatever format it is written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Literal

from flows.rounding import rounded

Alignment = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the paper, 2 a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `gap` marks a place where somebody has to write or a figure is missing."""

    text: str
    kind: Literal["normal", "lead", "note", "caution", "gap"] = "normal"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `decimals` holds for its numbers, `signed` shows a plus."""

    heading: str
    alignment: Alignment = "text"
    decimals: int = 0
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. A cell is text, a number or None (shown as a dash)."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | float | int | date | None]]
    note: str = ""
    sheet: str = ""


Drawing = dict[str, Any] | str
"""A drawing as Vega-Lite, or as SVG."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the finding as title, what is shown as subtitle, and its drawing at two widths.

    `alternative` says kind, finding and range for a reader who cannot see it; `table` holds its
    numbers.
    """

    title: str
    subtitle: str
    alternative: str
    source: str
    wide: Drawing
    narrow: Drawing
    table: Table | None = None


def table_of(
    caption: str,
    columns: Sequence[tuple[str, Column]],
    rows: Sequence[Mapping[str, Any]],
    *,
    note: str = "",
    sheet: str = "",
) -> Table:
    """Make a table of columns of rows: each column with the name under which a row has its cell.

    A column that no row fills is left out.
    """
    filled = [one for one in columns if any(row[one[0]] is not None for row in rows)]
    return Table(
        caption,
        [column for _, column in filled],
        [[row[name] for name, _ in filled] for row in rows],
        note=note,
        sheet=sheet,
    )


def with_period_in_caption(table: Table) -> Table:
    """Put the period into the caption where all rows have the same, and leave space to figures."""
    at = next((n for n, column in enumerate(table.columns) if column.heading == "Period"), None)
    if at is None or len({row[at] for row in table.rows}) != 1:
        return table
    return replace(
        table,
        caption=f"{table.caption}, {table.rows[0][at]}",
        columns=[*table.columns[:at], *table.columns[at + 1 :]],
        rows=[[*row[:at], *row[at + 1 :]] for row in table.rows],
    )


Block = Heading | Paragraph | Bullets | Table | Chart


@dataclass(slots=True)
class Document:
    """A whole paper with what its cover and its last page say."""

    title: str
    subtitle: str
    area_name: str
    period_label: str
    publication_id: str
    extract_dates: str
    edition: Literal["public", "internal"] = "public"
    is_synthetic: bool = False
    blocks: list[Block] = field(default_factory=list)

    @property
    def markings(self) -> list[str]:
        """What every page has to say: the protective marking, and that data is made up."""
        found = []
        if self.edition == "internal":
            found.append(OFFICIAL_SENSITIVE)
        if self.is_synthetic:
            found.append("SYNTHETIC DATA: no figure here is real")
        return found

    @property
    def published_at(self) -> datetime:
        """When the publication was made (UTC): the only time that a written paper carries."""
        stamp = self.publication_id.partition("-")[2]
        try:
            return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            return datetime(1980, 1, 1, tzinfo=UTC)

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks.extend(blocks)


OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"

LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Population estimates and lookups: Office for National Statistics. "
    "Street-level crime: data.police.uk."
)


def shown(cell: str | float | int | date | None, column: Column) -> str:
    """Write one cell as people read it: thousands with commas, a dash where there is nothing."""
    if cell is None:
        return "\N{EN DASH}"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return day(cell)
    return _number_shown(cell, column.decimals, column.signed)


# tables repeat their numbers, and a site has millions of cells
@lru_cache(maxsize=65_536)
def _number_shown(exact: float, decimals: int, signed: bool) -> str:
    number = rounded(exact, decimals)
    sign = "+" if signed and number else ""
    return f"{number:{sign},.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def day(date_: date) -> str:
    """Write a day as 30 September 2017."""
    return f"{date_.day} {date_:%B %Y}"
