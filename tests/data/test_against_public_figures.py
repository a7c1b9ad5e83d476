"""Seeds and sample agree with the public files they were taken from."""

import csv
import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

Rows = list[dict[str, str]]
Seed = Callable[[str], Rows]

# Rows of published_figures.csv that give a per cent, a rank or money, and no count to load.
NOT_LOADED = {"A13", "A14", "B4", "B6a", "B6b", "B7", "B8", "C1", "C2", "C3", "C4", "C5", "C6"}


def plain(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mid_year(public_data: Path) -> dict[tuple[str, int], int]:
    """Residents by authority and year; names written without full stops."""
    rows = plain(public_data / "population" / "la_population_2011_2023.csv")
    return {
        (row["Name"].replace(".", ""), int(row["year"])): int(float(row["population"]))
        for row in rows
        if row["Geography"] == "Metropolitan District"
    }


def test_family_is_the_nearest_districts_by_residents(seed: Seed, public_data: Path) -> None:
    estimates = mid_year(public_data)
    residents = {
        row["area_code"]: estimates[row["area_name"].replace(".", ""), 2017]
        for row in seed("areas")
        if row["area_type"] == "csp" and row["lad_code"].startswith("E08")
    }
    assert len(residents) == 36
    for area in {row["area_code"] for row in seed("families")}:
        others = sorted(
            residents.keys() - {area}, key=lambda x: abs(residents[x] - residents[area])
        )
        family = {r["neighbour_code"] for r in seed("families") if r["area_code"] == area}
        assert family == {area, *others[:14]}, area


def test_partnerships_are_those_of_the_official_lookup(seed: Seed, public_data: Path) -> None:
    lookup = plain(public_data / "lookups" / "lad24_csp24_pfa24.csv")
    official = {(row["csp24_code"], row["csp24_name"], row["pfa24_code"]) for row in lookup}
    seeded = {
        (row["area_code"], row["area_name"], row["force_code"])
        for row in seed("areas")
        if row["area_type"] == "csp"
    }
    assert seeded == official


def test_an_authority_of_today_goes_to_its_only_partnership(seed: Seed, public_data: Path) -> None:
    partnerships: dict[str, set[str]] = {}
    for row in plain(public_data / "lookups" / "lad24_csp24_pfa24.csv"):
        partnerships.setdefault(row["ltla24_name"], set()).add(row["csp24_code"])
    seeded = {row["lad_name"]: {row["csp_code"]} for row in seed("local_authorities")}
    alone = {name: codes for name, codes in partnerships.items() if len(codes) == 1}
    assert {name: seeded.get(name) for name in alone} == alone
    assert seeded.keys().isdisjoint(partnerships.keys() - alone.keys() - {"Bournemouth", "Poole"})


@pytest.mark.shared_data
def test_only_names_of_several_partnerships_find_none(seed: Seed, shared_data: Path) -> None:
    known = {row["lad_name"] for row in seed("local_authorities")}
    path = shared_data / "lookups" / "lsoa11_lsoa21_lad22.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["lsoa11_name"][:-5] for row in rows if row["lsoa11_name"]} - known == set()
    assert {row["lsoa21_name"][:-5] for row in rows if row["lsoa21_name"]} - known == {
        "Bournemouth, Christchurch and Poole",
        "Buckinghamshire",
        "East Suffolk",
        "North Northamptonshire",
        "West Northamptonshire",
    }


def test_return_gives_the_published_figures(partner_returns: Rows, published_figures: Path) -> None:
    """Every published figure and its comparator a year before, and nothing where none is given."""
    loaded = {
        (row["area"], row["indicator"], row["period_start"], row["period_end"]): row
        for row in partner_returns
    }

    def figure(area: str, indicator: str, start: date, end: date) -> float | None:
        row = loaded.get((area, indicator, start.isoformat(), end.isoformat()))
        if row is None:
            return None
        if row["value"]:
            return float(row["value"])
        if row["denominator"]:
            return round(100 * float(row["numerator"]) / float(row["denominator"]), 6)
        return float(row["numerator"])

    def given(text: str) -> float | None:
        return float(text) if text else None

    compared = set()
    for row in plain(published_figures):
        if row["id"] in NOT_LOADED:
            continue
        start, end = (date.fromisoformat(row[c]) for c in ("period_start", "period_end"))
        before = (start.replace(year=start.year - 1), end.replace(year=end.year - 1))
        area, indicator = row["area"], row["indicator"]
        found = (figure(area, indicator, *before), figure(area, indicator, start, end))
        assert found == (given(row["previous_value"]), given(row["value"])), row["id"]
        compared.add(row["id"])
    assert len(compared) == 16
