"""The pages of the checks: every result of the run in one file without scripts, and more behind it.

No figure waits for them, so a run writes them beside its build and its publication.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import duckdb

from expectations.data_docs import write_data_docs
from flows.data_folder import DataFolder
from flows.private_files import FILE_MODE, FOLDER_MODE, private_folder
from flows.sql_text import literal

_COLUMNS = ("status", "severity", "subject", "description", "observed", "expected", "check_id")
_ORDER = "case status when 'error' then 0 when 'failed' then 1 else 2 end, severity, check_id"
_STYLE = (
    "body{font-family:sans-serif;margin:1.5rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    ".failed td:first-child{background:#fd9}.error td:first-child,"
    ".failed.critical td:first-child{background:#f99}.passed td:first-child{background:#cec}"
)


def at_once(work: Callable[[], None]) -> None:
    """Do work where it stands: for those who do nothing beside it."""
    work()


def write_pages(folder: DataFolder, group: str, contexts: Sequence[Any]) -> None:
    """Write Great Expectations' pages of a group of suites, and the first page again.

    `contexts` is the library's own of a checkpoint; where it is empty, earlier pages stay.
    """
    private_folder(folder.check_pages)
    for context in contexts:
        write_data_docs(context, folder.check_pages / group)
    write_index(folder)


def write_index(folder: DataFolder) -> None:
    """Write `reports/checks/index.html` from the results in `checks/`, failures first.

    It links to Great Expectations' pages of each suite and needs neither network nor script.
    """
    target = folder.check_pages
    private_folder(target)
    files = literal(folder.checks / "*.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select {', '.join(_COLUMNS)} from read_parquet({files}) order by {_ORDER}"
        ).fetchall()
    lines = "\n".join(
        f'<tr class="{escape(row[0])} {escape(row[1])}">'
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in row)
        + "</tr>"
        for row in rows
    )
    pages = sorted(page.relative_to(target) for page in target.glob("*/validations/**/*.html"))
    links = "\n".join(
        f'<li><a href="{escape(page.as_posix())}">{escape(page.parts[2])}</a></li>'
        for page in pages
    )
    failed = sum(row[0] != "passed" for row in rows)
    heads = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in _COLUMNS)
    beside = target / ".index.html.new"
    beside.write_text(
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8"><title>Checks</title>'
        f"<style>{_STYLE}</style></head><body>\n"
        f"<h1>Checks</h1>\n<p>{len(rows)} checks, {failed} not passed.</p>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{lines}\n</tbody></table>\n"
        f"<h2>Great Expectations' pages by suite</h2>\n<ul>\n{links}\n</ul>\n"
        "</body></html>\n",
        encoding="utf-8",
    )
    beside.replace(target / "index.html")
    keep_private(target)


def keep_private(pages: Path) -> None:
    """Leave the pages of the checks to their owner: they name counts of restricted files.

    Reports beside them are for reading; these are not. Modes are set afterwards, since the library
    that writes most of them follows the umask.
    """
    for folder, _, files in os.walk(pages):
        Path(folder).chmod(FOLDER_MODE)
        for file in files:
            Path(folder, file).chmod(FILE_MODE)
