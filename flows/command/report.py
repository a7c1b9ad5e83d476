"""`csp report`: a paper about one area, from what is published."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command.internal_edition import (
    internal_database,
    make_private,
    refuse_where_internal_cannot_be,
)
from flows.command.terminal import (
    STEP_FAILED,
    WRONG_USAGE,
    AreaOption,
    DataOption,
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
from flows.publishing import current_publication, list_publications
from flows.publishing.layout import DATABASE_FILE
from flows.publishing.manifest import MANIFEST_FILE

if TYPE_CHECKING:
    from flows.publishing import Publication

FORMATS = ("html", "docx", "xlsx", "pdf")
EDITIONS = ("public", "internal")


def report(
    area: AreaOption,
    period: Annotated[
        str,
        typer.Option("--period", metavar="MONTH", help="Last month of the period, as 2017-09."),
    ],
    paper: Annotated[
        str,
        typer.Argument(metavar="PAPER", help="assessment, scrutiny, board, annual or estates."),
    ] = "assessment",
    formats: Annotated[
        str,
        formats_option(FORMATS),
    ] = "html",
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help="Word document whose styles, header and footer the DOCX takes.",
            show_default=False,
        ),
    ] = None,
    publication: Annotated[
        str | None,
        typer.Option(
            "--publication",
            metavar="ID",
            help="An earlier publication that is kept, as `csp publish` lists them.",
            show_default=False,
        ),
    ] = None,
    edition: Annotated[
        str,
        typer.Option(
            "--edition",
            help="public, or internal: nothing withheld, marked OFFICIAL-SENSITIVE, for those who "
            "may see it.",
        ),
    ] = "public",
    as_at: Annotated[
        datetime | None,
        typer.Option(
            "--as-at",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Read the publication of `csp nightly --as-at DATE`.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        output_folder_option("reports/papers"),
    ] = None,
    data: DataOption = None,
) -> None:
    """Write a paper about one area: sentences, tables and charts, ready to edit or to publish.

    [bold]Examples[/]

      csp report --area Dudley --period 2017-09

      csp report scrutiny --area Leeds --period 2018-07 --format docx,pdf

      csp report estates --area Dudley --period 2017-09 --edition internal
    """
    from flows.papers.papers import PAPERS, Asked, lay_out
    from flows.papers.published import PaperError, opened, period_end_of
    from flows.papers.writers import write

    wanted = formats_asked(formats, FORMATS)
    if paper not in PAPERS:
        fail(
            f"there is no paper '{paper}'",
            WRONG_USAGE,
            next_step=f"give one of {', '.join(PAPERS)}",
        )
    if edition not in EDITIONS:
        fail(
            f"there is no edition '{edition}'",
            WRONG_USAGE,
            next_step=f"give one of {', '.join(EDITIONS)}",
        )
    folder = DataFolder.chosen(data)
    is_internal = edition == "internal"
    target = output or (folder.internal if is_internal else folder.reports) / "papers"
    if is_internal:
        refuse_where_internal_cannot_be(
            folder, target, publication is not None or as_at is not None
        )
    chosen = _publication(folder, publication, as_at.date() if as_at else None)
    database = chosen.folder / DATABASE_FILE
    if is_internal:
        database = internal_database(folder, chosen.publication_id)
        make_private(target)
    with failing_where_nothing_can_be_written(target):
        try:
            with opened(
                database, chosen.folder / MANIFEST_FILE, is_internal=is_internal
            ) as published:
                found = published.area(area)
                asked = Asked(found, period_end_of(period), folder.raw / "boundaries")
                document = lay_out(paper, published, asked)
            files = write(document, paper, target, wanted, template)
        except PaperError as error:
            fail(str(error), STEP_FAILED)
    name_files(files)


def _publication(folder: DataFolder, wanted: str | None, as_at: date | None) -> Publication:
    """Return the publication to read: the named one if it is kept, else the current one."""
    if wanted is None:
        current = current_publication(folder, as_at=as_at)
        if current is None:
            then = f" as at {as_at}" if as_at else ""
            fail(
                f"nothing is published in {folder.published}{then}",
                STEP_FAILED,
                next_step=f"`csp nightly{f' --as-at {as_at}' if as_at else ''}`",
            )
        return current
    kept = list_publications(folder, as_at=as_at)
    named = [
        one for one in kept if wanted in (one.publication_id, one.publication_id.partition("-")[0])
    ]
    if not named:
        fail(
            f"--publication {wanted}: it is not kept in {folder.published}",
            WRONG_USAGE,
            next_step=f"give one of {', '.join(one.publication_id for one in kept) or 'none'}",
        )
    return named[0]
