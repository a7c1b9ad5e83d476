"""`csp demo`: fills an inbox with labelled synthetic extracts for a whole force."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from flows.command.terminal import WRONG_USAGE, DataOption, console, fail
from flows.data_folder import DataFolder
from flows.reporting.supplier_text import escape

_SETTINGS = """\
# SYNTHETIC: made by csp demo. These settings hold for this data folder only.
home_areas = ["Dudley", "Wolverhampton"]
"""


def demo(
    data: DataOption = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same bytes.")] = 2017,
    months: Annotated[
        int, typer.Option("--months", min=1, max=36, help="How many months, up to March 2018.")
    ] = 36,
    year_by_year: Annotated[
        bool,
        typer.Option(
            "--year-by-year",
            help="Bring the next year's delivery only; call again after a run for the next.",
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Write into an inbox that holds files of others too."),
    ] = False,
) -> None:
    """Fill an inbox with made-up, labelled extracts of the whole West Midlands force.

    Seven partnerships, 36 months, every source, with the late records, revisions and dirt of real
    files. Counts that Dudley and Wolverhampton published come out; nothing else in it is real.
    Runs refuse to mix it with real data.

    [bold]Examples[/]

      csp demo --data demo

      csp demo --data demo --year-by-year

      csp demo --data small --months 3 --seed 7
    """
    from flows.demo.fill_inbox import fill_inbox
    from flows.demo.inbox_writer import InboxNotOursError
    from flows.demo.plan import DemoPlan

    folder = DataFolder.chosen(data)
    out = console()
    with Progress(
        TextColumn("Making"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[subject]}"),
        console=out,
        transient=True,
        disable=not out.is_terminal,
    ) as bars:
        task = bars.add_task("demo", subject="")
        try:
            made = fill_inbox(
                folder.raw,
                DemoPlan(seed, months),
                year_by_year=year_by_year,
                force=force,
                on_progress=lambda subject, done, total: bars.update(
                    task, completed=done, total=total, subject=subject
                ),
            )
        except InboxNotOursError as refused:
            bars.stop()
            fail(
                str(refused),
                WRONG_USAGE,
                next_step="name a folder of its own: `csp demo --data demo` (or --force, if these "
                "files may lie beside synthetic ones; a run then refuses the mixture)",
            )
    settings = folder.root / "csp.toml"
    if not settings.exists():
        settings.write_text(_SETTINGS, encoding="utf-8")
    where = escape(str(folder.raw))
    if not made.years:
        out.print(f"Every year of the demo is in {where} already.")
        return
    out.print(f"[bold yellow]SYNTHETIC DATA[/] for {', '.join(made.years)} in {where}")
    for source, files in made.files.items():
        out.print(f"  {source}: {files:,} {'file' if files == 1 else 'files'}")
    out.print(f"{made.records:,} records, {made.bytes_written / 1e6:,.0f} MB, seed {seed}")
    named = f" --data {escape(str(data))}" if data else ""
    out.print(f"Next: csp nightly{named}", soft_wrap=True)
    if made.remaining:
        out.print(
            f"then: csp demo{named} --year-by-year --seed {seed} --months {months} "
            f"(years to come: {made.remaining})",
            soft_wrap=True,
        )
