"""Counts by LSOA, month and category, written out again as data.police.uk lays its files out."""

from __future__ import annotations

from pathlib import Path

import duckdb

FIRST, LAST = "2024-04", "2026-03"
EXTRACT_DATE = "2026-05-25"


def write_street_files(public_data: Path, raw: Path) -> int:
    """Write 24 street files of the West Midlands, a row a record, and return their rows."""
    (counts,) = (public_data / "counts").glob("*.parquet")
    inbox = raw / "police_uk" / EXTRACT_DATE
    inbox.mkdir(parents=True)
    with duckdb.connect() as writer:
        writer.execute(
            f"create table counts as from '{counts}' where month between '{FIRST}' and '{LAST}'"
        )
        for (month,) in writer.execute("select distinct month from counts").fetchall():
            writer.execute(
                f"""
                copy (
                    select
                        null as "Crime ID", month as "Month",
                        'West Midlands Police' as "Reported by",
                        'West Midlands Police' as "Falls within",
                        null as "Longitude", null as "Latitude", 'No Location' as "Location",
                        lsoa_code as "LSOA code", lsoa21_name as "LSOA name",
                        crime_type as "Crime type", null as "Last outcome category",
                        null as "Context"
                    from counts, range(n)
                    where month = '{month}'
                ) to '{inbox / f"{month}-west-midlands-street.csv"}' (header)
                """
            )
        (rows,) = writer.execute("select sum(n) from counts").fetchone() or (0,)
    return int(rows)
