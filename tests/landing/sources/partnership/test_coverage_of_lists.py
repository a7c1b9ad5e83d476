"""Which months lists of incidents, calls and cases cover: gaps, part months and mistyped years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pyarrow.parquet as pq
import pytest

from flows.landing import land_inbox
from flows.landing.ledger.load_records import LoadRecord
from tests.landing.conftest import Inbox

ASB_HEADER = "record type,area,date,category,count"
CASES_HEADER = (
    "area,victim key,perpetrator keys,referral date,discussed date,referring agency,"
    "any abuse,potentially criminal"
)


def incidents(days: Iterable[str], area: str = "Dudley", kind: str = "incident") -> list[str]:
    category = "asb" if kind == "call" else "nuisance"
    return [f"{kind},{area},{day},{category}," for day in days]


def cases(days: Iterable[str], area: str = "Dudley") -> list[str]:
    return [
        f"{area},V-{number},P-{number},{day},{day},Police,yes,no" for number, day in enumerate(days)
    ]


def months_of(year: int, first: int, last: int, days: Iterable[int] = (3, 14)) -> list[str]:
    return [f"{year}-{month:02d}-{day:02d}" for month in range(first, last + 1) for day in days]


def land(inbox: Inbox, place: str, header: str, rows: list[str]) -> tuple[LoadRecord, str]:
    inbox.put(place, "".join(line + "\n" for line in (header, *rows)).encode())
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    (record,) = report.loaded
    return record, " ".join(report.notes)


def covered(record: LoadRecord, scope: str = "Dudley", indicator: str = "") -> list[str]:
    return sorted(
        {
            f"{part.period_start:%Y-%m}"
            for part in record.coverage
            if part.scope == scope and part.indicator_id.startswith(indicator)
        }
    )


def rejected(inbox: Inbox, record: LoadRecord) -> list[dict[str, object]]:
    path = inbox.folder.landing / "rejects" / f"{record.load_id}.parquet"
    return pq.read_table(path, partitioning=None).to_pylist() if path.exists() else []


HALVES = [*months_of(2024, 4, 9), *months_of(2025, 4, 9)]
BOTH_SUMMERS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(4, 10)]


@pytest.mark.parametrize(
    ("place", "header", "rows"),
    [
        ("asb/2025-10-05/asb.csv", ASB_HEADER, incidents(HALVES)),
        ("marac/2025-10-05/case-list.csv", CASES_HEADER, cases(HALVES)),
    ],
)
def test_half_a_year_of_this_year_and_of_last_leaves_the_months_between_not_supplied(
    private_inbox: Inbox, place: str, header: str, rows: list[str]
) -> None:
    record, notes = land(private_inbox, place, header, rows)
    assert covered(record) == BOTH_SUMMERS
    assert "October 2024 to March 2025" in notes
    assert "not supplied" in notes


def test_a_month_with_rows_of_another_area_or_kind_is_covered_with_zero(
    private_inbox: Inbox,
) -> None:
    rows = [
        *incidents(months_of(2025, 4, 6)),
        *incidents(months_of(2025, 8, 9), "Walsall"),
        *incidents(["2025-05-02"], kind="call"),
    ]
    record, notes = land(private_inbox, "asb/2025-10-05/asb.csv", ASB_HEADER, rows)
    wanted = ["2025-04", "2025-05", "2025-06", "2025-08", "2025-09"]
    assert covered(record) == covered(record, "Walsall") == wanted
    assert covered(record, indicator="asb_calls") == wanted
    assert covered(record, "Walsall", "asb_calls") == []
    assert "July 2025" in notes


@pytest.mark.parametrize(
    ("place", "header", "made"),
    [
        ("asb/2025-10-05/asb.csv", ASB_HEADER, incidents),
        ("marac/2025-10-05/case-list.csv", CASES_HEADER, cases),
    ],
)
def test_months_of_an_area_that_stand_under_other_names_are_missing_and_not_zero(
    private_inbox: Inbox, place: str, header: str, made: Callable[..., list[str]]
) -> None:
    """Somerset's districts merged in April 2023: the year before it has other names."""
    days = (3, 8, 14, 21)
    rows = [
        *made(months_of(2022, 4, 9, days), "Mendip"),
        *made(months_of(2022, 4, 9, days), "South Somerset"),
        *made(months_of(2023, 4, 6, days), "Somerset"),
        *made(months_of(2023, 7, 9, days), "E22000369"),
    ]
    record, notes = land(private_inbox, place, header, rows)
    summer = [f"2023-{month:02d}" for month in range(4, 10)]
    assert covered(record, "Somerset") == covered(record, "E22000369") == summer
    assert (
        "no row of 'Somerset' is of April 2022 to September 2022, though 4 a month are usual: not "
        "supplied" in notes
    )
    assert "Mendip" not in notes


