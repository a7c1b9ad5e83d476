"""Writes data/seeds/reference: populations, and where each small area lies, from public tables.

    python tests/data/reference_tables.py --write SHARED CENSUS

SHARED is the folder of real public files (lookups/, ons/, population/). CENSUS is
`census_2011_population_hh.csv` of the wheel crime-sim-toolkit 1.5.0, the 2011 Census table of
residents and households by LSOA. Writing the same inputs twice gives the same bytes. A test holds
what is committed to what this makes.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "data" / "seeds" / "reference"

Row = dict[str, str]
Key = tuple[str, int, str]

MID_YEAR = "ONS mid-year population estimates 2011 to 2023 (July 2024 revision)"
SHARED_OUT = (
    "Apportioned: ONS mid-year estimate of its authorities, by shares of the 2011 Census and of "
    "mid-2022 (ONS police force area table C4), interpolated"
)
CENSUS_2011 = "2011 Census, households with residents"
C4_2021 = "ONS police force area table C4, year ending December 2024, behind its printed rates"

ABOVE_AUTHORITIES = {"County", "Metropolitan County", "Region", "Country"}
COUNTRIES = {"ENGLAND": "E92000001", "WALES": "W92000004", "ENGLAND AND WALES": "K04000001"}
CENSUS_YEAR, C4_YEAR = 2011, 2022


def read_rows(path: Path) -> list[Row]:
    """Read a CSV, plain or gzipped: a dictionary a row, all text."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def authority_partnerships(shared: Path) -> list[Row]:
    """Each authority of 2024 and each partnership that it lies in, once."""
    pairs = {
        (row["ltla24_code"], row["ltla24_name"], row["csp24_code"])
        for row in read_rows(shared / "lookups" / "lad24_csp24_pfa24.csv")
    }
    return [
        {"lad_code": lad, "lad_name": name.strip(), "csp_code": csp}
        for lad, name, csp in sorted(pairs)
    ]


def small_areas(shared: Path) -> list[Row]:
    """Each pair of an LSOA of 2011 and of 2021, with the ward and authority of 2024."""
    placed = {
        row["lsoa21_code"]: row for row in read_rows(shared / "lookups/lsoa21_ward24_lad24.csv.gz")
    }
    rows = []
    for row in read_rows(shared / "lookups" / "lsoa11_lsoa21_lad22.csv.gz"):
        place = placed[row["lsoa21_code"]]
        rows.append(
            {
                "lsoa11_code": row["lsoa11_code"],
                "lsoa11_name": row["lsoa11_name"],
                "lsoa21_code": row["lsoa21_code"],
                "lsoa21_name": row["lsoa21_name"],
                "ward_code": place["ward24_code"],
                "ward_name": place["ward24_name"],
                "lad_code": place["ltla24_code"],
            }
        )
    return sorted(rows, key=lambda row: (row["lsoa21_code"], row["lsoa11_code"]))


def populations(shared: Path, census: Path) -> list[Row]:
    """Residents by authority and year, and of partnerships that are no sum of authorities.

    Households by partnership: of the 2011 Census and of the ONS table of 2021.
    """
    pairs = [(row["lad_code"], row["csp_code"]) for row in authority_partnerships(shared)]
    residents = _residents(shared)
    figures: dict[Key, tuple[int, str]] = {
        (place, year, "residents"): (number, MID_YEAR)
        for (place, year), number in residents.items()
    }
    census_residents, census_households = _census(census)
    c4_residents, c4_households = _c4(shared)
    for authorities, partnerships in _split_groups(pairs):
        for year in sorted({year for _, year in residents}):
            total = sum(residents[lad, year] for lad in authorities)
            weights = [
                _share(census_residents, c4_residents, csp, partnerships, year)
                for csp in partnerships
            ]
            for csp, number in zip(partnerships, _in_whole_numbers(total, weights), strict=True):
                figures[csp, year, "residents"] = (number, SHARED_OUT)
    for csp, number in census_households.items():
        figures[csp, CENSUS_YEAR, "households"] = (number, CENSUS_2011)
    for csp, number in c4_households.items():
        figures[csp, 2021, "households"] = (number, C4_2021)
    return [
        {
            "place_code": place,
            "year": str(year),
            "population_kind": kind,
            "population": str(number),
            "source": source,
        }
        for (place, year, kind), (number, source) in sorted(figures.items())
    ]


def _residents(shared: Path) -> dict[tuple[str, int], int]:
    codes = {row["lad_name"]: row["lad_code"] for row in authority_partnerships(shared)} | COUNTRIES
    with (ROOT / "data" / "seeds" / "areas.csv").open(encoding="utf-8", newline="") as file:
        regions = {
            row["area_name"].upper(): row["area_code"]
            for row in csv.DictReader(file)
            if row["area_type"] == "region"
        }
    regions["EAST"] = regions.pop("EAST OF ENGLAND")
    found = {}
    for row in read_rows(shared / "population" / "la_population_2011_2023.csv"):
        if row["Geography"] == "Region":
            code = regions[row["Name"]]
        elif row["Geography"] in ("County", "Metropolitan County"):
            continue
        else:
            code = codes[row["Name"]]
        found[code, int(row["year"])] = round(float(row["population"]))
    return found


