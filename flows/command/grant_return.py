"""`csp grant-return`: the quarterly expenditure-and-outcome return to the Commissioner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.command.terminal import (
    STEP_FAILED,
    AreaOption,
    DataOption,
    console,
    current_or_fail,
    fail,
)
from flows.data_folder import DataFolder


def grant_return(
    area: AreaOption,
    quarter: Annotated[
        str,
        typer.Option(
            "--quarter", metavar="QUARTER", help="A quarter, such as '2017/18 Q2' or 'Q2 2017/18'."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="A .csv or .xlsx file \\[default: in DIR/reports/grant].",
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Write the quarterly grant return of one area from what is published.

    [bold]Examples[/]

      csp grant-return --area Wolverhampton --quarter '2017/18 Q2'

      csp grant-return --area E22000341 --quarter '2017/18 Q2' --output return.csv
    """
    from flows.reporting.grant_return import (
        GrantReturnUnavailableError,
        read_grant_return,
        write_grant_return,
    )

    folder = DataFolder.chosen(data)
    current = current_or_fail(folder)
    try:
        made = read_grant_return(current.database, area, quarter)
        target = output or _default_target(folder, made.area_name, made.quarter)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_grant_return(made, target)
    except GrantReturnUnavailableError as error:
        fail(str(error), STEP_FAILED)
    except (OSError, ValueError) as error:
        fail(str(error), STEP_FAILED, next_step="name another file with --output")
    console().print(f"{made.area_name}, {made.quarter}: {target}")
    for remark in made.remarks:
        console().print(remark)


def _default_target(folder: DataFolder, area_name: str, quarter: str) -> Path:
    words = "".join(one if one.isalnum() else "-" for one in f"{area_name}-{quarter}".lower())
    return folder.reports / "grant" / f"{words}.xlsx"