def test_conferences_every_second_month_leave_the_months_between_at_zero(
    private_inbox: Inbox,
) -> None:
    every_month = cases(months_of(2017, 1, 9, range(1, 11)), "Walsall")
    every_second = cases(
        [day for month in (1, 3, 5, 7, 9) for day in months_of(2017, month, month, range(1, 21))]
    )
    place = "marac/2017-10-05/case-list.csv"
    record, notes = land(private_inbox, place, CASES_HEADER, every_month + every_second)
    assert covered(record) == [f"2017-{month:02d}" for month in range(1, 10)]
    assert "no row of 'Dudley'" not in notes


def test_a_few_rows_of_an_area_leave_its_other_months_at_zero(private_inbox: Inbox) -> None:
    rows = [
        *incidents(months_of(2025, 4, 9, range(1, 20))),
        *incidents(["2025-04-02", "2025-04-03", "2025-09-01"], "Walsall"),
    ]
    record, notes = land(private_inbox, "asb/2025-10-05/asb.csv", ASB_HEADER, rows)
    assert covered(record, "Walsall") == covered(record) == BOTH_SUMMERS[6:]
    assert "Walsall" not in notes


def test_a_count_is_as_many_rows_and_a_count_of_zero_says_that_the_month_is_there(
    private_inbox: Inbox,
) -> None:
    def counts(area: str, **by_month: int) -> list[str]:
        return [f"call,{area},2025-{m[1:]}-01,asb,{n}" for m, n in by_month.items()]

    rows = [
        *counts("Dudley", m04=60, m05=55, m06=70, m07=62, m08=50, m09=58),
        *counts("Walsall", m04=60, m05=55, m06=70),
        *counts("Sandwell", m04=60, m05=55, m06=70, m07=0, m08=0, m09=0),
        # of another kind: nothing is said of its calls
        "incident,Walsall,2025-07-02,nuisance,",
    ]
    record, notes = land(private_inbox, "asb/2025-10-05/asb.csv", ASB_HEADER, rows)
    calls = "asb_calls_for_service"
    whole = [f"2025-{month:02d}" for month in range(4, 10)]
    assert covered(record, indicator=calls) == covered(record, "Sandwell", calls) == whole
    assert covered(record, "Walsall", calls) == whole[:3]
    assert covered(record, "Walsall", "asb_incidents") == whole
    assert (
        "no row of 'Walsall' is of July 2025 to September 2025, though 62 a month are usual"
        in notes
    )


def test_a_window_in_the_name_says_that_a_quiet_month_is_zero(private_inbox: Inbox) -> None:
    place = "marac/2017-10-05/case-list-2017-04_to_2017-09.csv"
    record, _ = land(private_inbox, place, CASES_HEADER, cases(["2017-05-04", "2017-06-04"]))
    assert covered(record) == [f"2017-{month:02d}" for month in range(4, 10)]


def test_a_file_that_is_renamed_to_state_its_window_is_read_again(private_inbox: Inbox) -> None:
    rows = cases(["2017-05-04", "2017-07-04"])
    place = "marac/2017-10-05/case-list.csv"
    record, notes = land(private_inbox, place, CASES_HEADER, rows)
    assert covered(record) == ["2017-05", "2017-07"]
    assert "state the file's months in its name" in notes
    (private_inbox.folder.raw / place).unlink()
    renamed = "marac/2017-10-05/case-list-2017-04_to_2017-09.csv"
    again, _ = land(private_inbox, renamed, CASES_HEADER, rows)
    assert again.load_id == record.load_id
    assert covered(again) == [f"2017-{month:02d}" for month in range(4, 10)]


def test_a_window_in_the_name_does_not_make_a_whole_missing_month_zero(
    private_inbox: Inbox,
) -> None:
    """Forty incidents a month, and none at all in July: the month is missing, not quiet."""
    days = [
        f"2017-{month:02d}-{day:02d}"
        for month in (4, 5, 6, 8, 9)
        for day in range(1, 21)
        for _ in range(2)
    ]
    place = "asb/2017-10-05/asb-2017-04_to_2017-09.csv"
    record, notes = land(private_inbox, place, ASB_HEADER, incidents(days))
    assert "2017-07" not in covered(record)
    assert "July 2017" in notes


@pytest.mark.parametrize(
    ("place", "header", "rows"),
    [
        (
            "asb/2017-10-05/asb.csv",
            ASB_HEADER,
            incidents(["2007-05-14", *months_of(2017, 4, 9, range(1, 11))]),
        ),
        (
            "marac/2017-10-05/case-list.csv",
            CASES_HEADER,
            cases(["2007-05-14", *months_of(2017, 4, 9, range(1, 11))]),
        ),
    ],
)
def test_a_mistyped_year_costs_its_line_and_claims_no_other_year(
    private_inbox: Inbox, place: str, header: str, rows: list[str]
) -> None:
    record, _ = land(private_inbox, place, header, rows)
    assert (record.rows_loaded, record.rows_rejected) == (60, 1)
    (reject,) = rejected(private_inbox, record)
    assert reject["line"] == 2
    assert "years from every other row" in str(reject["reason"])
    assert covered(record) == [f"2017-{month:02d}" for month in range(4, 10)]


