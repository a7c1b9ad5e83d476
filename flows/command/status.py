"""`csp status`: what was loaded, rejected, missing and published, and how the runs went."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from flows.command.terminal import NOT_THERE, STEP_FAILED, DataOption, console, settings_of
from flows.data_folder import DataFolder
from flows.night.summary import rows_from_line
from flows.publishing import current_publication
from flows.reporting.night_summary import print_held_back
from flows.reporting.schedule_status import ScheduleStatus, read_schedule_status
from flows.reporting.scorecard import SYNTHETIC_WARNING
from flows.reporting.status import (
    CoverageMonths,
    FolderStatus,
    read_status,
    unread_inbox,
)
from flows.reporting.supplier_text import escape, with_its_place
from flows.scheduling.scheduled_runs import NOT_BEGUN, ScheduledRun


def status(
    data: DataOption = None,
    nights: Annotated[
        int,
        typer.Option("--runs", "--nights", min=0, help="How many of the last runs to show."),
    ] = 5,
    check_schedule: Annotated[
        bool,
        typer.Option(
            "--check-schedule",
            help="End with exit code 1 where the schedule is not served, is paused, or its last "
            "due run did not run; for monitoring.",
        ),
    ] = False,
) -> None:
    """Show what was loaded, rejected, missing and published, by source, area and month.

    [bold]Examples[/]

      csp status

      csp status --data /srv/csp --runs 30
    """
    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    found = read_status(folder, nights=nights, home_areas=settings.home_areas)
    out = console()
    _published(folder, found, out)
    today = datetime.now(UTC).date()
    _sources(found, settings.stale_after_days, today.toordinal(), out)
    _months(found.coverage, out)
    _without_supply(found.without_supply, out)
    print_held_back(found.held_back, out)
    _quarantine(found, folder, out)
    _not_read(found, out)
    _nights(found, out)
    schedule = read_schedule_status(folder, datetime.now(UTC))
    _schedule(schedule, out)
    if unread_inbox(folder):
        out.print("[yellow]The inbox holds files not loaded yet[/]: run `csp nightly`")
    if check_schedule and not (schedule is not None and schedule.is_well):
        raise typer.Exit(STEP_FAILED)


def _published(folder: DataFolder, found: FolderStatus, out: Console) -> None:
    current = current_publication(folder)
    if current is None:
        out.print(f"[bold]Published[/]  nothing yet in {escape(str(folder.published))}")
        return
    if current.manifest.synthetic:
        out.print(f"[bold yellow]{SYNTHETIC_WARNING}[/]")
    out.print(
        f"[bold]Published[/]  {current.publication_id} at {current.manifest.published_at}: "
        f"{len(current.manifest.tables)} tables, {current.rows:,} rows from "
        f"{len(current.manifest.loads)} loads\n  {escape(str(current.database))}",
        soft_wrap=True,
    )


def _sources(found: FolderStatus, stale_after: int, today: int, out: Console) -> None:
    if not found.sources and not found.expected:
        out.print("[bold]Loaded[/]  nothing yet")
        return
    table = Table("Source", "Newest extract", "", box=None, padding=(0, 2, 0, 0), title="Loaded",
                  title_justify="left", title_style="bold")  # fmt: skip
    for heading in ("Files", "Rows", "Rejected"):
        table.add_column(heading, justify="right")
    for source in found.sources:
        age = today - source.newest_extract.toordinal()
        table.add_row(
            source.source,
            source.newest_extract.isoformat(),
            f"[yellow]stale: {age:,} days[/]" if age > stale_after else "",
            f"{source.files:,}",
            f"{source.rows_loaded:,}",
            f"{source.rows_rejected:,}",
        )
    for expected in found.expected:
        count = sum(len(one.files) for one in found.quarantined if one.source == expected)
        quarantined = f"quarantined: {count:,} {'file' if count == 1 else 'files'}"
        state = quarantined if count else "expected: nothing supplied yet"
        table.add_row(expected, NOT_THERE, f"[yellow]{state}[/]", "0", "0", "0")
    out.print(table)


def _without_supply(missing: dict[str, list[str]], out: Console) -> None:
    for source, forces in missing.items():
        out.print(
            f"[bold yellow]Supplied nothing[/]  {escape(', '.join(forces))} in {source}",
            soft_wrap=True,
        )


def _months(coverage: list[CoverageMonths], out: Console) -> None:
    if not coverage:
        return
    table = Table("Source", "Area or force", "Supplied", "Missing", box=None,
                  padding=(0, 2, 0, 0), title="Months", title_justify="left",
                  title_style="bold")  # fmt: skip
    for part in coverage:
        table.add_row(
            part.source,
            escape(part.scopes_in_words),
            f"{part.first} to {part.last}, {part.supplied} months",
            f"[yellow]{escape(part.missing_in_words)}[/]" if part.missing_in_words else "none",
        )
    out.print(table)


def _quarantine(found: FolderStatus, folder: DataFolder, out: Console) -> None:
    if not found.refused and not found.rejects:
        out.print("[bold]Rejected[/]  nothing")
        return
    if found.refused:
        count = f"{len(found.refused):,} {'file' if len(found.refused) == 1 else 'files'}"
        out.print(
            f"[bold yellow]Quarantined[/]  {count}, see {escape(str(folder.quarantine))}",
            soft_wrap=True,
        )
    for alike in found.quarantined:
        out.print(f"  {with_its_place(alike.files_in_words, alike.reason)}", soft_wrap=True)
    if found.rejects:
        rows_in_all = sum(rows.rows for rows in found.rejects)
        out.print(
            f"[bold yellow]Rejected[/]  {rows_in_all:,} rows, see {escape(str(folder.quarantine))}",
            soft_wrap=True,
        )
    for rows in found.alike_rejects:
        column = f", column {escape(rows.column)}" if rows.column else ""
        others = f" and {rows.files - 1:,} other files" if rows.files > 1 else ""
        out.print(
            f"  {escape(rows.place)}{others}{column}: "
            f"{rows_from_line(rows.rows, rows.first_line)}: {escape(rows.reason)}",
            soft_wrap=True,
        )


def _not_read(found: FolderStatus, out: Console) -> None:
    """Name what lies in the inbox and is read by no run."""
    if found.misplaced:
        out.print(f"[bold yellow]Not read[/]  {len(found.misplaced):,} in the inbox")
        for problem in found.misplaced:
            out.print(f"  {with_its_place(problem.file, problem.reason)}", soft_wrap=True)
    if found.documents:
        out.print(
            f"[bold]No data by their names[/]  {escape(', '.join(found.documents))} (documents or "
            "hidden)",
            soft_wrap=True,
        )


def _nights(found: FolderStatus, out: Console) -> None:
    if not found.nights:
        return
    table = Table("Started (UTC)", "Outcome", "Seconds by step", box=None, padding=(0, 2, 0, 0),
                  title="Last runs", title_justify="left", title_style="bold")  # fmt: skip
    for night in found.nights:
        outcome = str(night.get("outcome", ""))
        where = f" at {night['failed_step']}" if night.get("failed_step") else ""
        steps = ", ".join(
            f"{name} {seconds:.1f}" for name, seconds in night.get("step_seconds", {}).items()
        )
        style = "" if outcome == "published" else "red"
        table.add_row(
            str(night.get("started", "")).removesuffix("+00:00"),
            f"[{style}]{escape(outcome + where)}[/]" if style else outcome,
            steps,
        )
        if night.get("records_removed"):
            table.add_row("", "", escape(str(night.get("retention"))))
    out.print(table)


def _schedule(found: ScheduleStatus | None, out: Console) -> None:
    if found is None:
        out.print(
            "[bold]Schedule[/]  `csp schedule` was never started on this folder; a timer of the "
            "system that runs `csp nightly` keeps its own times"
        )
        return

    def local(time: datetime) -> str:
        return f"{time.astimezone(ZoneInfo(found.timezone)):%Y-%m-%d %H:%M} ({found.timezone})"

    if not found.is_served:
        state = "[yellow]not served, no run will start[/]: start `csp schedule`"
    elif found.is_paused:
        state = "[yellow]paused on the Prefect server, no run will start[/]: resume it on its page"
    else:
        state = f"next run due {local(found.next_due)}"
    out.print(f"[bold]Schedule[/]  cron {escape(found.cron)}: {state}", soft_wrap=True)
    out.print(f"  the run due {local(found.last_due)} {_what_came(found.last_run)}", soft_wrap=True)
    if found.missed:
        out.print(f"  [yellow]runs missed: {found.missed:,}[/], see warehouse/state/"
                  "scheduled_runs.jsonl")  # fmt: skip


def _what_came(run: ScheduledRun | None) -> str:
    if run is None:
        return "is about to start"
    if run.is_under_way:
        return f"is under way since {run.started:%H:%M:%S} UTC"
    if run.outcome in ("missed", NOT_BEGUN):
        return f"[yellow]did not run[/]: {escape(run.reason)}"
    if not run.outcome:
        return "[red]ended without a word[/]: its process is gone"
    words = {"nothing_new": "nothing new", "checks_failed": "stopped by a check"}
    return f"ran: {words.get(run.outcome, run.outcome)}"
