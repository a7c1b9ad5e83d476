"""Neighbourhoods on three real years, against sums that pandas makes of the same counts.

The counts are those of data.police.uk by LSOA, month and category (Open Government Licence v3.0);
the street files that carry them into the warehouse are made here, one row per crime.
"""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt
from tests.conftest import EXTRACT

HOME = ["Dudley", "Wolverhampton", "Sandwell", "Walsall", "Solihull", "Birmingham", "Coventry"]
# the committed extract holds every LSOA of one of them, and of the others a few
WHOLE_IN_EXTRACT = ["Solihull"]
NEWEST = "2026-04-30"
YEAR = [f"{2025 + (m > 12)}-{(m - 1) % 12 + 1:02d}" for m in range(5, 17)]
YEAR_BEFORE = [f"{int(month[:4]) - 1}{month[4:]}" for month in YEAR]

STREET = """
select
    '' as "Crime ID", month as "Month", 'West Midlands Police' as "Reported by",
    'West Midlands Police' as "Falls within", '' as "Longitude", '' as "Latitude",
    '' as "Location", lsoa_code as "LSOA code", lsoa21_name as "LSOA name",
    crime_type as "Crime type", '' as "Last outcome category", '' as "Context"
from (select *, unnest(range(n)) from counts where month = ?)
"""


@pytest.fixture(scope="module")
def counts(public_data: Path) -> pd.DataFrame:
    files = list((public_data / "counts").glob("*.parquet"))
    return pd.concat([pd.read_parquet(file) for file in files])


@pytest.fixture(scope="module")
def lookup_2021(public_data: Path) -> pd.DataFrame:
    return pd.read_csv(public_data / "lookups" / "lsoa21_ward24_lad24.csv.gz")


@pytest.fixture(scope="module")
def successors(public_data: Path) -> pd.Series:
    """LSOAs of 2011 that went whole into one of 2021, by code."""
    table = pd.read_csv(public_data / "lookups" / "lsoa11_lsoa21_lad22.csv.gz")
    each = table.groupby("lsoa11_code").lsoa21_code.agg(["nunique", "first"])
    return each[each["nunique"] == 1]["first"]


