"""`csp scorecard`: the headline figures of one home area."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.command.terminal import STEP_FAILED, DataOption, console, fail, settings_of
from flows.data_folder import DataFolder


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
    data: DataOption = None,
) -> None:
    """Show the scorecard of one area from what is published.

    [bold]Examples[/]

      csp scorecard

      csp scorecard --area Wolverhampton

      csp scorecard --area E08000035
    """
    from flows.publishing import current_publication
    from flows.reporting.scorecard import ScorecardUnavailable, read_scorecard, render

    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    current = current_publication(folder)
    if current is None:
        fail(f"nothing is published in {folder.published}", STEP_FAILED, next_step="`csp nightly`")
    try:
        card = read_scorecard(current.database, area or settings.home_areas[0])
    except ScorecardUnavailable as error:
        fail(str(error), STEP_FAILED)
    render(card, console())
