"""Severity, outcomes and searches of a made-up force, calculated by hand. Nothing here is real."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type"
)
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
DUDLEY = "E01009862,Dudley 012A"
MARTS = ["fct_outcomes", "fct_harm", "fct_reporting_or_harm", "fct_stop_and_search"]


def crime(month: str, kind: str, outcome: str, reference: str = "", place: str = DUDLEY) -> str:
    return f"{reference},{month},F,F,,,No Location,{place},{kind},{outcome},"


def decision(reference: str, month: str, outcome: str, place: str = DUDLEY) -> str:
    return f"{reference},{month},F,F,,,No Location,{place},{outcome}"


def stop(day: str, outcome: str, linked: str, age: str = "18-24") -> str:
    return f"Person search,{day}T12:00:00+00:00,,,,,Male,{age},,White,Act,Drugs,{outcome},{linked},"


def put(folder: DataFolder, place: str, header: str, *rows: str) -> None:
    path = folder.raw / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\r\n" for line in (header, *rows)))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = DataFolder(tmp_path_factory.mktemp("harm"))
    force = "police_uk/2022-07-01/{}-west-midlands-{}.csv"
    put(
        folder,
        force.format("2021-05", "street"),
        STREET,
        crime("2021-05", "Drugs", "Under investigation"),
        crime("2021-05", "Drugs", "Suspect charged"),
        crime("2021-05", "Burglary", "Investigation complete; no suspect identified"),
    )
    put(
        folder,
        force.format("2022-05", "street"),
        STREET,
        crime("2022-05", "Drugs", "Suspect charged", "d1"),
        crime("2022-05", "Drugs", "Local resolution", "d2"),
        crime("2022-05", "Drugs", "Unable to prosecute suspect", "d3"),
        crime("2022-05", "Drugs", "Under investigation", "d4"),
        crime("2022-05", "Drugs", "", "d5"),
        crime("2022-05", "Burglary", "Offender sent to prison", "b1"),
        crime("2022-05", "Shoplifting", "Under investigation", "s1"),
        crime("2022-05", "Anti-social behaviour", ""),
        crime("2022-05", "Drugs", "Suspect charged", "o1", "E01010000,Sandwell 001A"),
        crime("2022-05", "Drugs", "Suspect charged", "u1", ","),
        # a file of most partnerships is the force's
        crime("2022-05", "Shoplifting", "", "c1", "E01009589,Coventry 001A"),
        crime("2022-05", "Shoplifting", "", "c2", "E01010118,Solihull 001A"),
    )
    put(
        folder,
        force.format("2022-05", "outcomes"),
        OUTCOMES,
        decision("d1", "2022-05", "Suspect charged"),
        decision("d2", "2022-05", "Local resolution"),
        decision("d3", "2022-05", "Unable to prosecute suspect"),
        decision("b1", "2022-05", "Offender sent to prison"),  # a court's, after a charge
        decision("old", "2022-05", "Offender given a caution"),  # of a month that never landed
    )
    put(
        folder,
        force.format("2022-05", "stop-and-search"),
        STOPS,
        stop("2022-05-01", "Arrest", "True"),
        stop("2022-05-02", "Arrest", "False"),
        stop("2022-05-03", "A no further action disposal", "", age=""),
    )
    put(folder, force.format("2022-06", "stop-and-search"), STOPS)
    weights = "severity_weights/{}/made_up.csv"
    header = "scheme,indicator,weight,source"
    put(folder, weights.format("2022-01-01"), header, "made_up,drug_offences,1,Made up")
    put(
        folder,
        weights.format("2022-02-01"),
        header,
        "made_up,drug_offences,20,Made up",
        "made_up,burglary,300.5,Made up",
    )
    report = land_inbox(folder)
    assert (report.quarantined, report.rows_rejected) == ([], 0)
    write_catalog(folder)
    build_without_dbt(
        folder, Settings(home_areas=["Dudley"]), select=[f"+{mart}" for mart in MARTS]
    )
    return folder.database


@pytest.fixture
def rows(warehouse: Path):
    def query(sql: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            answer = connection.execute(sql)
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    return query


MAY = "period_type = 'month' and period_end = '2022-05-31'"


def outcomes(rows, basis: str, indicator: str, area: str = "Dudley") -> dict[str, Any]:
    found = rows(
        f"select * from main.fct_outcomes where basis = '{basis}' and {MAY} "
        f"and indicator_id = '{indicator}' and area_name = '{area}' and area_type = "
        f"'{'force' if area == 'West Midlands' else 'csp'}'"
    )
    assert len(found) == 1, found
    return found[0]


def test_the_rate_is_of_crimes_whose_status_is_told(rows) -> None:
    found = outcomes(rows, "crime_month", "drug_offences")
    assert (found["crimes"], found["denominator"]) == (5, 4)
    assert (found["decided_outcomes"], found["positive_outcomes"]) == (3, 2)
    assert found["positive_outcome_rate"] == 50.0
    assert found["undecided_pct"] == 25.0
    # a year before: one of two
    assert found["previous_positive_outcome_rate"] == 50.0
    assert found["change_pp"] == 0.0
    # Wilson's limits of 2 of 4, as any table of them gives
    assert (round(found["rate_lower"], 2), round(found["rate_upper"], 2)) == (15.0, 85.0)


def test_a_court_result_is_positive_for_it_follows_a_charge(rows) -> None:
    assert outcomes(rows, "crime_month", "burglary")["positive_outcome_rate"] == 100.0


def test_anti_social_behaviour_has_no_outcomes(rows) -> None:
    total = outcomes(rows, "crime_month", "total_recorded_crime")
    assert (total["crimes"], total["denominator"], total["positive_outcomes"]) == (7, 6, 3)
    assert rows("select 1 from main.fct_outcomes where indicator_id = 'asb_incidents'") == []


def test_a_force_counts_what_it_recorded_wherever_it_was(rows) -> None:
    force = outcomes(rows, "crime_month", "drug_offences", "West Midlands")
    assert (force["crimes"], force["positive_outcomes"]) == (7, 4)
    other = outcomes(rows, "crime_month", "drug_offences", "Sandwell")
    assert (other["crimes"], other["positive_outcomes"]) == (1, 1)


def test_decisions_of_a_month_are_held_against_the_crimes_of_that_month(rows) -> None:
    drugs = outcomes(rows, "outcome_month", "drug_offences")
    assert (drugs["denominator"], drugs["decided_outcomes"], drugs["positive_outcomes"]) == (
        5,
        3,
        2,
    )
    assert drugs["positive_outcome_rate"] == 40.0
    assert drugs["rate_lower"] is None
    # the caution of a crime without a street row counts in the total; the court's sentence does not
    total = outcomes(rows, "outcome_month", "total_recorded_crime")
    assert (total["decided_outcomes"], total["positive_outcomes"]) == (4, 3)
    assert outcomes(rows, "outcome_month", "burglary")["positive_outcomes"] == 0
    months = rows(
        "select distinct period_end from main.fct_outcomes where basis = 'outcome_month' "
        "and period_type = 'month'"
    )
    assert len(months) == 1, "May 2021 has no outcomes file: not supplied, and no zero"


def harm(rows, indicator: str) -> dict[str, Any]:
    found = rows(
        f"select * from main.fct_harm where {MAY} and indicator_id = '{indicator}' "
        "and area_name = 'Dudley'"
    )
    assert len(found) == 1, found
    return found[0]


def test_severity_is_each_offence_times_its_weight_of_the_newest_extract(rows) -> None:
    drugs = harm(rows, "drug_offences")
    assert (drugs["value"], drugs["severity"], drugs["previous_severity"]) == (5, 100.0, 40.0)
    assert (drugs["severity_change"], drugs["severity_change_pct"]) == (60.0, 150.0)
    assert drugs["severity_per_offence"] == 20.0
    assert drugs["weighted_share_pct"] == 100.0


def test_a_total_adds_its_categories_and_says_what_has_no_weight(rows) -> None:
    total = harm(rows, "total_recorded_crime")
    assert (total["value"], total["severity"]) == (7, 5 * 20 + 300.5)
    assert total["weighted_share_pct"] == pytest.approx(100 * 6 / 7)
    assert total["previous_severity"] == 2 * 20 + 300.5
    assert harm(rows, "shoplifting")["severity"] == 0.0
    assert harm(rows, "shoplifting")["weighted_share_pct"] == 0.0


INCOMPLETE = {
    "fct_harm": "value severity severity_per_offence weighted_share_pct severity_rate "
    "severity_change previous_severity",
    "fct_outcomes": "crimes denominator decided_outcomes positive_outcomes positive_outcome_rate",
    "fct_reporting_or_harm": "value severity severity_per_offence weighted_share_pct "
    "decided_outcomes positive_outcomes positive_outcome_rate undecided_pct",
}


@pytest.mark.parametrize("mart", INCOMPLETE)
def test_an_incomplete_period_has_no_figure(rows, mart: str) -> None:
    found = rows(f"select * from main.{mart} where period_type = 'ytd' and area_name = 'Dudley'")
    assert found
    # May was supplied and April not
    assert not any(row["is_complete"] for row in found)
    columns = INCOMPLETE[mart].split()
    assert [{row[column] for column in columns} for row in found] == [{None}] * len(found)


def test_reporting_and_harm_stand_beside_each_other_for_neutral_indicators(rows) -> None:
    found = rows(
        "select * from main.fct_reporting_or_harm where indicator_id = 'drug_offences' "
        "and period_type = 'ytd' and period_end = '2022-05-31'"
    )
    # April was not supplied: an incomplete period has no value
    assert [
        (row["area_name"], row["scheme"], row["is_complete"], row["value"]) for row in found
    ] == [("Dudley", "made_up", False, None)]
    indicators = {
        row["indicator_id"]
        for row in rows("select distinct indicator_id from main.fct_reporting_or_harm")
    }
    assert indicators == {"drug_offences", "possession_of_weapons"}


def test_public_data_is_never_withheld(rows) -> None:
    for mart in ("fct_outcomes", "fct_harm", "fct_reporting_or_harm"):
        assert rows(f"select 1 from main.{mart} where is_suppressed") == []


def test_searches_are_counted_by_force_and_a_supplied_month_without_any_is_nought(rows) -> None:
    found = rows(
        "select period_label, breakdown, category, searches, searches_with_linked_outcome "
        "from main.fct_stop_and_search where breakdown in ('total', 'age_range') "
        "order by period_start, breakdown, category"
    )
    assert [tuple(row.values()) for row in found] == [
        ("May 2022", "age_range", "18-24", 2, 1),
        ("May 2022", "age_range", "not stated", 1, 0),
        ("May 2022", "total", "all searches", 3, 1),
        ("Jun 2022", "total", "all searches", 0, 0),
    ]
    sums = rows(
        "select breakdown, sum(searches) as n from main.fct_stop_and_search "
        "where period_label = 'May 2022' group by breakdown"
    )
    assert {row["n"] for row in sums} == {3}
    assert len(sums) == 8
