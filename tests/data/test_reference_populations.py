"""The populations and lookups of data/seeds/reference, held to published totals and tables."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.data.reference_tables import (
    C4_2021,
    CENSUS_2011,
    MID_YEAR,
    REFERENCE,
    SHARED_OUT,
    authority_partnerships,
    read_rows,
    small_areas,
)
from tests.dbt_project.model_sql import compiled

# ONS, mid-year estimates of England and Wales, revision of July 2024
ENGLAND_AND_WALES = {
    2011: 56_170_927, 2012: 56_577_740, 2013: 56_989_744, 2014: 57_444_107, 2015: 57_881_415,
    2016: 58_366_199, 2017: 58_700_914, 2018: 59_008_368, 2019: 59_317_788, 2020: 59_430_444,
    2021: 59_660_524, 2022: 60_245_218, 2023: 60_854_727,
}  # fmt: skip
# ONS, Census 2011 and Census 2021: households of England and Wales
HOUSEHOLDS_2011, HOUSEHOLDS_2021 = 23_366_044, 24_783_199

# Authorities of 2024 that lie in several partnerships, and the partnerships they make up together
SPLIT = {
    "Bournemouth, Christchurch and Poole, and Dorset": (
        {"E06000058", "E06000059"},
        {"E22000063", "E22000067", "E22000367"},
    ),
    "Buckinghamshire": ({"E06000060"}, {"E22000303", "E22000306", "E22000311", "E22000318"}),
    "North Northamptonshire": (
        {"E06000061"},
        {"E22000233", "E22000235", "E22000236", "E22000239"},
    ),
    "West Northamptonshire": ({"E06000062"}, {"E22000237", "E22000357"}),
    "Cumberland": ({"E06000063"}, {"E22000031", "E22000033", "E22000034"}),
    "Westmorland and Furness": ({"E06000064"}, {"E22000032", "E22000035", "E22000036"}),
    "East Suffolk": ({"E07000244"}, {"E22000274", "E22000278"}),
}


@pytest.fixture(scope="module")
def population() -> dict[tuple[str, int, str], int]:
    return {
        (row["place_code"], int(row["year"]), row["population_kind"]): int(row["population"])
        for row in read_rows(REFERENCE / "population.csv.gz")
    }


@pytest.fixture(scope="module")
def sources() -> dict[tuple[str, int, str], str]:
    return {
        (row["place_code"], int(row["year"]), row["population_kind"]): row["source"]
        for row in read_rows(REFERENCE / "population.csv.gz")
    }


def test_authorities_regions_and_countries_sum_to_england_and_wales(
    population: dict[tuple[str, int, str], int],
) -> None:
    sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (place, year, kind), number in population.items():
        if kind == "residents":
            level = "lad" if place[1:3] in ("06", "07", "08", "09") else place[:3]
            sums[level][year] += number
    assert sums["lad"] == ENGLAND_AND_WALES
    assert sums["K04"] == ENGLAND_AND_WALES
    assert sums["E12"] == sums["E92"]
    assert {year: sums["E92"][year] + sums["W92"][year] for year in sums["E92"]} == (
        ENGLAND_AND_WALES
    )


def test_there_is_a_number_for_every_authority_partnership_and_year(
    population: dict[tuple[str, int, str], int],
) -> None:
    pairs = read_rows(REFERENCE / "authority_partnerships.csv.gz")
    authorities = {row["lad_code"] for row in pairs}
    partnerships = {row["csp_code"] for row in pairs}
    assert len(authorities) == 318
    assert len(partnerships) == 314
    years = range(2011, 2024)
    assert all((lad, year, "residents") in population for lad in authorities for year in years)
    assert all(
        (csp, year, "households") in population for csp in partnerships for year in (2011, 2021)
    )


def test_households_sum_to_both_censuses(population: dict[tuple[str, int, str], int]) -> None:
    sums: dict[int, int] = defaultdict(int)
    for (_, year, kind), number in population.items():
        if kind == "households":
            sums[year] += number
    assert set(sums) == {2011, 2021}
    assert sums[2011] == HOUSEHOLDS_2011
    # City of London and the Isles of Scilly are printed rounded to 100 and have no rate
    assert abs(sums[2021] - HOUSEHOLDS_2021) <= 100


@pytest.mark.parametrize("name", SPLIT)
@pytest.mark.parametrize("year", ENGLAND_AND_WALES)
def test_partnerships_of_a_split_authority_sum_to_it(
    population: dict[tuple[str, int, str], int], name: str, year: int
) -> None:
    authorities, partnerships = SPLIT[name]
    assert sum(population[csp, year, "residents"] for csp in partnerships) == sum(
        population[lad, year, "residents"] for lad in authorities
    )


def test_only_partnerships_of_split_authorities_are_apportioned(
    sources: dict[tuple[str, int, str], str],
) -> None:
    apportioned = {place for (place, _, _), source in sources.items() if source == SHARED_OUT}
    assert apportioned == set().union(*(partnerships for _, partnerships in SPLIT.values()))
    assert set(sources.values()) == {MID_YEAR, SHARED_OUT, CENSUS_2011, C4_2021}


@pytest.mark.shared_data
def test_lookups_are_those_of_the_public_tables(shared_data: Path) -> None:
    assert read_rows(REFERENCE / "authority_partnerships.csv.gz") == authority_partnerships(
        shared_data
    )
    assert read_rows(REFERENCE / "small_areas.csv.gz") == small_areas(shared_data)


@pytest.mark.shared_data
def test_residents_and_households_are_those_of_the_public_tables(
    shared_data: Path, population: dict[tuple[str, int, str], int]
) -> None:
    """Every authority by its name, and every printed number of C4 within its rounding."""
    import openpyxl

    with (shared_data / "population" / "la_population_2011_2023.csv").open() as file:
        by_name = {
            (row["Name"], int(row["year"])): int(float(row["population"]))
            for row in csv.DictReader(file)
            if row["Geography"] not in ("County", "Metropolitan County", "Region", "Country")
        }
    names = {
        row["lad_code"]: row["lad_name"]
        for row in read_rows(REFERENCE / "authority_partnerships.csv.gz")
    }
    assert {
        (names[place], year): number
        for (place, year, kind), number in population.items()
        if kind == "residents" and place in names
    } == by_name

    (workbook,) = (shared_data / "ons").glob("*.xlsx")
    sheet = openpyxl.load_workbook(workbook, read_only=True)["Table C4"]
    printed = {
        str(row[2]): (int(str(row[6])), int(str(row[7])))
        for row in sheet.iter_rows(values_only=True)
        if str(row[2])[:3] in ("E22", "W14")
    }
    assert len(printed) == 314
    for csp, (residents, households) in printed.items():
        assert abs(population[csp, 2021, "households"] - households) <= 50
        if (csp, 2022, "residents") in population:  # first release of mid-2022, since revised
            assert population[csp, 2022, "residents"] == pytest.approx(residents, rel=0.005)


def test_every_small_area_lies_in_an_authority_of_a_partnership() -> None:
    authorities = {
        row["lad_code"] for row in read_rows(REFERENCE / "authority_partnerships.csv.gz")
    }
    areas = read_rows(REFERENCE / "small_areas.csv.gz")
    # ONS: 34,753 LSOAs of 2011 and 35,672 of 2021 in England and Wales
    assert len({row["lsoa11_code"] for row in areas}) == 34_753
    assert len({row["lsoa21_code"] for row in areas}) == 35_672
    assert {row["lad_code"] for row in areas} == authorities


def test_reference_files_are_small_and_carry_no_time() -> None:
    for path in REFERENCE.glob("*.csv.gz"):
        assert path.stat().st_size < 600_000, path.name
        # bytes 4 to 7 of gzip: the time of writing, which would differ every time
        assert path.read_bytes()[4:8] == bytes(4), path.name
        assert gzip.decompress(path.read_bytes()).count(b"\r") == 0, path.name


# --- what the models make of them, with nothing landed ------------------------------------------


@pytest.fixture(scope="module")
def places() -> Iterator[duckdb.DuckDBPyConnection]:
    """The project's own models on the committed tables, and no landed file."""
    seeds = REFERENCE.parent
    with duckdb.connect() as connection:
        for name in ("authority_partnerships", "small_areas"):
            connection.execute(
                f"create table stg_reference__{name} as from read_csv("
                f"'{REFERENCE / name}.csv.gz', header = true, all_varchar = true)"
            )
        connection.execute(
            "create table stg_reference__population as select place_code, year, population_kind,"
            f" cast(population as double) as population from '{REFERENCE / 'population'}.csv.gz'"
        )
        for name in ("areas", "local_authorities"):
            connection.execute(
                f"create table {name} as from read_csv('{seeds / name}.csv', header = true,"
                " all_varchar = true)"
            )
        connection.execute(
            "create table stg_lookups__areas (load_id varchar, row_number bigint,"
            " extract_date date, lsoa11_code varchar, lsoa11_name varchar, lsoa21_code varchar,"
            " lsoa21_name varchar, ward_code varchar, ward_name varchar, ward_vintage bigint,"
            " lad_code varchar, lad_vintage bigint, csp_code varchar, csp_vintage bigint)"
        )
        connection.execute(
            "create table int_population_estimates (place_code varchar, year bigint,"
            " population_kind varchar, population double)"
        )
        for model in (
            "int_area_lookups",
            "int_authority_partnerships",
            "int_lsoa_areas",
            "int_population",
        ):
            connection.execute(f"create table {model} as {compiled(model)}")
        yield connection


