"""Cut the real public files down to the extract in tests/data/extract.

    python tests/data/make_extract.py FOLDER_OF_PUBLIC_FILES

Rows are left out, and whole sheets of the workbook that no test reads; no cell is changed.
Counts by authority are sums of all rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import sys
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

EXTRACT = Path(__file__).parent / "extract"
# Seven metropolitan partnerships; one without rates; split, combined and Welsh authorities.
FORCES = (
    "West Midlands",
    "City of London",
    "Thames Valley",
    "Devon and Cornwall",
    "Dorset",
    "Wiltshire",
    "Dyfed-Powys",
)
# Every LSOA of authorities that are one partnership, and of one that lies in four.
AUTHORITIES = ("Dudley", "Solihull", "Buckinghamshire")
# Counts of all LSOAs of one authority and of every nth of the others, in all categories and months.
WHOLE_COUNTS = "Solihull"
EVERY_NTH_LSOA = 16
SHEETS = ("Table P7 ", "Notes - CSP", "Table C1", "Table C2", "Table C3", "Table C4", "Table C5")


def cut_workbook(source: Path, target: Path) -> None:
    """Keep the rows of FORCES, the totals above them and everything around the tables."""
    workbook = openpyxl.load_workbook(source)
    for name in workbook.sheetnames:
        if name not in SHEETS:
            del workbook[name]
    for sheet in workbook.worksheets:
        if sheet.title not in SHEETS[2:]:
            continue
        header = 4 if sheet.title == "Table C1" else 8
        # in C1 the force stands on the first row of a partnership alone
        force, rows = "", []
        for row in sheet.iter_rows(min_row=header + 1, values_only=True):
            stated = row[0] if sheet.title == "Table C1" else row[1]
            force = str(stated or force).strip()
            if force.partition("[")[0].strip() in FORCES:
                rows.append(row)
        sheet.delete_rows(header + 1, sheet.max_row - header)
        for row in rows:
            sheet.append(row)
    workbook.save(target)


def write_rows(target: Path, header: list[str], rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    data = text.getvalue().encode()
    target.write_bytes(gzip.compress(data, 9, mtime=0) if target.suffix == ".gz" else data)


def read_rows(source: Path) -> tuple[list[str], list[list[str]]]:
    data = source.read_bytes()
    text = (gzip.decompress(data) if source.suffix == ".gz" else data).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, rows


def cut_counts(source: Path, target: Path) -> set[str]:
    """Keep one authority whole and every nth LSOA of the others, and return the codes kept."""
    table = pq.read_table(source)
    kept: set[str] = set()
    for authority in sorted(set(table["ltla24_code"].to_pylist())):
        rows = table.filter(pc.equal(table["ltla24_code"], authority))
        codes, names = rows["lsoa_code"].to_pylist(), set(rows["ltla24_name"].to_pylist())
        kept |= set(sorted(set(codes))[:: 1 if names == {WHOLE_COUNTS} else EVERY_NTH_LSOA])
    rows = table.filter(pc.is_in(table["lsoa_code"], pa.array(sorted(kept))))
    pq.write_table(rows, target, compression="zstd", compression_level=19)
    return kept


def add_up_counts(source: Path, target: Path) -> None:
    """Sum the whole counts over the LSOAs of each authority."""
    keys = ["month", "crime_type", "ltla24_code", "ltla24_name"]
    sums = pq.read_table(source).group_by(keys).aggregate([("n", "sum")])
    sums = sums.rename_columns([*keys, "n"]).sort_by([(key, "ascending") for key in keys])
    pq.write_table(sums, target, compression="zstd", compression_level=19)


def main(source: Path) -> None:
    shutil.rmtree(EXTRACT, ignore_errors=True)
    for folder in ("ons", "lookups", "population", "counts"):
        (EXTRACT / folder).mkdir(parents=True)
    (workbook,) = (source / "ons").glob("*.xlsx")
    cut_workbook(workbook, EXTRACT / "ons" / workbook.name)
    (counts,) = (source / "counts").glob("*.parquet")
    kept = cut_counts(counts, EXTRACT / "counts" / counts.name)

    months = EXTRACT / "counts_by_authority"
    months.mkdir()
    add_up_counts(counts, months / counts.name.replace("_lsoa_", "_authority_"))

    lookups = source / "lookups"
    name = "lad24_csp24_pfa24.csv"
    (EXTRACT / "lookups" / name).write_bytes((lookups / name).read_bytes())
    for name, authority in (
        ("lsoa11_lsoa21_lad22.csv.gz", "ltla22_name"),
        ("lsoa21_ward24_lad24.csv.gz", "ltla24_name"),
    ):
        header, rows = read_rows(lookups / name)
        at, codes = header.index(authority), [i for i, h in enumerate(header) if "_code" in h]
        wanted = [r for r in rows if r[at] in AUTHORITIES or kept & {r[i] for i in codes}]
        write_rows(EXTRACT / "lookups" / name, header, wanted)

    name = "la_population_2011_2023.csv"
    header, rows = read_rows(source / "population" / name)
    wanted = [
        row
        for row in rows
        if row[1].strip() in FORCES or row[2] in ("Metropolitan District", "Country", "Region")
    ]
    write_rows(EXTRACT / "population" / name, header, wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
