"""Which months a force's extract covers: gaps, part months and mistyped years."""

from __future__ import annotations

import pytest

from flows.landing import land_inbox
from flows.landing.ledger.load_records import LoadRecord

from .conftest import MAPPING, PLACE, ForceInbox, extract, row


def land(inbox: ForceInbox, days: list[str], place: str = PLACE) -> tuple[LoadRecord, str]:
    rows = [row(Crime_Number=f"MADE/{n}", Date_Recorded=day) for n, day in enumerate(days)]
    inbox.put(place, extract(*rows))
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    (record,) = report.loaded
    return record, " ".join(report.notes)


def covered(record: LoadRecord) -> list[str]:
    return sorted({f"{part.period_start:%Y-%m}" for part in record.coverage})


def test_a_gap_between_two_summers_is_not_supplied(force_inbox: ForceInbox) -> None:
    days = [f"{year}-{month:02d}-14" for year in (2024, 2025) for month in range(4, 10)]
    record, notes = land(force_inbox, days)
    assert covered(record) == [day[:7] for day in days]
    assert "October 2024 to March 2025" in notes


@pytest.mark.parametrize("window", ["window: {months: 6}", "window: {from: 2025-04, to: 2025-09}"])
def test_a_window_does_not_make_a_whole_missing_month_zero(
    force_inbox: ForceInbox, window: str
) -> None:
    force_inbox.map(MAPPING + window)
    days = [f"2025-{month:02d}-{day:02d}" for month in (4, 5, 7, 8, 9) for day in range(1, 21)]
    record, notes = land(force_inbox, days)
    assert covered(record) == ["2025-04", "2025-05", "2025-07", "2025-08", "2025-09"]
    assert "June 2025" in notes


def test_one_mistyped_year_costs_its_line(force_inbox: ForceInbox) -> None:
    days = ["2015-07-14", *(f"2025-07-{day:02d}" for day in range(1, 31))]
    record, _ = land(force_inbox, days)
    assert (record.rows_loaded, record.rows_rejected) == (30, 1)
    assert covered(record) == ["2025-07"]
    (reject,) = force_inbox.rows("rejects")
    assert (reject["line"], reject["column_name"]) == (2, "Date Recorded")


def test_an_extract_of_an_unfinished_month_alone_is_kept(force_inbox: ForceInbox) -> None:
    record, notes = land(force_inbox, ["2025-10-01", "2025-10-02"])
    assert (record.rows_loaded, covered(record)) == (2, [])
    assert "October 2025" in notes
    assert "not yet counted" in notes


def test_a_window_without_a_row_in_it_covers_nothing(force_inbox: ForceInbox) -> None:
    force_inbox.map(MAPPING + "window: {from: 2025-04, to: 2025-06}")
    record, notes = land(force_inbox, ["2025-08-14", "2025-10-01"])
    assert (record.rows_loaded, covered(record)) == (2, [])
    assert "April 2025 to June 2025" in notes
