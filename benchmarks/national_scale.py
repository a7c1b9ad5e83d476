"""A run at national scale, beside plain DuckDB reading the same files in the same run.

    python benchmarks/national_scale.py [--months 36] [--forces 43] [--rows 20000000]

Makes labelled synthetic street-level files (every force, every authority, 105 LSOAs each) in a
temporary folder, then times: plain DuckDB reading the CSVs into a table of a file, the first run,
one new month, and a run with nothing new; each with its peak memory. Prints ratios, not claims:
results with their date stand in BENCHMARKS.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
from national_files import make_places, months_up_to, write_month

PROJECT = Path(__file__).resolve().parents[1]


class Timed(NamedTuple):
    """Seconds on the clock, and the peak memory of one process and its children in MiB."""

    seconds: float
    peak: float


def timed(command: list[str], folder: Path) -> Timed:
    """Run a command in a process of its own; its output goes to the file `told` of the folder.

    Raises `SystemExit` with the last lines when it fails.
    """
    told = folder / "told.txt"
    watcher = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
        "print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024);"
        "sys.exit(code)"
    )
    begun = time.monotonic()
    with told.open("w", encoding="utf-8") as out:
        code = subprocess.call(
            [sys.executable, "-c", watcher, *command],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
    seconds = time.monotonic() - begun
    lines = told.read_text("utf-8", errors="replace").splitlines()
    if code != 0:
        raise SystemExit("\n".join(lines[-30:]))
    return Timed(seconds, float(lines[-1].split()[1]))


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
            baseline = timed(
                [
                    *(sys.executable, "-c"),
                    "import duckdb, sys; c = duckdb.connect(sys.argv[1]);"
                    'c.execute(f"create table street as select * from '
                    "read_csv('{sys.argv[2]}/**/*.csv', filename = true, all_varchar = true)\")",
                    *(str(folder / "plain.duckdb"), str(inbox)),
                ],
                folder,
            )
            (folder / "plain.duckdb").unlink()
            print(
                f"plain DuckDB    {baseline.seconds:7.1f} s  {baseline.peak:6.0f} MiB", flush=True
            )
            night = [sys.executable, "-m", "flows.command", "nightly", "--data", str(data)]
            first = timed(night, folder)
            report("first run", first, baseline)
            print((folder / "told.txt").read_text("utf-8").split("Time\n")[-1].split("Pub")[0])
            write_month(connection, inbox, months[-1], asked.forces, a_month)
        report("one new month", timed(night, folder), baseline)
        print((folder / "told.txt").read_text("utf-8").split("Time\n")[-1].split("Pub")[0])
        report("nothing new", timed(night, folder), baseline)


def report(what: str, run: Timed, baseline: Timed) -> None:
    """Print a run beside the baseline."""
    ratio = run.seconds / baseline.seconds
    print(f"{what:14}  {run.seconds:7.1f} s  {run.peak:6.0f} MiB  {ratio:5.2f} x plain", flush=True)


if __name__ == "__main__":
    main()
