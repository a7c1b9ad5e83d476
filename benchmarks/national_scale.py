"""A night at national scale, beside plain DuckDB reading the same files in the same run.

    python benchmarks/national_scale.py [--months 36] [--forces 43] [--rows 20000000]

Makes labelled synthetic street-level files (every force, every authority, 105 LSOAs each) in a
temporary folder, then times: plain DuckDB reading the CSVs into a table of a file, the first night,
one new month, and a night with nothing new; each with its peak memory. Prints ratios, not claims:
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

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "data" / "seeds"
EXTRACT = "2026-10-31"

#: One row per synthetic crime of a force and month; hash() makes it the same on every machine.
STREET = """
select
    md5(concat('{month}', '{slug}', i)) as "Crime ID",
    '{month}' as "Month",
    '{name}' as "Reported by",
    '{name}' as "Falls within",
    round(-1.5 + (hash(i, '{month}') % 100000) / 1e6, 6) as "Longitude",
    round(52.5 + (hash(i, '{slug}') % 100000) / 1e6, 6) as "Latitude",
    concat('On or near Synthetic Street ', hash(i, 3) % 5000) as "Location",
    concat('E01', lpad(cast(900000 + place.number * 110 + lsoa as varchar), 6, '0')) as "LSOA code",
    concat(place.lad_name, ' ', lpad(cast(1 + lsoa // 4 as varchar), 3, '0'),
        substr('ABCD', 1 + cast(lsoa % 4 as integer), 1)) as "LSOA name",
    ['Violence and sexual offences', 'Anti-social behaviour', 'Criminal damage and arson',
        'Public order', 'Other theft', 'Shoplifting', 'Vehicle crime', 'Burglary', 'Drugs',
        'Other crime', 'Robbery', 'Bicycle theft', 'Theft from the person',
        'Possession of weapons'][1 + cast(sqrt(hash(i, '{month}{slug}', 7) % 196) as integer) % 14]
        as "Crime type",
    'Status update unavailable' as "Last outcome category",
    null as "Context"
from (
    select i, hash(i, '{slug}{month}', 1) % {places} + 1 as place_number,
        cast(hash(i, '{month}', 2) % 105 as bigint) as lsoa
    from range({rows}) as made (i)
)
inner join places as place on place_number = place.number_in_force and place.slug = '{slug}'
"""


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


def months_up_to(last: date, count: int) -> list[str]:
    """`count` months as YYYY-MM, the last one last."""
    numbers = range(last.year * 12 + last.month - count, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in numbers]


def write_month(
    connection: duckdb.DuckDBPyConnection, inbox: Path, month: str, forces: int, rows: int
) -> None:
    """Write one file per force for a month, of `rows` rows together."""
    listed = connection.execute(
        "select slug, any_value(force_name), count(*) from places group by slug order by slug"
    ).fetchall()[:forces]
    folder = inbox / EXTRACT / f"synthetic-{month}" / month
    folder.mkdir(parents=True)
    for slug, name, places in listed:
        sql = STREET.format(
            month=month, slug=slug, name=name, places=places, rows=rows // len(listed)
        )
        file = folder / f"{month}-{slug}-street.csv"
        connection.execute(f"copy ({sql}) to '{file}' (header, delimiter ',')")


def main() -> None:
    """Make the files, run the four, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--forces", type=int, default=43)
    parser.add_argument("--rows", type=int, default=20_000_000, help="of all months together")
    parser.add_argument("--room", type=Path, help="where the files go (a temporary folder)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.room) as room:
        folder = Path(room)
        data = folder / "data"
        inbox = data / "raw" / "police_uk"
        months = months_up_to(date(2026, 9, 1), asked.months + 1)
        a_month = asked.rows // asked.months
        with duckdb.connect() as connection:
            connection.execute(
                f"""
                create table places as
                select
                    forces.force_slug as slug,
                    forces.reported_by as force_name,
                    lads.lad_name,
                    row_number() over (order by lads.lad_code) as number,
                    row_number() over (partition by slug order by lads.lad_code) as number_in_force
                from (
                    select distinct on (lad_code) * from '{SEEDS}/local_authorities.csv'
                    where valid_to is null order by lad_code, csp_code
                ) as lads
                inner join '{SEEDS}/areas.csv' as areas on lads.csp_code = areas.area_code
                inner join '{SEEDS}/police_forces.csv' as forces
                    on areas.force_code = forces.force_code
                """
            )
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
            report("first night", first, baseline)
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
