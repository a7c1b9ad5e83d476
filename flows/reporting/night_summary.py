"""The end of a run in words: for the terminal, and as Markdown for Prefect's artifact."""

from __future__ import annotations

import shlex

from rich.console import Console
from rich.table import Table

from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import HeldBackLoad
from flows.night.summary import CheckOutcome, NightSummary, rows_from_line
from flows.reporting.supplier_text import escape, with_its_place

# A broken supply can refuse thousands of files: the first show why, status lists them all.
_SHOWN = 20
_NAMED = 5

_STEP_WORDS = {
    "land": "Land",
    "check_sources": "Check sources",
    "build": "Build",
    "check_marts": "Check marts",
    "publish": "Publish",
    "retain": "Remove old records",
    "write_site": "Write the scorecard site",
}


def print_summary(summary: NightSummary, folder: DataFolder, console: Console) -> None:
    """Print what was loaded, rejected, checked and published, and the time by step."""
    _print_loaded(summary, console)
    _print_rejected(summary, folder, console)
    _print_aside(summary, console)
    print_held_back(summary.held_back, console)
    _print_checks(summary.checks_passed, summary.checks_not_passed, console)
    if summary.records_removed:
        console.print(f"[bold]Retention[/]  {summary.retention}")
    for problem in summary.not_written:
        console.print(f"[bold yellow]Not written[/]  {escape(problem)}", soft_wrap=True)
    _print_times(summary, console)


def _print_loaded(summary: NightSummary, console: Console) -> None:
    console.print(
        f"[bold]Loaded[/]  {len(summary.loaded):,} files, {summary.rows_loaded:,} rows"
        + (f"; {summary.already_known:,} files known before" if summary.already_known else "")
    )
    for loaded in summary.loaded[:_SHOWN]:
        rejected = f", [yellow]{loaded.rows_rejected:,} rejected[/]" if loaded.rows_rejected else ""
        console.print(
            f"  {escape(loaded.source)} {loaded.extract_date} {escape(loaded.file)}: "
            f"{loaded.rows_loaded:,} rows{rejected}"
        )
    _print_more(len(summary.loaded), console)


def _print_rejected(summary: NightSummary, folder: DataFolder, console: Console) -> None:
    if not summary.refused and not summary.rejected:
        console.print("[bold]Rejected[/]  nothing")
        return
    console.print(
        f"[bold yellow]Rejected[/]  {len(summary.refused):,} files, {summary.rows_rejected:,} rows"
    )
    for refused in summary.refused[:_SHOWN]:
        console.print(f"  [yellow]{with_its_place(refused.file, refused.reason)}[/]")
    _print_more(len(summary.refused), console)
    for rows in summary.rejected[:_SHOWN]:
        column = f", column {escape(rows.column)}" if rows.column else ""
        console.print(
            f"  {escape(rows.place)}{column}: {rows_from_line(rows.rows, rows.first_line)}: "
            f"{escape(rows.reason)}"
        )
    _print_more(len(summary.rejected), console)
    console.print(f"  Copies and reasons: {escape(str(folder.quarantine))}")


def _print_aside(summary: NightSummary, console: Console) -> None:
    """Name what an earlier run refused and nobody has corrected, and what was not read."""
    if summary.still_quarantined:
        console.print(
            f"[bold yellow]Still refused[/]  {len(summary.still_quarantined):,} files that an "
            "earlier run refused lie unchanged in the inbox"
        )
        for refused in summary.still_quarantined[:_SHOWN]:
            console.print(f"  [yellow]{with_its_place(refused.file, refused.reason)}[/]")
        _print_more(len(summary.still_quarantined), console)
    if summary.notes:
        notes = _notes_once(summary.notes)
        console.print(f"[bold]Notes on files[/]  {len(summary.notes):,}")
        for note in notes[:_SHOWN]:
            console.print(f"  {escape(note)}")
        _print_more(len(notes), console)


def _notes_once(notes: list[str]) -> list[str]:
    """Say each note once with its first files: a supplier's files mostly have the same to say."""
    files: dict[str, list[str]] = {}
    for note in notes:
        file, _, words = note.partition(": ")
        files.setdefault(words, []).append(file)
    return [
        f"{', '.join(named[:_NAMED])}: {words}"
        + (f" (and {len(named) - _NAMED:,} files more)" if named[_NAMED:] else "")
        for words, named in files.items()
    ]


