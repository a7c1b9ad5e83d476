"""`csp publish`: look at the publications that are kept, and go back to one of them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from flows.command.terminal import STEP_FAILED, WRONG_USAGE, DataOption, console, fail
from flows.data_folder import DataFolder
from flows.publishing import PublishFailedError, list_publications, rollback
from flows.publishing.lock import RunLockedError


def publish(
    publication_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="With --rollback: the publication to go back to \\[default: the one before].",
            show_default=False,
        ),
    ] = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Put an earlier publication back.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="List the publications that are kept, newest first.")
    ] = False,
    data: DataOption = None,
) -> None:
    """List the publications that are kept, or put an earlier one back.

    A publication is made by `csp nightly`. A rollback rebuilds nothing, and stands until a run
    finds something new (or runs with --force). How many are kept is the setting publications_kept.

    [bold]Examples[/]

      csp publish --list

      csp publish --rollback

      csp publish --rollback 000003-20180901T020112Z
    """
    if rollback == listed:
        fail("give either --rollback or --list", WRONG_USAGE, next_step="csp publish --help")
    if publication_id is not None and not publication_id.strip():
        fail(
            "the ID is empty, as an unset variable of a script is; nothing was changed",
            WRONG_USAGE,
            next_step="name one of `csp publish --list`, or leave it out for the one before",
        )
    if publication_id is not None and not rollback:
        fail("an ID goes with --rollback", WRONG_USAGE, next_step="csp publish --help")
    folder = DataFolder.chosen(data)
    if listed:
        _list(folder)
    else:
        _roll_back(folder, publication_id)


def _list(folder: DataFolder) -> None:
    kept = list_publications(folder)
    if not kept:
        fail(f"nothing is published in {folder.published}", STEP_FAILED, next_step="`csp nightly`")
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("", "Publication", "Published (UTC)", "Rows", "Loads"):
        table.add_column(heading, justify="right" if heading in ("Rows", "Loads") else "left")
    for found in kept:
        table.add_row(
            "current" if found.is_current else "",
            found.publication_id,
            found.manifest.published_at,
            f"{found.rows:,}",
            f"{len(found.manifest.loads):,}",
        )
    console().print(table)


def _roll_back(folder: DataFolder, publication_id: str | None) -> None:
    from flows.night.failures import shown_message

    try:
        standing = rollback(folder, publication_id)
    except (PublishFailedError, RunLockedError) as error:
        fail(str(error), STEP_FAILED)
    except OSError as error:
        fail(shown_message(error), STEP_FAILED)
    console().print(
        f"The publication {standing.publication_id} stands: {standing.database}", soft_wrap=True
    )
