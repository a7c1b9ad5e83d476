"""`csp check-mapping`: what a force's crime extract would become, without loading it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows.command.terminal import STEP_FAILED, WRONG_USAGE, DataOption, console, fail
from flows.data_folder import DataFolder
from flows.landing.reader import SupplierFile
from flows.landing.sources import SOURCES
from flows.landing.tables.refusal import FileRefusedError
from flows.reporting.supplier_text import escape

if TYPE_CHECKING:
    from flows.landing.sources.force.mapping import Mapping
    from flows.landing.sources.force.preview import MappingPreview

_SHOWN = 20


def check_mapping(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The extract: CSV or XLSX, in the inbox or not.")
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="The mapping to try \\[default: the one that landing would take].",
            show_default=False,
        ),
    ] = None,
    extract_date: Annotated[
        datetime | None,
        typer.Option(
            "--extract-date",
            formats=["%Y-%m-%d"],
            help="The date of the extract \\[default: its folder's name, else today].",
            show_default=False,
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Save the mapping that is drafted where there is none.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Show what each column of a force's crime extract would become; nothing is loaded.

    Where there is no mapping yet, one is drafted from the headings. Exit code 0 if the extract
    would land, 1 if not.

    [bold]Examples[/]

      csp check-mapping data/raw/force_extract/2025-10-03/west-midlands-2025-09.xlsx

      csp check-mapping ~/west-midlands.csv --mapping draft.yml --extract-date 2025-10-03

      csp check-mapping ~/west-midlands-2025.csv --write
    """
    from flows.landing.sources.force.draft import force_of
    from flows.landing.sources.force.mapping import read_mapping
    from flows.landing.sources.force.preview import preview
    from flows.landing.sources.force_extract import mapping_of

    if not file.is_file():
        fail(f"{file}: there is no such file", WRONG_USAGE, next_step="name an extract")
    if mapping is not None and not mapping.is_file():
        fail(f"{mapping}: there is no such file", WRONG_USAGE, next_step="name a mapping")
    source = SOURCES["force_extract"]
    if source.reader_for(file.name) is None:
        fail(
            f"{file.name}: no extract by its name", WRONG_USAGE,
            next_step=f"expected {source.expected_names}; unpack a ZIP first",
        )  # fmt: skip
    folder = DataFolder.chosen(data)
    inbox = folder.raw / source.name
    path, day = _place(file, inbox)
    if extract_date is not None:
        day = extract_date.date().isoformat()
    out = console()
    try:
        supplied = SupplierFile(
            file.name,
            file.read_bytes(),
            path,
            datetime.fromisoformat(day).date() if day else datetime.now(UTC).date(),
            inbox / "mappings",
        )
        force = force_of(path)
        target = inbox / "mappings" / f"{force}.yml"
        if mapping is None and force and not _has_mapping(inbox / "mappings", force):
            read = _drafted(supplied, force, target, out, command=str(file), write=write)
        elif write:
            fail(
                f"{target}: there is a mapping already" if force else f"{file.name} names no force",
                WRONG_USAGE,
                next_step="change the mapping that is there"
                if force
                else "give the file a name that begins with its force: west-midlands-2025-09.csv",
            )
        else:
            read = mapping_of(supplied) if mapping is None else read_mapping(mapping, draft=True)
        found = preview(supplied, read)
    except FileRefusedError as refusal:
        fail(refusal.reason(file.name), STEP_FAILED)
    except OSError as error:
        fail(f"{file}: {error.strerror}", STEP_FAILED, next_step="check its permissions")
    _columns(found, out)
    _aside(found, out)
    _rows(found, out)
    if found.window_problem or not found.rows:
        raise typer.Exit(STEP_FAILED)


def _has_mapping(mappings: Path, force: str) -> bool:
    return any(
        path.name.split(".", 1)[0] == force
        for ending in ("*.yml", "*.yaml")
        for path in mappings.glob(ending)
    )


