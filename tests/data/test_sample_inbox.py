"""The committed sample is what it says it is, byte for byte and row for row."""

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

Rows = list[dict[str, str]]
Seed = Callable[[str], Rows]

STREET_FILES = {
    2016: (27_176, "dc96429481805915d9e660e0c313eabc0e5d05d6cfb9e873f33ceb4c50eabf1c"),
    2017: (28_537, "007e051653ad9635eacd0657d2f0111123835086983f5dfd9b12aeec406148ca"),
    2018: (31_635, "26ecdcb53b0e520ed813634cac4365eb5a8668906b7e634f6d0ba2b2f2dd6298"),
}
RETURN_HEADER = [
    "area",
    "indicator",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "source_document",
    "note",
]


def street_bytes(raw_folder: Path, year: int) -> bytes:
    month = f"{year}-07"
    with zipfile.ZipFile(raw_folder / "police_uk" / "2020-02-21" / f"{month}.zip") as archive:
        assert archive.namelist() == [f"{month}/{month}-west-yorkshire-street.csv"]
        return archive.read(archive.namelist()[0])


def street_rows(raw_folder: Path, year: int) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(street_bytes(raw_folder, year).decode("utf-8"))))


@pytest.mark.parametrize(("year", "expected"), STREET_FILES.items())
def test_street_file_is_the_published_one(
    raw_folder: Path, year: int, expected: tuple[int, str]
) -> None:
    rows, sha256 = expected
    content = street_bytes(raw_folder, year)
    assert hashlib.sha256(content).hexdigest() == sha256
    assert len(street_rows(raw_folder, year)) == rows


@pytest.mark.parametrize("year", STREET_FILES)
def test_street_file_is_known_to_the_seeds(raw_folder: Path, seed: Seed, year: int) -> None:
    categories = {row["category"] for row in seed("crime_categories")}
    authorities = {row["lad_name"] for row in seed("local_authorities")}
    forces = {row["reported_by"] for row in seed("police_forces")}
    rows = street_rows(raw_folder, year)
    assert {row["Crime type"] for row in rows} <= categories
    assert {row["LSOA name"][:-5] for row in rows if row["LSOA name"]} <= authorities
    assert {row["Reported by"] for row in rows} == {"West Yorkshire Police"} <= forces


def test_sample_holds_rows_outside_the_force_and_without_a_place(raw_folder: Path) -> None:
    rows = street_rows(raw_folder, 2018)
    barnsley = [row for row in rows if row["LSOA name"].startswith("Barnsley ")]
    assert (len(barnsley), sum(row["LSOA code"] == "" for row in rows)) == (3, 883)


def test_return_has_the_header_of_a_partner_return(raw_folder: Path) -> None:
    files = sorted((raw_folder / "partner_returns").glob("*/*.csv"))
    assert len(files) == 3
    for path in files:
        assert path.read_text(encoding="utf-8").splitlines()[0].split(",") == RETURN_HEADER


def test_return_names_known_areas_and_indicators(partner_returns: Rows, seed: Seed) -> None:
    rows = partner_returns
    partnerships = {r["area_name"] for r in seed("areas") if r["area_type"] in {"csp", "country"}}
    assert {row["area"] for row in rows} == {"Dudley", "Wolverhampton", "England"}
    assert {row["area"] for row in rows} <= partnerships
    assert {row["indicator"] for row in rows} <= {r["indicator_id"] for r in seed("indicators")}


def test_return_gives_each_area_indicator_and_period_once(partner_returns: Rows) -> None:
    keys = ("area", "indicator", "period_start", "period_end")
    counted = Counter(tuple(row[key] for key in keys) for row in partner_returns)
    assert [key for key, times in counted.items() if times > 1] == []


def test_return_was_delivered_after_the_periods_it_reports(raw_folder: Path) -> None:
    for path in (raw_folder / "partner_returns").glob("*/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            ends = [date.fromisoformat(row["period_end"]) for row in csv.DictReader(file)]
        assert max(ends) < date.fromisoformat(path.parent.name), path.name


@pytest.mark.parametrize(
    ("indicator", "first_quarters"),
    [
        ("total_recorded_crime", {"2017-06-30": 5314, "2016-06-30": 4273}),
        ("hate_crime", {"2017-06-30": 86, "2016-06-30": 60}),
        ("asb_calls_for_service", {"2017-06-30": 9259, "2016-06-30": 8324}),
        ("public_place_violence", {"2017-06-30": 742, "2016-06-30": 627}),
    ],
)
def test_first_quarter_follows_by_subtraction_and_says_so(
    partner_returns: Rows, indicator: str, first_quarters: dict[str, int]
) -> None:
    rows = [
        row
        for row in partner_returns
        if row["indicator"] == indicator and row["period_end"] in first_quarters
    ]
    assert {row["period_end"]: int(row["numerator"]) for row in rows} == first_quarters
    assert all("by subtraction" in row["note"] for row in rows)


def test_figures_that_were_not_given_are_not_loaded(partner_returns: Rows) -> None:
    absent = {"asb_youth", "residential_burglary", "public_confidence", "opiate_completions"}
    rows = partner_returns
    assert absent.isdisjoint(row["indicator"] for row in rows)
    assert not any(
        row["area"] == "Wolverhampton"
        and row["indicator"] == "total_recorded_crime"
        and row["period_end"] <= "2016-03-31"
        for row in rows
    )
