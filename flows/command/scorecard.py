"""`csp scorecard`: the headline figures of one home area."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command.terminal import (
    STEP_FAILED,
    DataOption,
    console,
    current_or_fail,
    fail,
    settings_of,
)
from flows.data_folder import DataFolder
from flows.reporting.scorecard import ScorecardUnavailableError, read_scorecard, render

if TYPE_CHECKING:
    from flows.reporting.scorecard import Scorecard


def scorecard(
    area: Annotated[
        str | None,
        typer.Option(
            "--area",
            metavar="CODE_OR_NAME",
            help="Name, E22 code or local authority code \\[default: the first home area].",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="MONTH",
            help="Last month of the period, as 2017-09 \\[default: the newest].",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as JSON, and nothing else.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Show the scorecard of one area from what is published: any area, any period.

    [bold]Examples[/]

      csp scorecard

      csp scorecard --area Wolverhampton

      csp scorecard --area E08000035 --period 2017-09

      csp scorecard --area Walsall --json
    """
    from flows.reporting.area_scorecard import read_area_scorecard

    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    current = current_or_fail(folder)
    wanted = area or settings.home_areas[0]
    try:
        card = None if period else _of_home_area(current.database, wanted)
        card = card or read_area_scorecard(current.database, wanted, period)
    except ScorecardUnavailableError as error:
        fail(str(error), STEP_FAILED)
    if as_json:
        typer.echo(card.as_json())
    else:
        render(card, console())


def _of_home_area(database: Path, area: str) -> Scorecard | None:
    """Read the scorecard of a home area; None where the area is none."""
    try:
        return read_scorecard(database, area)
    except ScorecardUnavailableError:
        return None
