"""`csp diff`: what one publication says otherwise than another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from flows.command.terminal import NOT_THERE, STEP_FAILED, DataOption, console, fail
from flows.data_folder import DataFolder
from flows.publishing import PublishFailedError
from flows.publishing import diff as differences
from flows.reporting.supplier_text import escape

if TYPE_CHECKING:
    from flows.publishing.differences import FigureDifference

# A new extract changes nearly every column of a figure: the first ones show what it is.
_COLUMNS_SHOWN = 4


def diff(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="[OLD]",
            help="The earlier publication \\[default: the one before].",
            show_default=False,
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="[NEW]",
            help="The later publication \\[default: the current one].",
            show_default=False,
        ),
    ] = None,
    rows: Annotated[
        int, typer.Option("--rows", min=0, help="How many of the differing figures to list.")
    ] = 20,
    data: DataOption = None,
) -> None:
    """Show what changed between two publications: tables, and the figures themselves.

    [bold]Examples[/]

      csp diff

      csp diff 000003-20180901T020112Z --rows 100

      csp diff 000003-20180901T020112Z 000005-20181101T020108Z
    """
    try:
        found = differences(DataFolder.chosen(data), old, new, limit=rows)
    except PublishFailedError as error:
        fail(str(error), STEP_FAILED)
    out = console()
    out.print(f"From {found.old.publication_id} to {found.new.publication_id}")
    if not found.tables:
        out.print("No table differs.")
        return
    tables = Table("Table", box=None, padding=(0, 2, 0, 0))
    for heading in ("Rows before", "Rows now"):
        tables.add_column(heading, justify="right")
    for table in found.tables:
        tables.add_row(escape(table.table), _count(table.old_rows), _count(table.new_rows))
    out.print(tables)
    out.print(
        f"Figures: {found.figures_added:,} added, {found.figures_removed:,} removed, "
        f"{found.figures_changed:,} changed"
        + (
            f"; only a newer extract date: {found.only_newer_extract:,}"
            if found.only_newer_extract
            else ""
        )
    )
    if not found.figures:
        return
    figures = Table("", "Area", "Indicator", "Period", "Column", box=None, padding=(0, 1, 0, 0))
    for heading in ("Before", "Now"):
        figures.add_column(heading, justify="right")
    for figure in found.figures:
        named = [
            figure.change,
            escape(figure.area_name),
            escape(figure.indicator_id),
            escape(figure.period_label),
        ]
        for column, before, after in _cells(figure):
            figures.add_row(*named, column, before, after)
            named = [""] * len(named)
    out.print(figures)


def _cells(figure: FigureDifference) -> list[tuple[str, str, str]]:
    """List the columns that changed with what stood in them; the value of a row come or gone."""
    if figure.change != "changed":
        return [("value", _figure(figure.old_value), _figure(figure.new_value))]
    cells = [
        (column, _text(column, before), _text(column, after))
        for column, before, after in zip(
            figure.columns, figure.old_texts, figure.new_texts, strict=True
        )
    ]
    more = len(cells) - _COLUMNS_SHOWN
    others = f"and {more} more column{'' if more == 1 else 's'}"
    return cells[:_COLUMNS_SHOWN] + ([(others, "", "")] if more > 0 else [])


def _text(column: str, content: str | None) -> str:
    if content is None:
        return NOT_THERE
    if column.endswith("_year"):  # a year has no thousands
        return escape(content)
    try:
        return _figure(float(content))
    except ValueError:
        return escape(content)


def _count(rows: int | None) -> str:
    return NOT_THERE if rows is None else f"{rows:,}"


def _figure(value: float | None) -> str:
    return NOT_THERE if value is None else f"{value:,.10g}"