@pytest.mark.parametrize(
    ("place", "header", "rows"),
    [
        (
            "asb/2017-09-15/asb.csv",
            ASB_HEADER,
            incidents([*months_of(2017, 4, 8), "2017-09-01", "2017-09-14"]),
        ),
        (
            "marac/2017-09-15/case-list.csv",
            CASES_HEADER,
            cases([*months_of(2017, 4, 8), "2017-09-01", "2017-09-14"]),
        ),
        (
            "asb/2017-09-15/asb-2017-04_to_2017-09.csv",
            ASB_HEADER,
            incidents([*months_of(2017, 4, 8), "2017-09-01", "2017-09-14"]),
        ),
    ],
)
def test_the_month_of_the_extract_is_kept_and_not_yet_covered(
    private_inbox: Inbox, place: str, header: str, rows: list[str]
) -> None:
    record, notes = land(private_inbox, place, header, rows)
    assert (record.rows_loaded, record.rows_rejected) == (12, 0)
    assert covered(record) == [f"2017-{month:02d}" for month in range(4, 9)]
    assert "September 2017" in notes
    assert "not yet counted" in notes


def test_an_extract_of_a_months_last_day_covers_it(private_inbox: Inbox) -> None:
    rows = incidents(months_of(2017, 8, 9))
    record, _ = land(private_inbox, "asb/2017-09-30/asb.csv", ASB_HEADER, rows)
    assert covered(record) == ["2017-08", "2017-09"]


def test_an_incident_of_a_month_after_the_extract_costs_its_line(private_inbox: Inbox) -> None:
    rows = incidents([*months_of(2017, 8, 9), "2017-11-01"])
    record, _ = land(private_inbox, "asb/2017-10-05/asb.csv", ASB_HEADER, rows)
    (reject,) = rejected(private_inbox, record)
    assert (reject["line"], reject["column_name"]) == (6, "date")
    assert "extract" in str(reject["reason"])


def test_a_conference_that_is_still_to_come_is_no_case_yet(private_inbox: Inbox) -> None:
    rows = cases([*months_of(2017, 8, 9), "2017-11-01"])
    record, _ = land(private_inbox, "marac/2017-10-05/case-list.csv", CASES_HEADER, rows)
    assert (record.rows_loaded, record.rows_rejected) == (5, 0)
    assert covered(record) == ["2017-08", "2017-09"]


@pytest.mark.parametrize(
    "month",
    ["2025-07", "2025-07-01", "07/2025", "01/07/2025", "July 2025", "Jul-25", "2025 Jul"],
)
def test_months_of_counts_in_every_form_that_force_counts_take(
    private_inbox: Inbox, month: str
) -> None:
    header = "record type,area,month,category,count"
    rows = [f"incident,Dudley,{month},nuisance,40"]
    record, _ = land(private_inbox, "asb/2025-10-05/counts.csv", header, rows)
    assert covered(record) == ["2025-07"]
    (landed,) = (private_inbox.folder.landing / "asb_records").glob("[!_]*.parquet")
    assert pq.read_table(landed, partitioning=None)["occurred_on"].to_pylist() == [date(2025, 7, 1)]


YOUTH_HEADER = "area,date,category,youth"


def of_youth(area: str, days: Iterable[str], *words: str) -> list[str]:
    """Make incidents of these days, with the words of youth in turn."""
    return [f"{area},{day},nuisance,{words[at % len(words)]}" for at, day in enumerate(days)]


def test_youth_that_is_marked_from_some_month_on_is_no_zero_before(private_inbox: Inbox) -> None:
    rows = of_youth("Dudley", HALVES[:12], "") + of_youth("Dudley", HALVES[12:], "yes", "no")
    record, notes = land(private_inbox, "asb/2025-10-12/asb.csv", YOUTH_HEADER, rows)
    assert covered(record, indicator="asb_incidents") == sorted({day[:7] for day in HALVES})
    assert covered(record, indicator="asb_youth") == [f"2025-{month:02d}" for month in range(4, 10)]
    assert "the column youth is empty" in notes
    assert "of April 2024 to September 2024 (1 area)" in notes


def test_youth_that_one_area_does_not_mark_is_no_zero_of_it(private_inbox: Inbox) -> None:
    days = months_of(2025, 4, 9, range(1, 11))
    rows = of_youth("Dudley", days, "yes", "no") + of_youth("Walsall", days, "")
    record, _ = land(private_inbox, "asb/2025-10-12/asb.csv", YOUTH_HEADER, rows)
    assert len(covered(record, "Dudley", "asb_youth")) == 6
    assert covered(record, "Walsall", "asb_youth") == []
    assert len(covered(record, "Walsall", "asb_incidents")) == 6


def test_a_list_that_only_says_yes_means_no_where_it_is_empty(private_inbox: Inbox) -> None:
    days = months_of(2025, 4, 9, range(1, 11))
    rows = of_youth("Dudley", days, "", "", "", "", "", "yes")
    record, notes = land(private_inbox, "asb/2025-10-12/asb.csv", YOUTH_HEADER, rows)
    assert len(covered(record, indicator="asb_youth")) == 6
    assert "youth" not in notes