def _drafted(
    supplied: SupplierFile, force: str, target: Path, out: Console, *, command: str, write: bool
) -> Mapping:
    """Show a mapping drafted from the headings, save it where asked, and read it.

    Ends the command with 1 where a required column has no heading: the draft is to be completed.
    """
    from flows.landing.sources.force.draft import draft_mapping
    from flows.landing.sources.force.mapping import read_mapping

    draft = draft_mapping(supplied, force)
    out.print(
        f"[bold]Draft[/]  no mapping says what its columns are: a draft from its headings\n"
        f"{escape(draft.text)}",
        soft_wrap=True,
    )
    place = target.with_suffix(".draft") if draft.missing else target
    if write:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(draft.text, encoding="utf-8")
        out.print(f"[bold]Saved[/]  {escape(str(place))}", soft_wrap=True)
    elif not draft.missing:
        out.print(
            f"csp check-mapping {escape(command)} --write saves it as {escape(str(target))}",
            soft_wrap=True,
        )
    if draft.missing:
        fail(
            f"no heading was found for {', '.join(draft.missing)}",
            STEP_FAILED,
            next_step=f"write the headings in their places, and save the mapping as {target}",
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / target.name
        file.write_text(draft.text, encoding="utf-8")
        return read_mapping(file)


def _place(file: Path, inbox: Path) -> tuple[str, str]:
    """Give the label and the extract date of a file in the inbox; else its name and nothing."""
    try:
        day, *rest = file.resolve().relative_to(inbox.resolve()).parts
        datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return file.name, ""
    return "/".join(rest), day


def _columns(found: MappingPreview, out: Console) -> None:
    scope = found.mapping.scope
    table = Table(
        "Column", "From", "Examples", box=None, padding=(0, 2, 0, 0), title_justify="left",
        title=f"As the mapping of {scope} reads it", title_style="bold",
    )  # fmt: skip
    for heading in ("Filled", "Empty", "Unreadable"):
        table.add_column(heading, justify="right")
    for column in found.columns:
        examples = "; ".join(f"{word or '(empty)'} → {value}" for word, value in column.examples)
        unreadable = f"[yellow]{column.unreadable:,}[/]" if column.unreadable else "0"
        table.add_row(
            column.name,
            escape(column.heading),
            escape(examples),
            f"{column.filled:,}",
            f"{column.empty:,}",
            unreadable,
        )
    out.print(table)


def _aside(found: MappingPreview, out: Console) -> None:
    from flows.landing.sources.force.place_words import in_words
    from flows.landing.sources.force_extract import shown_code

    for heading, kind in found.refused.items():
        out.print(f"[yellow]Refused[/]  {escape(heading)}: looks like {kind}; never landed")
    if found.not_mapped:
        out.print(f"[bold]Not mapped[/]  {escape(', '.join(found.not_mapped))}", soft_wrap=True)
    if found.never_kept:
        out.print(
            f"[bold]Never kept[/]  {', '.join(found.never_kept)}: no figure needs "
            f"{'it' if len(found.never_kept) == 1 else 'them'}, and the mapping can do without",
            soft_wrap=True,
        )
    if found.unknown_codes:
        listed = sorted(found.unknown_codes.items(), key=lambda entry: (-entry[1], entry[0]))
        codes = ", ".join(f"{shown_code(code)} ({count:,})" for code, count in listed[:_SHOWN])
        more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
        out.print(
            f"[yellow]Unknown offence codes[/]  {escape(codes)}{more}: in the total only",
            soft_wrap=True,
        )
    if found.unknown_areas:
        out.print(
            f"[yellow]Unknown partnerships[/]  {escape(in_words(found.unknown_areas))}: location "
            "unknown",
            soft_wrap=True,
        )
    covered = ", ".join(found.indicators)
    out.print(f"[bold]Indicators[/]  {covered}", soft_wrap=True)
    if found.indicators_left_out:
        out.print(
            f"[bold]Left out[/]  {', '.join(found.indicators_left_out)}: the extract is of "
            "selected offences",
            soft_wrap=True,
        )
    if found.indicators_not_covered:
        out.print(
            f"[bold]Not counted[/]  {', '.join(found.indicators_not_covered)}: no column for them",
            soft_wrap=True,
        )


def _rows(found: MappingPreview, out: Console) -> None:
    rejected = sum(found.rejected.values())
    out.print(f"[bold]Rows[/]  {found.rows:,} would load, {rejected:,} would be rejected")
    for reason, count in found.rejected.most_common(_SHOWN):
        out.print(f"  {count:,} times {escape(reason)}", soft_wrap=True)
    if found.window_problem:
        out.print(f"[red]Window[/]  {escape(found.window_problem)}", soft_wrap=True)
        return
    if found.months:
        out.print(
            f"[bold]Window[/]  {found.months[0]:%Y-%m} to {found.months[-1]:%Y-%m}, "
            f"{len(found.months)} months; {found.outside_window:,} records outside it"
        )
    else:
        out.print("[bold]Window[/]  no month that was over on the extract date")
    for note in found.window_notes:
        out.print(f"  {escape(note)}", soft_wrap=True)
