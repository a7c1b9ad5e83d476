"""A stated figure is of whole months, and of months that were over when the extract was taken."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from flows.landing import land_inbox
from flows.landing.ledger.load_records import LoadRecord
from tests.landing.conftest import Inbox, returned


def land(inbox: Inbox, place: str, data: bytes) -> tuple[LoadRecord, list[dict[str, object]], str]:
    inbox.put(place, data)
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    (record,) = report.loaded
    path = inbox.folder.landing / "rejects" / f"{record.load_id}.parquet"
    rejects = pq.read_table(path, partitioning=None).to_pylist() if path.exists() else []
    return record, rejects, " ".join(report.notes)


def figure(first: str, last: str, count: int = 40) -> str:
    return f"Dudley,robbery,{first},{last},{count},,Report,,"


@pytest.mark.parametrize(
    ("first", "last", "column"),
    [
        ("2017-04-01", "2017-04-07", "period_end"),
        ("2017-07-01", "2017-09-10", "period_end"),
        ("2017-04-01", "2017-04-15", "period_end"),
        ("2017-04-02", "2017-04-30", "period_start"),
        ("2016-02-01", "2016-02-28", "period_end"),
    ],
)
def test_a_figure_of_part_of_a_month_costs_its_line(
    inbox: Inbox, first: str, last: str, column: str
) -> None:
    rows = [figure("2017-05-01", "2017-05-31"), figure(first, last, 10)]
    record, rejects, _ = land(inbox, "partner_returns/2017-10-05/a.csv", returned(*rows))
    assert [(reject["line"], reject["column_name"]) for reject in rejects] == [(3, column)]
    assert "whole months" in str(rejects[0]["reason"])
    assert [part.period_start.month for part in record.coverage] == [5]


def test_april_and_its_first_half_are_not_one_april(inbox: Inbox) -> None:
    rows = [figure("2017-04-01", "2017-04-30", 28), figure("2017-04-01", "2017-04-15", 14)]
    record, rejects, _ = land(inbox, "partner_returns/2017-10-05/a.csv", returned(*rows))
    assert (record.rows_loaded, [reject["line"] for reject in rejects]) == (1, [3])


def test_a_quarter_that_was_not_over_is_kept_and_not_covered(inbox: Inbox) -> None:
    rows = [figure("2017-04-01", "2017-06-30"), figure("2017-07-01", "2017-09-30")]
    record, rejects, notes = land(inbox, "partner_returns/2017-09-15/a.csv", returned(*rows))
    assert (record.rows_loaded, rejects) == (2, [])
    assert [part.period_start.month for part in record.coverage] == [4]
    assert "not yet counted" in notes


def test_a_count_of_an_unfinished_month_is_kept_and_not_covered(inbox: Inbox) -> None:
    data = b"area,indicator,Aug 2025,Sep 2025\nDudley,knife_crime,12,3\n"
    record, rejects, notes = land(inbox, "force_counts/2025-09-15/counts.csv", data)
    assert (record.rows_loaded, rejects) == (2, [])
    assert [part.period_start.month for part in record.coverage] == [8]
    assert "September 2025" in notes


def test_a_marac_quarter_that_was_not_over_is_kept_and_not_covered(inbox: Inbox) -> None:
    data = (
        b"area,quarter,measure,breakdown,count\n"
        b"Dudley,2017/18 Q1,cases,,98\nDudley,2017/18 Q2,cases,,60\n"
    )
    record, _, notes = land(inbox, "marac/2017-09-15/return.csv", data)
    assert record.rows_loaded == 2
    assert [part.period_start.month for part in record.coverage] == [4]
    assert "not yet counted" in notes
