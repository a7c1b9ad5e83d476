"""The pages of a new inbox that say what goes where, written from the sources' contracts."""

from __future__ import annotations

from flows.landing.inbox.files import GUIDE
from flows.landing.reader import Reader
from flows.landing.sources import SOURCES
from flows.landing.tables.contract import Column


def inbox_page() -> str:
    """Write the page of the inbox: how files are laid out, and a row per source folder."""
    rows = [
        f"| [`{name}/`]({name}/{GUIDE}) | {SOURCES[name].expected_names} |"
        for name in sorted(SOURCES)
    ]
    return "\n".join(
        (
            "# The inbox",
            "",
            "Put each file here as its supplier sent it, unchanged:",
            "",
            "    raw/<source>/<extract date>/<file>",
            "",
            "- `<source>` is one of the folders below.",
            "- `<extract date>` is the date that the supplier gives for the data, as 2026-10-31.",
            "- `<file>` keeps its own name. A CSV file, a workbook or a zip of them will do.",
            "",
            "`csp nightly` reads what is new. Nothing here is ever changed: a correction is a new "
            "file under a newer extract date. Files named README or LICENSE are not read.",
            "",
            "| folder | what it takes |",
            "|---|---|",
            *rows,
            "",
        )
    )


def source_page(name: str) -> str:
    """Write the page of one source folder: the columns of each kind of file that it takes."""
    source = SOURCES[name]
    lines = [
        f"# {name}",
        "",
        f"Takes {source.expected_names}, in a folder per extract date: "
        f"`raw/{name}/2026-10-31/<file>`.",
        "",
    ]
    companions = SOURCES[name].companions
    if companions:
        lines += [f"What its files are read by lies in `raw/{name}/{companions}/`.", ""]
    for reader in source.readers:
        lines += _columns(reader)
    return "\n".join(lines)


def _columns(reader: Reader) -> list[str]:
    return [
        f"## {reader.contract.name.replace('_', ' ')}",
        "",
        "| column | needed | what it holds | example |",
        "|---|---|---|---|",
        *(_row(column) for column in reader.contract.landed_columns()),
        "",
    ]


def _row(column: Column) -> str:
    needed = "in every row" if column.required else "heading" if column.in_header else "no"
    cells = (column.header, needed, f"{column.meaning} ({column.expected})", column.example)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