def test_partnerships_and_forces_sum_to_england_and_wales_in_every_year(
    places: duckdb.DuckDBPyConnection,
) -> None:
    sums = places.execute(
        "select area_type, year, count(*), sum(population) from int_population "
        "join areas using (area_code) where population_kind = 'residents' "
        "and area_type in ('csp', 'force') group by all"
    ).fetchall()
    assert {(level, year): (areas, total) for level, year, areas, total in sums} == {
        (level, year): (areas, total)
        for level, areas in (("csp", 314), ("force", 43))
        for year, total in ENGLAND_AND_WALES.items()
    }


def test_new_unitaries_are_the_partnerships_that_they_became_or_kept(
    places: duckdb.DuckDBPyConnection,
) -> None:
    """Somerset and North Yorkshire are one partnership; Dorset's and Cumbria's went on."""
    found = dict(
        places.execute(
            "select area_name, population from int_population join areas using (area_code) "
            "where year = 2023 and population_kind = 'residents' and area_type = 'csp'"
        ).fetchall()
    )
    # ONS, mid-2023: authorities that are one partnership, and sums of several
    assert found["Somerset"] == _residents_of("Somerset")
    assert found["North Yorkshire"] == _residents_of("North Yorkshire")
    assert found["South Warwickshire"] == _residents_of("Stratford-on-Avon", "Warwick")
    assert found["South Nottinghamshire"] == _residents_of("Broxtowe", "Gedling", "Rushcliffe")
    assert found["Bournemouth"] + found["Poole"] + found["Dorset"] == _residents_of(
        "Bournemouth, Christchurch and Poole", "Dorset"
    )
    cumbria = ("Allerdale", "Carlisle", "Copeland", "Barrow-in-Furness", "Eden", "South Lakeland")
    assert sum(found[name] for name in cumbria) == _residents_of(
        "Cumberland", "Westmorland and Furness"
    )


def _residents_of(*authorities: str) -> int:
    codes = {
        row["lad_code"]
        for row in read_rows(REFERENCE / "authority_partnerships.csv.gz")
        if row["lad_name"] in authorities
    }
    assert len(codes) == len(authorities)
    return sum(
        int(row["population"])
        for row in read_rows(REFERENCE / "population.csv.gz")
        if row["place_code"] in codes and row["year"] == "2023"
    )


def test_every_small_area_of_today_finds_its_partnership(
    places: duckdb.DuckDBPyConnection,
) -> None:
    found = places.execute(
        "select lsoa_vintage, count(*), count(csp_code), count(ward_code) from int_lsoa_areas "
        "group by 1 order by 1"
    ).fetchall()
    # of the 1,106 codes of 2011 that are gone, three lie across two partnerships of today
    assert found[0][:3] == (2011, 1106, 1103)
    assert found[1] == (2021, 35_672, 35_672, 35_672)
