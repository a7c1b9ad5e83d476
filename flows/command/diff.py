"""`csp diff`: what one publication says otherwise than another."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.command.terminal import NOT_THERE, STEP_FAILED, DataOption, console, fail
from flows.data_folder import DataFolder


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
    from flows.publishing import PublishFailed
    from flows.publishing import diff as differences

    try:
        found = differences(DataFolder.chosen(data), old, new, limit=rows)
    except PublishFailed as error:
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
    )
    if not found.figures:
        return
    figures = Table("", "Area", "Indicator", "Period", box=None, padding=(0, 1, 0, 0))
    for heading in ("Before", "Now"):
        figures.add_column(heading, justify="right")
    for figure in found.figures:
        figures.add_row(
            figure.change,
            escape(figure.area_name),
            escape(figure.indicator_id),
            escape(figure.period_label),
            _figure(figure.old_value),
            _figure(figure.new_value),
        )
    out.print(figures)


def _count(rows: int | None) -> str:
    return NOT_THERE if rows is None else f"{rows:,}"


def _figure(value: float | None) -> str:
    return NOT_THERE if value is None else f"{value:,.10g}"