def print_held_back(loads: list[HeldBackLoad], console: Console) -> None:
    """Name each load held back: what failed, what stands instead, and what to do next.

    What to do is said once for all loads of a supplier that fail the same checks.
    """
    if not loads:
        return
    counted = "1 load" if len(loads) == 1 else f"{len(loads):,} loads"
    console.print(
        f"[bold yellow]Held back[/]  {counted}, used in no figure; the rest is published",
        soft_wrap=True,
    )
    alike: dict[str, list[HeldBackLoad]] = {}
    for load in loads[:_SHOWN]:
        alike.setdefault(load.next_steps, []).append(load)
    for next_steps, group in alike.items():
        for load in group:
            for check in load.checks:
                console.print(
                    f"  [yellow]{escape(load.place)}[/]: {escape(check.description)} (seen "
                    f"{escape(check.observed)}, expected {escape(check.expected)})",
                    soft_wrap=True,
                )
            console.print(f"    {escape(load.stands)}.", soft_wrap=True)
        several = len(group) > 1
        subject = f"for each of these {len(group)}: " if several else ""
        place = "its place as written above" if several else shlex.quote(group[0].place)
        console.print(
            f"    Next: {subject}{escape(next_steps)} If it should not have come: take it out of "
            f"the inbox, then csp withdraw {escape(place)}",
            soft_wrap=True,
        )
    _print_more(len(loads), console)


def _print_checks(passed: int, not_passed: list[CheckOutcome], console: Console) -> None:
    held = [check for check in not_passed if check.severity == "critical" and check.held_back]
    critical = [
        check for check in not_passed if check.severity == "critical" and not check.held_back
    ]
    warnings = [check for check in not_passed if check.severity != "critical"]
    console.print(
        f"[bold]Checks[/]  {passed:,} passed, "
        f"{len(critical)} critical failed, {len(warnings)} warned"
        + (f"; loads held back by {len(held)}" if held else "")
    )
    for check in [*critical, *warnings][:_SHOWN]:
        style = "red" if check.severity == "critical" else "yellow"
        seen = f" (seen {check.observed}, expected {check.expected})" if check.observed else ""
        console.print(
            f"  [{style}]{check.severity}[/] {escape(check.check_id)} on {escape(check.subject)}: "
            f"{escape(check.description + seen)}"
        )
    _print_more(len(not_passed) - len(held), console, "table rpt_checks of the publication")


def _print_times(summary: NightSummary, console: Console) -> None:
    if not summary.steps:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for step in summary.steps:
        words = _STEP_WORDS.get(step.name, step.name)
        mark = "" if step.outcome == "done" else "[red]failed[/]"
        table.add_row(f"  {words}", f"{step.seconds:.1f} s", mark)
    console.print("[bold]Time[/]")
    console.print(table)


def _print_more(count: int, console: Console, where: str = "`csp status`") -> None:
    if count > _SHOWN:
        console.print(f"  … and {count - _SHOWN:,} more: see {where}")


def as_markdown(summary: NightSummary) -> str:
    """Give the summary as Markdown: counts, names of files, steps and checks; no content."""
    lines = [
        f"# Run {summary.run_id}",
        "",
        f"Outcome: **{summary.outcome}**"
        + (f" at step {summary.failed_step}" if summary.failed_step else ""),
        "",
        f"- loaded: {len(summary.loaded)} files, {summary.rows_loaded} rows",
        f"- rejected: {len(summary.refused)} files, {summary.rows_rejected} rows",
        f"- quarantined in an earlier run and unchanged: {len(summary.still_quarantined)} files",
        f"- notes on files: {len(summary.notes)}",
        f"- held back: {len(summary.held_back)} loads",
        f"- checks: {summary.checks_passed} passed, {len(summary.checks_not_passed)} did not",
        f"- publication: {summary.publication_id or 'none'}",
        f"- retention: {summary.retention or 'not reached'}",
        "",
        "| step | seconds | outcome |",
        "|---|---:|---|",
    ]
    lines += [f"| {step.name} | {step.seconds:.1f} | {step.outcome} |" for step in summary.steps]
    for check in summary.checks_not_passed[:_SHOWN]:
        if check is summary.checks_not_passed[0]:
            lines += ["", "| check | severity | status |", "|---|---|---|"]
        lines.append(f"| {check.check_id} | {check.severity} | {check.status} |")
    return "\n".join(lines) + "\n"
