"""Lookups, populations, families and open data, on real files and small made-up ones beside."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from pathlib import Path

import duckdb

from tests.conftest import EXTRACT


def test_lsoas_of_both_vintages_find_their_partnership(
    official: duckdb.DuckDBPyConnection,
) -> None:
    found = official.execute(
        "select lsoa_vintage, count(*), count(csp_code) from intermediate.int_lsoa_areas "
        "group by 1 order by 1"
    ).fetchall()
    # of the 2011 codes that are gone, three lie across two authorities of today
    assert found == [(2011, 1106, 1103), (2021, 35672, 35672)]


def test_no_lsoa_and_no_authority_is_doubled(official: duckdb.DuckDBPyConnection) -> None:
    assert official.execute(
        "select count(*) - count(distinct lsoa_code) from intermediate.int_lsoa_areas"
    ).fetchone() == (0,)
    # 332 rows of the lookup say 331 pairs of 317 authorities; 7 of those lie in several
    assert official.execute(
        "select count(*), count(distinct lad_code), count(distinct lad_code) filter (is_split) "
        "from intermediate.int_authority_partnerships where is_current"
    ).fetchone() == (332, 318, 7)


def test_a_dudley_lsoa_lies_in_dudley_by_either_vintage(
    official: duckdb.DuckDBPyConnection, public_data: Path
) -> None:
    with gzip.open(public_data / "lookups" / "lsoa11_lsoa21_lad22.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["ltla22_name"] == "Dudley"]
    codes = {row["lsoa11_code"] for row in rows} | {row["lsoa21_code"] for row in rows}
    found = official.execute(
        "select csp_code, count(*) from intermediate.int_lsoa_areas "
        "where list_contains(?, lsoa_code) group by 1",
        [sorted(codes)],
    ).fetchall()
    assert found == [("E22000337", len(codes))]


def test_split_authorities_are_placed_by_the_old_district(
    official: duckdb.DuckDBPyConnection,
) -> None:
    found = official.execute(
        """
        select distinct areas.area_name
        from intermediate.int_lsoa_areas as lsoas
        inner join seeds.areas on lsoas.csp_code = areas.area_code
        where lsoas.lad_code = 'E06000060' -- Buckinghamshire
        """
    ).fetchall()
    assert {name for (name,) in found} == {"Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"}


def test_residents_of_a_partnership_are_the_sum_of_its_authorities(
    official: duckdb.DuckDBPyConnection, public_data: Path
) -> None:
    """Every partnership of whole authorities, each year from 2011 to 2023, as summed here."""
    with (public_data / "population" / "la_population_2011_2023.csv").open() as file:
        by_name = {
            (row["Name"].replace(".", ""), int(row["year"])): float(row["population"])
            for row in csv.DictReader(file)
            if row["Geography"] not in ("County", "Metropolitan County", "Region", "Country")
        }
    with (public_data / "lookups" / "lad24_csp24_pfa24.csv").open() as file:
        pairs = {
            (row["ltla24_code"], row["ltla24_name"].replace(".", ""), row["csp24_code"])
            for row in csv.DictReader(file)
        }
    partnerships: dict[str, list[tuple[str, str]]] = {}
    for code, name, partnership in pairs:
        partnerships.setdefault(partnership, []).append((code, name))
    split = {code for code, _, _ in pairs if sum(code == other for other, _, _ in pairs) > 1}
    expected = {
        (partnership, year): sum(by_name[name, year] for _, name in members)
        for partnership, members in partnerships.items()
        for year in range(2011, 2024)
        if not split & {code for code, _ in members}
        and all((name, year) in by_name for _, name in members)
    }
    found = {
        (area, year): population
        for area, year, population in official.execute(
            "select p.area_code, p.year, p.population from intermediate.int_population as p "
            "inner join seeds.areas as a on p.area_code = a.area_code "
            "where a.area_type = 'csp' and p.population_kind = 'residents' and p.is_landed"
        ).fetchall()
    }
    dudley_2022 = ("E22000337", 2022)  # a newer file of single ages gives no total for it
    # 54 partnerships of the extract in 13 years
    assert len(expected) == 54 * 13 if public_data == EXTRACT else len(expected) > 3_700
    assert {key for key in expected if found.get(key) != expected[key]} <= {dudley_2022}


def test_single_ages_become_the_kinds_that_rates_are_over(
    official: duckdb.DuckDBPyConnection,
) -> None:
    found = dict(
        official.execute(
            "select population_kind, population from intermediate.int_population "
            "where area_code = 'E22000337' and year = 2022"
        ).fetchall()
    )
    # 2,000 women and 1,900 men at each age from 0 to 90 and over
    assert found["adult_females"] == 2000 * (91 - 16)
    assert found["aged_10_17"] == 3900 * 8


def test_a_newer_list_replaces_a_family_and_leaves_other_schemes(
    official: duckdb.DuckDBPyConnection,
) -> None:
    found = official.execute(
        "select scheme, neighbour_code, valid_from, is_self from intermediate.int_families "
        "where area_code = 'E22000337' and scheme <> 'illustrative' order by all"
    ).fetchall()
    assert found == [
        ("cipfa", "E22000337", None, True),
        ("cipfa", "E22000338", None, False),
        ("msf", "E22000337", date(2020, 4, 1), True),
        ("msf", "E22000345", date(2020, 4, 1), False),
    ]


def test_open_data_counts_by_code_and_day(official: duckdb.DuckDBPyConnection) -> None:
    found = {
        (area, indicator): value
        for area, indicator, value in official.execute(
            "select area_code, indicator_id, value from intermediate.int_indicator_values "
            "where source = 'recorded_crime_open_data' and period_type = 'quarter'"
        ).fetchall()
    }
    dudley = {indicator: value for (area, indicator), value in found.items() if area == "E22000337"}
    # 28A ended in March 2017 and counts in the total alone; robbery is the newer extract's
    assert dudley["residential_burglary"] == 40
    assert dudley["robbery"] == 6
    assert dudley["shoplifting"] == 0  # covered, and no row
    assert found["E23000014_unknown", "robbery"] == 2
    assert found["E22000180", "robbery"] == 3
