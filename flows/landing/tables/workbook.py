"""Workbooks (XLSX, ODS, XLSB, XLS) as grids of text, with the places that a person sees.

Each is read in a process of its own, with limits of memory and time: what ends or hangs that
process costs one file and not the run. Numbers keep every digit that the file holds; what a
cell's format shows is not looked at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from flows.landing.tables.refusal import FileRefusedError

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")

# A sheet of the largest official table takes 1.2 GB and half a minute.
MEGABYTES = 3_072
SECONDS = 300
# On a busy machine a process gets less than its share of time.
_SECONDS_OF_WAITING = 4

_PROJECT_ROOT = Path(__file__).resolve().parents[3]
# Side by side two large ones would take the memory of both.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name as written, and all rows from row 1 and column A on, '' for no value."""

    name: str
    rows: list[list[str]]


def is_workbook(name: str) -> bool:
    """Say by its name whether a file is a workbook."""
    return name.lower().endswith(WORKBOOK_ENDINGS)


def read_workbook(data: bytes) -> list[Sheet]:
    """Read every sheet of a workbook.

    Raises FileRefusedError where it is none, locked, damaged or oversized, and where its reader
    ends or takes more memory or time than any table needs.
    """
    path = os.pathsep.join(filter(None, (str(_PROJECT_ROOT), os.environ.get("PYTHONPATH"))))
    with _one_at_a_time:
        try:
            done = subprocess.run(
                # -P: a folder named `flows` where the user happens to stand is not this one.
                [
                    *(sys.executable, "-P", "-m", "flows.landing.tables.workbook_process"),
                    *(str(MEGABYTES), str(SECONDS)),
                ],
                input=data,
                env={**os.environ, "PYTHONPATH": path},
                capture_output=True,
                timeout=SECONDS * _SECONDS_OF_WAITING,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _not_read(f"does not end within {SECONDS * _SECONDS_OF_WAITING:,} s") from None
        sheets: list[Sheet] = []
        for line in done.stdout.splitlines():
            content = json.loads(line)
            if "refused" in content:
                raise FileRefusedError(**content["refused"])
            if "done" in content:
                return sheets
            sheets.append(Sheet(content["name"], content["rows"]))
    raise _not_read(
        f"needs more than {MEGABYTES:,} MB of memory or {SECONDS:,} s, or ends on something in it"
    )


def _not_read(how: str) -> FileRefusedError:
    return FileRefusedError(
        f"the workbook cannot be read: its reader {how}",
        expected="a whole workbook with a table and nothing far from it",
        next_step="ask the supplier to copy the table alone to a new workbook, save it as XLSX "
        "and send it again",
    )
