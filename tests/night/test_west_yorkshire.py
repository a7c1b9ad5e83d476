"""July 2018 against July 2017 in West Yorkshire, as pandas counts it from the raw files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.conftest import PROJECT_ROOT

PARTNERSHIPS = ["Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield"]

# Categories that the project renames; every other one is its own name in small letters.
INDICATOR_OF = {
    "Anti-social behaviour": "asb_incidents",
    "Drugs": "drug_offences",
}
# Districts of 2018 that have since become part of a larger authority, hence of its partnership.
PARTNERSHIP_OF = {
    "Craven": "North Yorkshire",
    "Hambleton": "North Yorkshire",
    "Harrogate": "North Yorkshire",
    "Selby": "North Yorkshire",
    "": "West Yorkshire, location unknown",
}


def raw_counts(month: str) -> pd.DataFrame:
    """Count the supplier's rows by partnership and category, without any of the project's code."""
    (archive,) = (PROJECT_ROOT / "data" / "raw" / "police_uk").glob(f"*/{month}.zip")
    with (
        zipfile.ZipFile(archive) as opened,
        opened.open(f"{month}/{month}-west-yorkshire-street.csv") as member,
    ):
        rows = pd.read_csv(member)
    authority = rows["LSOA name"].str[:-5].fillna("")
    return (
        pd.DataFrame(
            {
                "area_name": authority.replace(PARTNERSHIP_OF),
                "indicator_id": rows["Crime type"]
                .replace(INDICATOR_OF)
                .str.lower()
                .str.replace(" ", "_"),
            }
        )
        .value_counts()
        .rename("records")
        .reset_index()
    )


@pytest.fixture(scope="module")
def july(published_database: Path) -> pd.DataFrame:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        return connection.execute(
            """
            select
                area_name, area_type, indicator_id, value, previous_value, change, change_pct,
                is_complete, rate
            from fct_indicator_values
            where
                source = 'police_uk' and period_type = 'month' and period_end = date '2018-07-31'
                and indicator_id <> 'total_recorded_crime'
            """
        ).df()


def test_every_partnership_and_category_as_pandas_counts_it(july: pd.DataFrame) -> None:
    this_year, last_year = raw_counts("2018-07"), raw_counts("2017-07")
    expected = this_year.merge(
        last_year, on=["area_name", "indicator_id"], how="outer", suffixes=("", "_before")
    ).fillna(0)
    assert {"Barnsley", "West Yorkshire, location unknown"} <= set(expected["area_name"])
    # what West Yorkshire recorded in other forces' areas is no figure of theirs
    supplied = [*PARTNERSHIPS, "West Yorkshire, location unknown"]
    seen = july[july["area_type"] != "force"].merge(
        expected[expected["area_name"].isin(supplied)],
        on=["area_name", "indicator_id"],
        how="outer",
    )
    assert set(seen["area_name"]) == set(supplied)
    seen[["records", "records_before"]] = seen[["records", "records_before"]].fillna(0)
    differing = seen[
        (seen["value"] != seen["records"]) | (seen["previous_value"] != seen["records_before"])
    ]
    assert differing.empty, differing.to_string()
    own = seen[seen["area_name"].isin(PARTNERSHIPS)]
    assert len(own) == 5 * 14
    assert own["is_complete"].all()
    assert (own["change"] == own["records"] - own["records_before"]).all()


def test_the_force_counts_what_it_recorded_wherever_it_happened(july: pd.DataFrame) -> None:
    force = july[july["area_type"] == "force"]
    assert force["value"].sum() == 31_635
    assert force["previous_value"].sum() == 28_537


def test_an_area_of_another_force_has_no_figure(july: pd.DataFrame) -> None:
    """West Yorkshire recorded three crimes in Barnsley: nobody supplied Barnsley."""
    assert raw_counts("2018-07").query("area_name == 'Barnsley'")["records"].sum() == 3
    assert july[july["area_name"] == "Barnsley"].empty


def test_ranks_of_the_five_partnerships(published_database: Path) -> None:
    crimes = {}
    for month in ("2018-07", "2017-07"):
        counts = raw_counts(month)
        counts = counts[counts["indicator_id"] != "asb_incidents"]
        crimes[month] = counts.groupby("area_name")["records"].sum()
    population = pd.read_csv(PROJECT_ROOT / "data/seeds/reference/population.csv.gz")
    areas = pd.read_csv(PROJECT_ROOT / "data" / "seeds" / "areas.csv")
    names = areas.dropna(subset="lad_code").set_index("lad_code")["area_name"]
    residents = (
        population[(population["year"] == 2018) & (population["population_kind"] == "residents")]
        .assign(area_name=lambda rows: rows["place_code"].map(names))
        .set_index("area_name")["population"]
    )
    rates = (crimes["2018-07"] / residents * 1000)[PARTNERSHIPS]
    changes = (crimes["2018-07"] / crimes["2017-07"] - 1)[PARTNERSHIPS]
    with duckdb.connect(str(published_database), read_only=True) as connection:
        seen = (
            connection.execute(
                """
                select area_name, rate, rate_rank, change_rank, areas_ranked
                from fct_force_ranks
                where
                    indicator_id = 'total_recorded_crime' and source = 'police_uk'
                    and period_type = 'month' and period_label = 'Jul 2018'
                """
            )
            .df()
            .set_index("area_name")
        )
    assert set(seen.index) == set(PARTNERSHIPS)
    assert (seen["rate"] - rates).abs().max() < 1e-9
    assert seen["rate_rank"].to_dict() == rates.rank(method="min").astype(int).to_dict()
    assert seen["change_rank"].to_dict() == changes.rank(method="min").astype(int).to_dict()
    assert (seen["areas_ranked"] == 5).all()


def test_the_year_to_date_lacks_april_to_june(published_database: Path) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        rows = connection.execute(
            """
            select is_complete, months_supplied, months_expected, change, rate, significance
            from fct_indicator_values
            where
                period_label = '2018/19 YTD to Jul' and source = 'police_uk'
                and area_name in ('Bradford', 'Calderdale', 'Kirklees', 'Leeds', 'Wakefield')
            """
        ).fetchall()
        ranked = connection.execute(
            """
            select count(*) from fct_force_ranks where period_label = '2018/19 YTD to Jul'
            union all
            select count(*) from fct_family_ranks where period_label = '2018/19 YTD to Jul'
            """
        ).fetchall()
    assert len(rows) == 5 * 15
    assert set(rows) == {(False, 1, 4, None, None, None)}
    assert ranked == [(0,), (0,)]