def _census(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Give residents and households of 2011 by the partnership of 2024 that each district is in."""
    with (ROOT / "data" / "seeds" / "local_authorities.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        partnership_of = {row["lad_name"]: row["csp_code"] for row in csv.DictReader(file)}
    residents: dict[str, int] = {}
    households: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for cells in list(csv.reader(file))[1:]:
            if not re.fullmatch(r"[EW]01\d{6}", cells[6]):
                continue
            csp = partnership_of[cells[7][:-5]]
            residents[csp] = residents.get(csp, 0) + int(cells[9].replace(",", ""))
            households[csp] = households.get(csp, 0) + int(cells[14].replace(",", ""))
    return residents, households


def _c4(shared: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Give residents of mid-2022 and households of mid-2021 that C4's rates were computed on.

    C4 prints them rounded to 100; count times 1,000 over the printed rate gives them back. Where
    there is no rate (City of London) or it is zero, the printed number stays.
    """
    import openpyxl

    (path,) = (shared / "ons").glob("policeforceareatables*.xlsx")
    book = openpyxl.load_workbook(path, read_only=True)

    def table(name: str) -> dict[str, dict[str, object]]:
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        heads = [[" ".join(str(cell or "").split()) for cell in row] for row in rows]
        at = next(i for i, row in enumerate(heads) if row[0] == "Police Force Area code")
        found = (dict(zip(heads[at], row, strict=True)) for row in rows[at + 1 :])
        key = "Community Safety Partnership code"
        return {str(row[key]): row for row in found if row[key]}

    def behind(row: Row | dict[str, object], counted: object, rate: str, printed: str) -> int:
        if not isinstance(row[rate], float | int) or not row[rate]:
            return int(str(row[printed]))
        number = float(str(counted)) * 1000 / float(str(row[rate]))
        if abs(number - round(number)) > 0.001 or abs(number - float(str(row[printed]))) > 50.001:
            raise ValueError(f"{row}: count and rate give {number}, printed is {row[printed]}")
        return round(number)

    counts, rates = table("Table C2"), table("Table C4")
    total, burglary = "Total recorded crime (excluding fraud)", "Residential burglary"
    residents = {
        csp: behind(
            row, counts[csp][total], total, "Population figures (mid-2022) - rounded to 100"
        )
        for csp, row in rates.items()
    }
    households = {
        csp: behind(
            row,
            counts[csp][burglary],
            "Residential burglary (per 1,000 household)",
            "Household figures (mid-2021) - rounded to 100",
        )
        for csp, row in rates.items()
    }
    return residents, households


def _split_groups(pairs: Iterable[tuple[str, str]]) -> list[tuple[list[str], list[str]]]:
    """Authorities and partnerships that hang together, where an authority lies in several."""
    groups: list[tuple[set[str], set[str]]] = []
    for lad, csp in pairs:
        touching = [group for group in groups if lad in group[0] or csp in group[1]]
        groups = [group for group in groups if group not in touching]
        groups.append(
            ({lad}.union(*(g[0] for g in touching)), {csp}.union(*(g[1] for g in touching)))
        )
    return sorted((sorted(lads), sorted(csps)) for lads, csps in groups if len(csps) > 1)


def _share(
    first: dict[str, int], last: dict[str, int], csp: str, group: list[str], year: int
) -> float:
    """Give a partnership's share of its group: a straight line from 2011 to 2022, then flat."""
    early = first[csp] / sum(first[one] for one in group)
    late = last[csp] / sum(last[one] for one in group)
    way = min(1.0, (year - CENSUS_YEAR) / (C4_YEAR - CENSUS_YEAR))
    return early + (late - early) * way


def _in_whole_numbers(total: int, weights: list[float]) -> list[int]:
    """Share `total` out in whole numbers that sum to it: the largest remainders get the rest."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for i in by_remainder[: total - sum(whole)]:
        whole[i] += 1
    return whole


def as_text(rows: list[Row]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main(shared: Path, census: Path) -> None:
    """Write the three files."""
    REFERENCE.mkdir(exist_ok=True)
    for name, rows in (
        ("authority_partnerships", authority_partnerships(shared)),
        ("small_areas", small_areas(shared)),
        ("population", populations(shared, census)),
    ):
        packed = gzip.compress(as_text(rows).encode(), compresslevel=9, mtime=0)
        (REFERENCE / f"{name}.csv.gz").write_bytes(packed)
        print(f"{name}: {len(rows):,} rows, {len(packed):,} bytes")


if __name__ == "__main__":
    if sys.argv[1:2] != ["--write"] or len(sys.argv) != 4:
        sys.exit(__doc__)
    main(Path(sys.argv[2]), Path(sys.argv[3]))
