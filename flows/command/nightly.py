"""`csp nightly`: the whole run."""

from __future__ import annotations

import gc
import logging
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows import publishing
from flows.command.run_progress import progress_shown
from flows.command.terminal import (
    INTERRUPTED,
    STEP_FAILED,
    WRONG_USAGE,
    DataOption,
    console,
    fail,
    settings_of,
)
from flows.command.termination import TerminatedError, ended_by_signals
from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import read_held_back
from flows.night import progress
from flows.night.remaining_time import last_step_seconds
from flows.night.summary import NightSummary
from flows.publishing.lock import RunLockedError
from flows.reporting.night_summary import print_summary
from flows.reporting.scorecard import (
    SYNTHETIC_WARNING,
    ScorecardUnavailableError,
    read_scorecard,
    render,
)
from flows.reporting.supplier_text import escape
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.night.start import StartedRun


def nightly(
    data: DataOption = None,
    as_at: Annotated[
        datetime | None,
        typer.Option(
            "--as-at",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Rebuild the figures as they stood on this date, into DIR/published/as_at/DATE.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Build and publish even if nothing is new.")
    ] = False,
    let_through: Annotated[
        list[str] | None,
        typer.Option(
            "--let-through",
            metavar="CHECK_ID",
            help="Publish although this critical check failed, and use the loads held back for "
            "it (may be given more than once).",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason",
            metavar="WORDS",
            help="Why; it is published in rpt_checks and manifest.json, so no names of people.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Run the whole run: land, check, build, check, publish, report.

    Exit codes: 0 published or nothing new; 1 a step failed, or another run is under way; 2 wrong
    usage or settings; 3 a critical check of the publication failed; 130 interrupted by Ctrl-C or
    SIGTERM. Except on 0 the last good publication stands. A load that fails a critical check of
    its own is held back: the last good extract stands for what it covers, the rest is published.

    [bold]Examples[/]

      csp nightly

      csp nightly --data /srv/csp --force

      csp nightly --as-at 2018-08-31

      csp nightly --let-through mart.last_publication.areas_lost --reason "merged in April"
    """
    words = " ".join((reason or "").split())
    if bool(let_through) != bool(words):
        fail(
            "--let-through and --reason go together",
            WRONG_USAGE,
            next_step="name the check, as the run did, and say why its figures are right",
        )
    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    if not folder.raw.is_dir():
        fail(
            f"there is no inbox at {folder.raw}",
            WRONG_USAGE,
            next_step=f"put files into {folder.raw}/<source>/<extract date>/, or name another "
            "folder with --data",
        )
    day = as_at.date() if as_at else None
    out = console()
    try:
        with ended_by_signals():
            _run(folder, settings, day, force, dict.fromkeys(let_through or (), words), out)
    except KeyboardInterrupt as interrupt:
        # No word of Prefect's shutdown: the terminal belongs to the user again.
        by = f" by {interrupt}" if isinstance(interrupt, TerminatedError) else ""
        fail(
            f"interrupted{by}. {_standing(folder)}",
            INTERRUPTED,
            next_step="`csp nightly` resumes where it stopped",
        )


def _run(
    folder: DataFolder,
    settings: Settings,
    as_at: date | None,
    force: bool,
    let_through: dict[str, str],
    out: Console,
) -> None:
    from flows.night.failures import StepFailedError
    from flows.night.start import start_run

    try:
        with start_run(
            folder, settings, as_at=as_at, force=force, let_through=let_through
        ) as start:
            if start is None:
                out.print(f"Nothing new in {escape(str(folder.raw))}. {escape(_standing(folder))}")
                held_back = len(read_held_back(folder))
                if held_back:
                    counted = "1 load is" if held_back == 1 else f"{held_back:,} loads are"
                    out.print(f"[yellow]{counted} held back[/]: see `csp status`")
                return
            summary = _run_flow(start, out)
    except StepFailedError as not_ready:
        fail(not_ready.message, STEP_FAILED)
    except RunLockedError as locked:
        fail(str(locked), STEP_FAILED, next_step="wait for it to end, then run `csp nightly` again")
    _print_outcome(summary, folder, settings, out)
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)


def _run_flow(start: StartedRun, out: Console) -> NightSummary:
    """Run the Prefect flow in this process; what it did stands in the run's own summary.

    Prefect keeps a database in the data folder: a disk that gets full stops it too, and then it
    raises whatever the run itself has come to.
    """
    from flows.night.disk import full_disk
    from flows.night.failures import shown_message
    from flows.night.memory import out_of_memory
    from flows.prefect_environment import prepare_prefect
    from flows.prefect_server import (
        ServerNotStartedError,
        temporary_server,
        user_names_a_server,
    )

    folder = start.folder
    errors = Console(stderr=True, highlight=False)
    with progress_shown(out, errors, last_step_seconds(folder)):
        progress.report("prefect")
        prepare_prefect(folder, quiet=True)
        watched = user_names_a_server()
        try:
            with temporary_server(folder) as wait_until_it_answers:
                gc.disable()  # modules are no garbage: looking for some takes a tenth of the time
                from flows import nightly as flow_module

                # Great Expectations takes seconds to import: while the server starts they are free
                from flows.checking import judge_loads  # noqa: F401

                gc.freeze()
                gc.enable()
                # Prefect shows Python warnings whatever its log level; libraries' hints to their
                # programmers are no news for the person who runs it.
                logging.getLogger("py.warnings").setLevel(logging.ERROR)
                wait_until_it_answers()
                state = flow_module.nightly_here(start, heartbeats=watched)
                said = state.message or ""
        except ServerNotStartedError as error:
            said = str(error)
        except Exception as error:
            said = f"Prefect: {shown_message(error)}"
    if start.summary is None:
        # The flow ended before its first step: an unreachable server.
        cause = full_disk(folder, said) or out_of_memory(said)
        fail(f"the run did not begin: {cause or said}", STEP_FAILED)
    return start.summary


def _print_outcome(
    summary: NightSummary, folder: DataFolder, settings: Settings, out: Console
) -> None:
    print_summary(summary, folder, out)
    for check_id, reason in summary.let_through.items():
        out.print(f"[yellow]Let through[/]  {escape(check_id)}: {escape(reason)}", soft_wrap=True)
    for check_id in summary.not_needed:
        out.print(
            f"[yellow]Nothing to let through[/]  {escape(check_id)} did not fail, or there is no "
            "such check",
            soft_wrap=True,
        )
    if summary.exit_code:
        ended = "Published, and then failed" if summary.publication_id else "Not published"
        out.print(
            f"[bold red]{ended}[/]  {escape(summary.failed_step or '')}: {escape(summary.message)}",
            soft_wrap=True,
        )
        out.print(escape(_standing(folder)), soft_wrap=True)
        return
    if summary.as_at:
        out.print(
            f"[bold green]Published[/]  as at {summary.as_at}: "
            f"{escape(str(folder.published / 'as_at' / summary.as_at))}",
            soft_wrap=True,
        )
        return
    current = publishing.current_publication(folder)
    if current is None:
        return
    if current.manifest.synthetic:
        out.print(f"[bold yellow]{SYNTHETIC_WARNING}[/]")
    same = " (equal to the one before, which stands)" if summary.publication_unchanged else ""
    out.print(
        f"[bold green]Published[/]  {escape(str(current.database))}\n"
        f"  {current.publication_id}{same}; Parquet and manifest.json beside it",
        soft_wrap=True,
    )
    _show_scorecard(current.database, settings.home_areas, out)


def _show_scorecard(database: Path, home_areas: list[str], out: Console) -> None:
    for area in home_areas:
        try:
            card = read_scorecard(database, area)
        except ScorecardUnavailableError:
            continue
        out.print()
        render(card, out)
        return
    out.print("No home area has figures yet: see `csp status`, and home_areas in csp.toml.")


def _standing(folder: DataFolder) -> str:
    """Say which publication readers have now."""
    current = publishing.current_publication(folder)
    if current is None:
        return "Nothing has been published yet."
    return f"The publication {current.publication_id} stands: {current.database}"
