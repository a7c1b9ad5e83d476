"""data.police.uk files of all three kinds, of several forces, from folders and archives."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from flows.landing import land_inbox, write_catalog
from flows.landing.sources.police_uk import file_name, london_day
from tests.landing.conftest import STREET_NAME, STREET_ROW, Inbox, street, zipped

OUTCOMES_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type"
)
OUTCOME_ROW = (
    "abc123,2022-05,West Mercia Police,West Mercia Police,-2.08,52.51,On or near Mill Lane,"
    "E01009862,Dudley 012A,Suspect charged"
)
STOPS_HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)


def stop(moment: str, kind: str = "Person search") -> str:
    return f"{kind},{moment},False,,52.5,-2.0,Male,18-24,,White,Act (section 1),Drugs,Arrest,True,"


def lines(header: str, *rows: str) -> bytes:
    return "".join(line + "\r\n" for line in (header, *rows)).encode()


def landed(inbox: Inbox, dataset: str, columns: str) -> list[tuple[object, ...]]:
    files = str(inbox.folder.landing / dataset / "*.parquet")
    return duckdb.sql(
        f"select {columns} from read_parquet('{files}', union_by_name = true) order by all"
    ).fetchall()


def test_an_archive_of_all_kinds_and_several_forces_lands_in_three_datasets(inbox: Inbox) -> None:
    staffordshire = STREET_ROW.replace("West Mercia", "Staffordshire")
    zipped(
        inbox.folder.raw / "police_uk/2022-07-01/2022-05.zip",
        {
            f"2022-05/{STREET_NAME}": street(STREET_ROW),
            "2022-05/2022-05-staffordshire-street.csv": street(staffordshire),
            "2022-05/2022-05-west-mercia-outcomes.csv": lines(OUTCOMES_HEADER, OUTCOME_ROW),
            "2022-05/2022-05-west-mercia-stop-and-search.csv": lines(
                STOPS_HEADER, stop("2022-05-03T10:00:00+00:00")
            ),
        },
    )
    report = land_inbox(inbox.folder)
    assert (report.quarantined, report.rows_loaded, report.rows_rejected) == ([], 4, 0)
    assert landed(inbox, "police_uk_street", "_force_slug, lsoa_name") == [
        ("staffordshire", "Dudley 012A"),
        ("west-mercia", "Dudley 012A"),
    ]
    assert landed(inbox, "police_uk_outcomes", "_force_slug, month, crime_id, outcome_type") == [
        ("west-mercia", date(2022, 5, 1), "abc123", "Suspect charged")
    ]
    assert landed(
        inbox,
        "police_uk_stop_and_search",
        "_force_slug, month, searched_on, search_type, latitude, outcome_linked_to_object",
    ) == [("west-mercia", date(2022, 5, 1), date(2022, 5, 3), "Person search", 52.5, "True")]
    write_catalog(inbox.folder)
    covered = duckdb.sql(
        "select dataset, scope, indicator_id, period_start, period_end from "
        f"read_parquet('{inbox.folder.landing}/catalog/coverage.parquet') order by all"
    ).fetchall()
    may = ("*", date(2022, 5, 1), date(2022, 5, 31))
    assert covered == [
        ("police_uk_outcomes", "west-mercia", *may),
        ("police_uk_stop_and_search", "west-mercia", *may),
        ("police_uk_street", "staffordshire", *may),
        ("police_uk_street", "west-mercia", *may),
    ]


def test_an_outcome_of_another_month_or_of_no_type_is_rejected_by_line(inbox: Inbox) -> None:
    inbox.put(
        "police_uk/2022-07-01/2022-05-west-mercia-outcomes.csv",
        lines(
            OUTCOMES_HEADER,
            OUTCOME_ROW,
            OUTCOME_ROW.replace("2022-05", "2022-04"),
            OUTCOME_ROW.replace("Suspect charged", ""),
            OUTCOME_ROW.replace("E01009862", "Dudley"),
        ),
    )
    report = land_inbox(inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (1, 3)
    assert landed(inbox, "rejects", "line, column_name") == [
        (3, "Month"),
        (4, "Outcome type"),
        (5, "LSOA code"),
    ]


def test_a_stop_is_dated_by_the_clocks_of_london_and_kept_a_day_aside(inbox: Inbox) -> None:
    inbox.put(
        "police_uk/2022-07-01/2022-05-west-mercia-stop-and-search.csv",
        lines(
            STOPS_HEADER,
            stop("2022-04-30T23:30:00+00:00"),  # half past midrun of 1 May, summer time
            stop("2022-06-01T00:10:00+00:00"),  # the last night, filed a day late
            stop("2022-07-02T00:10:00+00:00"),
            stop("yesterday"),
            stop("2022-05-31T25:00:00+00:00"),
            stop("2022-05-07T09:00:00+00:00", kind=""),
        ),
    )
    report = land_inbox(inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (2, 4)
    assert landed(inbox, "police_uk_stop_and_search", "month, searched_on") == [
        (date(2022, 5, 1), date(2022, 5, 1)),
        (date(2022, 5, 1), date(2022, 6, 1)),
    ]
    assert landed(inbox, "rejects", "line, column_name") == [
        (4, "Date"),
        (5, "Date"),
        (6, "Date"),
        (7, "Type"),
    ]


def test_a_force_may_have_made_no_stops(inbox: Inbox) -> None:
    inbox.put("police_uk/2022-07-01/2022-05-west-mercia-stop-and-search.csv", lines(STOPS_HEADER))
    report = land_inbox(inbox.folder)
    assert (report.quarantined, len(report.loaded), report.rows_loaded) == ([], 1, 0)


def test_one_forces_bytes_under_another_kinds_name_are_refused(inbox: Inbox) -> None:
    """The header decides: a street file that somebody named outcomes has not its columns."""
    inbox.put("police_uk/2022-07-01/2022-05-west-mercia-outcomes.csv", street(STREET_ROW))
    report = land_inbox(inbox.folder)
    assert report.rows_loaded == 0
    assert "Outcome type" in report.quarantined[0].reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2022-05-west-mercia-street.csv", ("west-mercia", "street")),
        ("2022-05-btp-stop-and-search.csv", ("btp", "stop-and-search")),
        ("2022-05-West-Mercia-Outcomes.CSV", ("west-mercia", "outcomes")),
        ("2022-13-west-mercia-street.csv", None),
        ("0000-01-west-mercia-street.csv", None),
        ("2022-05-west-mercia-neighbourhoods.csv", None),
        ("2022-05-street.csv", None),
    ],
)
def test_names_say_month_force_and_kind(name: str, expected: tuple[str, str] | None) -> None:
    found = file_name(name)
    assert (None if found is None else (found.force, found.kind)) == expected


def test_days_in_london() -> None:
    assert london_day("2022-05-31T23:00:00+00:00") == date(2022, 6, 1)
    assert london_day("2022-01-31T23:59:59+00:00") == date(2022, 1, 31)
    assert london_day("2022-05-31T23:00:00+01:00") == date(2022, 5, 31)
    assert london_day("2022-05-31 23:00") == date(2022, 5, 31)
    assert london_day("2022-02-30T12:00:00+00:00") is None
    assert london_day("0001-01-01T00:00:00+01:00") is None
