"""A run at national scale, beside plain DuckDB and pandas reading the same files in the same run.

    python benchmarks/national_scale.py [--months 36] [--forces 43] [--rows 20000000]

Makes labelled synthetic street-level files (every force, every authority, 105 LSOAs each) in a
temporary folder, then times: plain DuckDB reading the CSVs into a table of a file and grouping it
by LSOA, month and category; pandas doing the same; the first run; one new month; a run with
nothing new; and a run of the same inbox from nothing, whose logical hashes must be those of the
run with one new month. Memory is that of all processes together (proportional set size, four
times a second). Prints ratios, not claims: results with their date stand in BENCHMARKS.md.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
from landing_speed import COLUMNS
from national_files import make_places, months_up_to, write_month

PROJECT = Path(__file__).resolve().parents[1]


GROUPED = ["LSOA code", "Month", "Crime type"]

_DUCKDB = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
connection.execute(
    "create table street as select * from read_csv(?, header = true, columns = {columns})",
    [sys.argv[2] + "/**/*.csv"])
connection.execute(
    'create table counts as select {grouped}, count(*) as rows from street group by all')
"""

_PANDAS = """
import sys
from pathlib import Path
import pandas
files = sorted(Path(sys.argv[2]).rglob("*.csv"))
rows = pandas.concat([pandas.read_csv(file) for file in files], ignore_index=True)
rows.groupby({grouped}).size()
"""


class Timed(NamedTuple):
    """Seconds on the clock, seconds of processor time and peak memory in MiB of a process tree."""

    seconds: float
    processor: float
    peak: float


def memory_of(session: int) -> float:
    """MiB that the processes of a session hold together (shared pages are shared out)."""
    held = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if os.getsid(int(folder.name)) == session:
                line = (folder / "smaps_rollup").read_text().partition("\nPss:")[2]
                held += int(line.split()[0])
    return held / 1024


def timed(command: list[str], folder: Path) -> Timed:
    """Run a command in a session of its own; its output goes to the file `told` of the folder.

    Raises `SystemExit` with the last lines when it fails.
    """
    told = folder / "told.txt"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun, peak = time.monotonic(), 0.0
    with told.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            start_new_session=True,
        )
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.25)
    seconds = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        raise SystemExit("\n".join(told.read_text("utf-8", errors="replace").splitlines()[-30:]))
    processor = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return Timed(seconds, processor, peak)


def hashes(data: Path) -> dict[str, str]:
    """Give the logical hash of every published table but the one that says when a check ran."""
    manifest = json.loads((data / "published" / "manifest.json").read_text("utf-8"))
    tables = manifest["tables"]
    return {name: tables[name]["logical_hash"] for name in tables if name != "rpt_checks"}


def main() -> None:
    """Make the files, run the four, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--forces", type=int, default=43)
    parser.add_argument("--rows", type=int, default=20_000_000, help="of all months together")
    parser.add_argument("--files-in", type=Path, help="where the files go (a temporary folder)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.files_in) as made:
        folder = Path(made)
        data = folder / "data"
        inbox = data / "raw" / "police_uk"
        months = months_up_to(date(2026, 9, 1), asked.months + 1)
        a_month = asked.rows // asked.months
        with duckdb.connect() as connection:
            make_places(connection)
            for month in months[:-1]:
                write_month(connection, inbox, month, asked.forces, a_month)
            size = sum(file.stat().st_size for file in inbox.rglob("*.csv")) / 2**20
            print(f"{asked.rows:,} rows, {size:,.0f} MiB, {asked.months} months", flush=True)
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
            grouped = ", ".join(f'"{name}"' for name in GROUPED)
            peers = {
                "plain DuckDB": _DUCKDB.format(columns="{" + columns + "}", grouped=grouped),
                "pandas": _PANDAS.format(grouped=GROUPED),
            }
            measured = {}
            for name, code in peers.items():
                command = [sys.executable, "-c", code, str(folder / "plain.duckdb"), str(inbox)]
                measured[name] = timed(command, folder)
                report(name, measured[name], measured["plain DuckDB"])
            (folder / "plain.duckdb").unlink()
            baseline = measured["plain DuckDB"]
            night = [sys.executable, "-m", "flows.command", "nightly", "--data"]
            report("first run", timed([*night, str(data)], folder), baseline)
            print_parts(folder)
            write_month(connection, inbox, months[-1], asked.forces, a_month)
        report("one new month", timed([*night, str(data)], folder), baseline)
        print_parts(folder)
        report("nothing new", timed([*night, str(data)], folder), baseline)
        from_nothing = folder / "from-nothing"
        from_nothing.mkdir()
        shutil.move(data / "raw", from_nothing / "raw")
        report("from nothing", timed([*night, str(from_nothing)], folder), baseline)
        print_parts(folder)
        first, second = hashes(data), hashes(from_nothing)
        differing = sorted(name for name in first if first[name] != second[name])
        print("logical hashes:", "all equal" if not differing else f"differ: {differing}")


def print_parts(folder: Path) -> None:
    """Print the seconds of the parts of the last run, as it printed them."""
    print((folder / "told.txt").read_text("utf-8").split("Time\n")[-1].split("\n\n")[0], flush=True)


def report(what: str, run: Timed, baseline: Timed) -> None:
    """Print a run beside the baseline."""
    print(
        f"{what:14}  {run.seconds:7.1f} s  {run.processor:7.1f} s of processor  "
        f"{run.peak:6.0f} MiB  {run.seconds / baseline.seconds:5.2f} x plain",
        flush=True,
    )


if __name__ == "__main__":
    main()
