"""Own indicators, from the inbox to the figures; every record and count is made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.sources.rules.hash_key import forget_keys
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt

MAPPING = """\
force: west-midlands
window: {from: 2025-04}
columns:
  crime_reference: Ref
  offence_code: Code
  recorded_date: Recorded
  csp: Area
  knife: {column: Knife, yes: [Y], no: [N]}
  cyber: {column: Cyber, yes: [Y], no: [N]}
"""
RECORDS = """\
Ref,Code,Recorded,Area,Knife,Cyber
1,34A,2025-04-02,Dudley,Y,N
2,34A,2025-04-03,Dudley,N,N
3,34B,2025-04-04,Dudley,Y,N
4,8N,2025-05-05,Dudley,N,Y
5,8N,2025-05-06,Walsall,N,N
6,17A,2025-05-07,Dudley,N,N
7,9A,2025-05-08,Dudley,N,N
8,46,2025-04-08,Birmingham,N,N
9,46,2025-04-08,Coventry,N,N
10,46,2025-04-08,Sandwell,N,N
11,46,2025-04-08,Solihull,N,N
12,46,2025-04-08,Wolverhampton,N,N
"""
STREET = """\
Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,\
Crime type,Last outcome category,Context
"""
DECLARED = """\
Name,Indicator,Definition,Unit,Denominator,Rate_per,Polarity,Sensitive,Headline,Offence_codes,\
Markers,Categories,Counted_as_many
Robbery of businesses,business_robbery,Robbery of business property,,residents,100000,\
lower_is_better,no,yes,34A,,,robberies of businesses
Knife or online,knife_or_online,Knife or cyber marker,,residents,,neutral,no,no,,knife; cyber,,
Gang or knife,gang_or_knife,Gang or knife marker,,,,neutral,no,no,,gang; knife,,
Bicycles and phones,bicycles_and_phones,Two kinds of theft,,residents,,lower_is_better,no,no,,,\
Bicycle theft; Theft from the person,
Violence against women,violence_on_women,Codes of two groups,,residents,,neutral,no,no,\
17a; 9A,,,
Other violence,other_violence,A part of violence,,residents,,neutral,no,no,8N; 9A,,,
Wardens' visits,warden_visits,Visits by wardens,,,,higher_is_better,no,no,,,,
Street drinkers housed,drinkers_housed,Of those met,per cent,,,higher_is_better,no,no,,,,
"""
OLDER = """\
Indicator,Name,Definition,Polarity,Sensitive,Offence_codes
business_robbery,An older name,Another definition,neutral,no,34B
left_out,Left out,To be withdrawn,neutral,no,34B
"""
NEWER = """\
Indicator,Name,Definition,Polarity,Sensitive,Offence_codes,Withdrawn
left_out,Left out,To be withdrawn,neutral,no,34B,yes
"""
COUNTS = """\
area,indicator,month,count
Dudley,warden_visits,2025-04,7
Dudley,warden_visits,2025-05,9
Dudley,warden_visit,2025-05,9
"""
RETURN = """\
area,indicator,period_start,period_end,numerator,denominator
Dudley,drinkers_housed,2025-04-01,2025-06-30,5,20
"""


Warehouse = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    root = tmp_path_factory.mktemp("own")
    found = DataFolder(root / "data")
    files = {
        "force_extract/mappings/west-midlands.yml": MAPPING,
        "force_extract/2025-06-02/west-midlands.csv": RECORDS,
        "indicators/2025-06-02/own.csv": DECLARED,
        "indicators/2025-05-02/own.csv": OLDER,
        "indicators/2025-06-03/withdrawn.csv": NEWER,
        "force_counts/2025-06-02/wardens.csv": COUNTS,
        "partner_returns/2025-07-02/housing.csv": RETURN,
    }
    types = ("Bicycle theft", "Theft from the person", "Robbery", "Bicycle theft")
    for month in ("2025-04", "2025-05"):
        files[f"police_uk/2025-07-01/{month}-west-midlands-street.csv"] = STREET + "".join(
            f"{n},{month},West Midlands Police,West Midlands Police,,,On or near A,E01009739,"
            f"Dudley 012A,{kind},,\n"
            for n, kind in enumerate(types)
        )
    for name, text in files.items():
        path = found.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(root / "config"))
        forget_keys()
        report = land_inbox(found)
        assert (report.quarantined, report.rows_rejected) == ([], 0)
        yield found
    forget_keys()


@pytest.fixture(scope="module")
def warehouse(folder: DataFolder) -> Iterator[Warehouse]:
    write_catalog(folder)
    build_without_dbt(
        folder,
        Settings(home_areas=["Dudley"]),
        select=["+fct_indicator_values", "+dim_indicators", "+int_scorecard", "+fct_force_ranks"],
    )
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        yield connection


def months(
    warehouse: Warehouse, indicator: str, area: str = "Dudley"
) -> dict[tuple[str, str], Any]:
    rows = warehouse.execute(
        """
        select source, strftime(period_start, '%Y-%m'), value
        from main.fct_indicator_values
        where indicator_id = $indicator and area_name = $area and area_type = 'csp'
            and period_type = 'month' and is_complete
        """,
        {"indicator": indicator, "area": area},
    ).fetchall()
    return {(source, month): value for source, month, value in rows}


def test_records_are_counted_by_offence_code_and_a_month_without_any_is_zero(
    warehouse: Warehouse,
) -> None:
    assert months(warehouse, "business_robbery") == {
        ("force_extract", "2025-04"): 2,
        ("force_extract", "2025-05"): 0,
    }
    assert months(warehouse, "business_robbery", "Walsall")["force_extract", "2025-04"] == 0


def test_a_record_of_two_markers_counts_once(warehouse: Warehouse) -> None:
    assert months(warehouse, "knife_or_online") == {
        ("force_extract", "2025-04"): 2,
        ("force_extract", "2025-05"): 1,
    }


def test_an_indicator_of_a_marker_that_the_extract_lacks_is_not_supplied(
    warehouse: Warehouse,
) -> None:
    assert months(warehouse, "gang_or_knife") == {}


def test_categories_of_street_files_are_counted(warehouse: Warehouse) -> None:
    assert months(warehouse, "bicycles_and_phones") == {
        ("police_uk", "2025-04"): 3,
        ("police_uk", "2025-05"): 3,
    }


def test_counts_and_returns_of_own_indicators_are_figures(warehouse: Warehouse) -> None:
    assert months(warehouse, "warden_visits") == {
        ("force_counts", "2025-04"): 7,
        ("force_counts", "2025-05"): 9,
    }
    (row,) = warehouse.execute(
        "select period_label, value, denominator from main.fct_indicator_values "
        "where indicator_id = 'drinkers_housed' and period_type = 'quarter'"
    ).fetchall()
    assert row == ("2025/26 Q1", 25.0, 20.0)


def test_a_rate_is_per_what_the_file_says_and_areas_are_ranked(warehouse: Warehouse) -> None:
    (rate, population) = warehouse.execute(
        "select rate, denominator from main.fct_indicator_values "
        "where indicator_id = 'business_robbery' and area_name = 'Dudley' "
        "and period_label = 'Apr 2025'"
    ).fetchall()[0]
    assert rate == pytest.approx(2 / population * 100_000)
    # 2 in Dudley, none elsewhere: six of seven partnerships share the first place
    ranks = warehouse.execute(
        "select area_name, rate_rank from main.fct_force_ranks "
        "where indicator_id = 'business_robbery' and period_label = 'Apr 2025'"
    ).fetchall()
    assert dict(ranks)["Dudley"] == 7
    assert sorted(rank for _, rank in ranks) == [1] * 6 + [7]


def test_the_newest_declaration_stands_and_a_withdrawn_one_is_gone(warehouse: Warehouse) -> None:
    rows = warehouse.execute(
        "select indicator_id, indicator_name, is_sensitive, is_headline from main.dim_indicators "
        "where is_own"
    ).fetchall()
    found = {indicator: more for indicator, *more in rows}
    assert found["business_robbery"] == ["Robbery of businesses", False, True]
    assert "left_out" not in found
    assert len(found) == 8
    lines = warehouse.execute(
        "select indicator_id from intermediate.int_scorecard "
        "where indicator_id = 'business_robbery'"
    ).fetchall()
    assert lines == [("business_robbery",)]


def test_what_counts_sensitive_offences_is_sensitive_and_linked(warehouse: Warehouse) -> None:
    # 17A is a sexual offence; its file says that it is not sensitive
    (sensitive,) = warehouse.execute(
        "select is_sensitive from main.dim_indicators where indicator_id = 'violence_on_women'"
    ).fetchall()[0]
    assert sensitive
    # one in May, at most: withheld
    assert set(months(warehouse, "violence_on_women").values()) <= {0, None}
    links = warehouse.execute(
        "select indicator_id, sensitive_indicator_id from intermediate.int_withheld_together "
        "where indicator_id in ('other_violence', 'violence_on_women', 'business_robbery')"
    ).fetchall()
    # violence less other violence could be what is withheld; robbery cannot
    assert ("other_violence", "sexual_offences") in links
    assert ("other_violence", "violence_on_women") in links
    assert ("business_robbery", "sexual_offences") not in links
    withheld = months(warehouse, "other_violence")
    assert withheld["force_extract", "2025-05"] is None


def test_the_checks_know_own_indicators_and_ask_what_is_meant(folder: DataFolder) -> None:
    from flows.checking.landing_tables import attach_landing

    write_catalog(folder)
    with duckdb.connect() as connection:
        attach_landing(connection, folder, None)
        words = connection.execute(
            "select indicators_unknown, indicators_unknown_words from named_indicators"
        ).fetchall()
        kinds = connection.execute(
            "select value_kind from indicators where indicator_id = 'drinkers_housed'"
        ).fetchall()
    assert words == [(1, "'warden_visit' on line 4, did you mean warden_visits?")]
    assert kinds == [("proportion",)]
