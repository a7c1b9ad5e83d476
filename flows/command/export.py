"""`csp export`: the figures of an area as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.command.terminal import (
    STEP_FAILED,
    AreaOption,
    DataOption,
    current_or_fail,
    fail,
    formats_asked,
)
from flows.command.written_files import (
    failing_where_nothing_can_be_written,
    formats_option,
    name_files,
    output_folder_option,
)
from flows.data_folder import DataFolder

FORMATS = ("csv", "xlsx")


def export(
    area: AreaOption,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="MONTH",
            help="Last month of the periods, as 2017-09 \\[default: every period].",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        str,
        formats_option(FORMATS),
    ] = "csv",
    output: Annotated[
        Path | None,
        output_folder_option("reports/exports"),
    ] = None,
    data: DataOption = None,
) -> None:
    """Write an area's figures to CSV or XLSX, with source, period, extract date and licence.

    [bold]Examples[/]

      csp export --area Dudley --format csv,xlsx

      csp export --area Leeds --period 2018-07
    """
    from flows.exporting.csv_file import as_csv
    from flows.exporting.figures import figures_of
    from flows.exporting.header import header_of
    from flows.exporting.xlsx_file import as_xlsx
    from flows.papers.published import PaperError, opened, period_end_of

    wanted = formats_asked(formats, FORMATS)
    folder = DataFolder.chosen(data)
    current = current_or_fail(folder)
    target = output or folder.reports / "exports"
    files = []
    try:
        end = None if period is None else period_end_of(period)
        with opened(current.database, current.database.with_name("manifest.json")) as published:
            found = published.area(area)
            rows = figures_of(published, found, end)
            header = header_of(
                f"Figures of {found.name}",
                rows,
                published.publication_id,
                is_synthetic=published.is_synthetic,
            )
    except PaperError as error:
        fail(str(error), STEP_FAILED)
    words = "".join(one if one.isalnum() else "-" for one in found.name.lower())
    with failing_where_nothing_can_be_written(target):
        target.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            file = target / f"figures-{words}{f'-{period}' if period else ''}.{name}"
            file.write_bytes(as_csv(header, rows) if name == "csv" else as_xlsx(header, rows))
            files.append(file)
    name_files(files)