@pytest.fixture(scope="module")
def mart(
    public_data: Path, counts: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> pd.DataFrame:
    folder = DataFolder(tmp_path_factory.mktemp("neighbourhoods"))
    inbox = folder.raw / "police_uk" / "2026-06-01"
    inbox.mkdir(parents=True)
    shutil.copytree(public_data / "lookups", folder.raw / "lookups" / "2024-12-01")
    with duckdb.connect() as connection:
        connection.register("counts", counts)
        for month in sorted(counts.month.unique()):
            rows = connection.execute(STREET, [month]).df()
            rows.to_csv(inbox / f"{month}-west-midlands-street.csv", index=False)
    report = land_inbox(folder)
    assert (report.quarantined, report.rows_rejected) == ([], 0)
    write_catalog(folder)
    build_without_dbt(folder, Settings(home_areas=HOME), select=["+fct_neighbourhoods"])
    with duckdb.connect(str(folder.database), read_only=True) as warehouse:
        return warehouse.execute(
            "select * rename (area_code as csp_code, area_name as csp_name, "
            "neighbourhood_type as area_type, neighbourhood_code as area_code, "
            "neighbourhood_name as area_name) from main.fct_neighbourhoods"
        ).df()


@pytest.fixture(scope="module")
def by_month(
    counts: pd.DataFrame, lookup_2021: pd.DataFrame, successors: pd.Series, public_data: Path
):
    """Crimes (anti-social behaviour aside) by partnership: LSOAs of 2021 by months, zeros too."""
    crimes = counts[counts.crime_type != "Anti-social behaviour"].copy()
    known = set(lookup_2021.lsoa21_code)
    crimes["lsoa"] = [
        code if code in known else successors.get(code, code) for code in crimes.lsoa_code
    ]
    wide = crimes.pivot_table(index="lsoa", columns="month", values="n", aggfunc="sum")
    return {
        name: wide.reindex(lookup_2021[lookup_2021.ltla24_name == name].lsoa21_code).fillna(0)
        for name in (WHOLE_IN_EXTRACT if public_data == EXTRACT else HOME)
    }


def newest_year(mart: pd.DataFrame, area_type: str = "lsoa") -> pd.DataFrame:
    return mart[
        (mart.indicator_id == "total_recorded_crime")
        & (mart.period_type == "rolling_12")
        & (mart.period_end == NEWEST)
        & (mart.area_type == area_type)
    ]


def test_counts_changes_and_shares_are_those_that_pandas_makes(mart, by_month):
    for name, of_lsoas in by_month.items():
        expected = of_lsoas
        found = newest_year(mart)
        found = found[found.csp_name == name].set_index("area_code")
        now, before = expected[YEAR].sum(axis=1), expected[YEAR_BEFORE].sum(axis=1)
        there = (now > 0) | (before > 0)
        assert set(found.index) == set(expected.index[there])
        assert found.is_complete.all()
        assert (found.value == now[found.index]).all()
        assert (found.previous_value == before[found.index]).all()
        shares = 100 * now[found.index] / now.sum()
        np.testing.assert_allclose(found.share_of_csp_pct, shares, rtol=1e-12)
        ranks = now.rank(method="min", ascending=False)[found.index]
        assert (found.rank_in_csp == ranks).all()


def test_concentration_is_the_share_of_the_top_twentieth_of_all_lsoas(mart, by_month):
    for name, of_lsoas in by_month.items():
        totals = of_lsoas[YEAR].sum(axis=1).sort_values(ascending=False)
        top = math.ceil(len(totals) / 20)
        found = newest_year(mart)
        found = found[found.csp_name == name]
        assert found.neighbourhoods_in_csp.unique().tolist() == [len(totals)]
        np.testing.assert_allclose(
            found.csp_top_5pct_share_pct.unique(), [100 * totals[:top].sum() / totals.sum()]
        )
        assert found.is_in_top_5pct.sum() == top
        assert found[found.is_in_top_5pct.astype(bool)].value.sum() == totals[:top].sum()


def test_persistence_is_the_months_above_the_90th_percentile(mart, by_month):
    for name, of_lsoas in by_month.items():
        months = of_lsoas[YEAR]
        above = (months > months.quantile(0.9)).sum(axis=1)
        found = newest_year(mart)
        found = found[found.csp_name == name].set_index("area_code")
        assert (found.months_above_90th_percentile == above[found.index]).all()
        assert above.max() == 12, "a place that is high in every month is what this is for"


def test_persistence_of_a_rare_crime_counts_months_with_any(mart, counts, lookup_2021):
    """The percentile of most months is 0, and one robbery is above it."""
    robberies = counts[(counts.crime_type == "Robbery") & (counts.ltla24_name == "Solihull")]
    wide = robberies.pivot_table(index="lsoa_code", columns="month", values="n", aggfunc="sum")
    codes = lookup_2021[lookup_2021.ltla24_name == "Solihull"].lsoa21_code
    wide = wide.reindex(codes).reindex(columns=YEAR).fillna(0)
    above = (wide > wide.quantile(0.9)).sum(axis=1)
    found = mart[
        (mart.indicator_id == "robbery")
        & (mart.period_type == "rolling_12")
        & (mart.period_end == NEWEST)
        & (mart.area_type == "lsoa")
        & (mart.csp_name == "Solihull")
    ].set_index("area_code")
    assert (found.months_above_90th_percentile == above[found.index]).all()


def test_wards_add_up_to_the_partnership(mart, by_month, lookup_2021):
    wards = newest_year(mart, "ward")
    wards = wards[wards.csp_name.isin(by_month.keys())]
    assert wards.groupby("csp_name").value.sum().to_dict() == {
        name: months[YEAR].sum().sum() for name, months in by_month.items()
    }
    ward_of = lookup_2021.set_index("lsoa21_code").ward24_code
    expected = by_month["Solihull"][YEAR].sum(axis=1).groupby(ward_of).sum()
    solihull = wards[wards.csp_name == "Solihull"].set_index("area_code").value
    assert solihull.to_dict() == expected.to_dict()


def test_a_break_stands_beside_the_comparisons_that_cross_it(mart):
    asb = mart[(mart.indicator_id == "asb_incidents") & (mart.period_end == NEWEST)]
    assert asb.break_note.notna().all()
    assert newest_year(mart).break_note.isna().all()


def test_without_estimates_there_is_no_rate_and_without_months_no_comparison(mart):
    assert mart.rate.isna().all()
    first_year = mart[(mart.period_type == "rolling_12") & (mart.period_end == "2024-03-31")]
    assert not first_year.is_complete.any()  # the files begin with May 2023
    for column in ("share_of_csp_pct", "rank_in_csp", "previous_value", "change_pct"):
        assert first_year[column].isna().all()
