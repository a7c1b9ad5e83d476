"""`csp fetch`: brings public data into the inbox. The one command that uses the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.command.terminal import (
    STEP_FAILED,
    WRONG_USAGE,
    DataOption,
    console,
    fail,
    settings_of,
)
from flows.data_folder import DataFolder
from flows.reporting.supplier_text import escape

if TYPE_CHECKING:
    from flows.fetching.police_uk import FetchReport

fetch = typer.Typer(
    help="Bring public data into the inbox (the one command that uses the network).",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@fetch.callback()
def _fetch() -> None:
    """Bring public data into the inbox (the one command that uses the network)."""


@fetch.command("police-uk")
def police_uk(
    first: Annotated[
        str, typer.Option("--from", metavar="YYYY-MM", help="First month.", show_default=False)
    ],
    last: Annotated[
        str, typer.Option("--to", metavar="YYYY-MM", help="Last month.", show_default=False)
    ],
    force: Annotated[
        list[str] | None,
        typer.Option(
            "--force",
            metavar="NAME",
            help="Force as data.police.uk writes it in file names; more than once for several "
            "\\[default: the archives whole, with all forces].",
            show_default=False,
        ),
    ] = None,
    extract_date: Annotated[
        datetime | None,
        typer.Option(
            "--extract-date",
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="Date of the extract \\[default: the day that the server gives the archive].",
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Fetch archives of data.police.uk into the inbox, and go on where an earlier run broke off.

    An archive holds up to 36 months of all forces (about 1.7 GB). Of the forces that are named
    the inbox gets their files, each byte for byte; crimes in your area are in the files of
    neighbouring forces and of British Transport Police (btp) too.

    [bold]Examples[/]

      csp fetch police-uk --force west-midlands --from 2023-04 --to 2026-03

      csp fetch police-uk --force west-midlands --force btp --from 2023-04 --to 2026-03

      csp fetch police-uk --from 2026-01 --to 2026-03 --data /srv/csp
    """
    from flows.fetching.download import Patience
    from flows.fetching.failures import FetchFailedError
    from flows.fetching.police_uk import Wanted, month_named
    from flows.fetching.police_uk import fetch as fetch_archives

    months = []
    for option, text in (("--from", first), ("--to", last)):
        try:
            months.append(month_named(text))
        except ValueError:
            fail(f"{option} {text}: expected a month as YYYY-MM", WRONG_USAGE)
    if months[0] > months[1]:
        fail(f"--from {first} is after --to {last}", WRONG_USAGE)
    for name in force or []:
        if not name or any(not (c.isascii() and (c.isalnum() or c == "-")) for c in name):
            fail(f"--force {name}: expected a name such as west-midlands or btp", WRONG_USAGE)
    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    folder.ensure()
    wanted = Wanted(tuple(sorted({name.lower() for name in force or []})), *months)
    out = console()
    try:
        with _Bars(out) as bars:
            report = fetch_archives(
                folder,
                wanted,
                base_url=settings.police_uk_base_url,
                patience=Patience(
                    settings.fetch_attempts,
                    settings.fetch_timeout_seconds,
                    settings.fetch_backoff_seconds,
                ),
                extract_date=None if extract_date is None else extract_date.date(),
                on_archive=bars.bar_of,
            )
    except FetchFailedError as error:
        fail(str(error), STEP_FAILED, next_step=error.next_step)
    except OSError as error:
        fail(
            f"{error.filename or folder.raw}: {error.strerror or error}",
            STEP_FAILED,
            next_step="check the disk and the permissions of the data folder, and run it again",
        )
    _print_report(report, folder, out)


def _print_report(report: FetchReport, folder: DataFolder, out: Console) -> None:
    for one in report.deliveries:
        if not one.files:
            out.print(f"{one.archive}: holds none of the files asked for")
            continue
        place = escape(str(one.path.relative_to(folder.root)))
        verified = ", ".join([*one.verified, "ZIP check sums"])
        state = "is in the inbox already" if one.was_there else f"verified by {verified}"
        out.print(
            f"{one.archive}: {one.files} files, {one.months[0]} to {one.months[-1]}, {state}\n"
            f"  {place}",
            soft_wrap=True,
        )
    for name in sorted({force for force, _ in report.missing}):
        without = [month for force, month in report.missing if force == name]
        out.print(
            f"[yellow]{escape(name)}[/]: no files for {', '.join(without)} "
            "(not published, or the force's name is another)",
            soft_wrap=True,
        )
    out.print("Next: csp nightly")


class _Bars:
    """One bar an archive, on the terminal only."""

    def __init__(self, out: Console) -> None:
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=out,
            disable=not out.is_terminal,
        )

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def bar_of(self, archive: str) -> Callable[[int, int | None], None]:
        """Add a bar; the function takes the bytes that are there, and their total if known."""
        task = self._progress.add_task(archive, total=None)

        def moved(done: int, total: int | None) -> None:
            self._progress.update(task, completed=done, total=total)

        return moved
