"""Landing against plain DuckDB: the time of one over that of the other, on the same street files.

Reads monthly street files as data.police.uk publishes them, sets them into other years until there
are as many as asked for (the month is changed in every row), and quotes the locations in one file
of three, as suppliers' programs do. Plain DuckDB reads the files into a table of a database file
with an explicit schema; landing hashes, checks, types and profiles them and writes Parquet.

    python benchmarks/landing_speed.py FOLDER_OF_STREET_FILES --files 444 --rounds 3
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from flows.data_folder import DataFolder
from flows.landing import land_inbox

NAME = re.compile(r"(\d{4})-(\d{2})-([a-z-]+)-street\.csv")
EXTRACT = "police_uk/2026-10-31"
COLUMNS = {
    "Crime ID": "varchar",
    "Month": "varchar",
    "Reported by": "varchar",
    "Falls within": "varchar",
    "Longitude": "double",
    "Latitude": "double",
    "Location": "varchar",
    "LSOA code": "varchar",
    "LSOA name": "varchar",
    "Crime type": "varchar",
    "Last outcome category": "varchar",
    "Context": "varchar",
}


def make_files(real: Path, to: Path, count: int) -> list[Path]:
    """Write `count` files below `to`, each of bytes of its own; one in three with quotes."""
    to.mkdir(parents=True)
    sources = sorted(path for path in real.rglob("*-street.csv") if NAME.fullmatch(path.name))
    if not sources:
        raise SystemExit(f"{real}: no files named like 2022-05-west-mercia-street.csv")
    made: list[Path] = []
    years_back = 0
    while len(made) < count:
        for source in sources:
            found = NAME.fullmatch(source.name)
            if found is None or len(made) == count:
                continue
            year, month, force = found.groups()
            new = f"{int(year) - years_back}-{month}"
            text = source.read_bytes().replace(f",{year}-{month},".encode(), f",{new},".encode())
            if len(made) % 3 == 0:
                text = re.sub(rb",(On or near [^,\r\n]*),", rb',"\1",', text)
            path = to / f"{new}-{force}-street.csv"
            path.write_bytes(text)
            made.append(path)
        years_back += 1
    return made


def time_duckdb(files: list[Path], folder: Path) -> float:
    """Read the files into a table and give the seconds."""
    database = folder / "floor.duckdb"
    database.unlink(missing_ok=True)
    start = time.perf_counter()
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table street as select * from read_csv(?, header = true, columns = "
            + "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items()) + "})",
            [[str(path) for path in files]],
        )  # fmt: skip
    return time.perf_counter() - start


def time_landing(raw: Path, folder: Path) -> tuple[float, int]:
    """Land the files into a fresh data folder; give the seconds and the rows."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    (data / "raw").symlink_to(raw)
    start = time.perf_counter()
    report = land_inbox(DataFolder(data))
    seconds = time.perf_counter() - start
    if report.quarantined:
        raise SystemExit(report.quarantined[0].reason)
    return seconds, report.rows_loaded


def main() -> None:
    """Print the seconds of each round, and the ratio of the best of each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("real", type=Path, help="folder with street files of data.police.uk")
    parser.add_argument("--files", type=int, default=444)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="landing-speed-") as name:
        folder = Path(name)
        files = make_files(options.real, folder / "raw" / EXTRACT, options.files)
        megabytes = sum(path.stat().st_size for path in files) / 1e6
        floor, landing, rows = [], [], 0
        for number in range(1, options.rounds + 1):
            floor.append(time_duckdb(files, folder))
            seconds, rows = time_landing(folder / "raw", folder)
            landing.append(seconds)
            print(f"round {number}: plain DuckDB {floor[-1]:.2f} s, landing {seconds:.2f} s")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{len(files):,} files, {megabytes:,.0f} MB, {rows:,} rows, peak {peak:,.0f} MB")
        print(f"landing takes {min(landing) / min(floor):.2f} x plain DuckDB's time")


if __name__ == "__main__":
    main()
