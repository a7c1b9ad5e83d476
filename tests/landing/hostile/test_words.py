"""What a person is told of a file, and how little a file must say."""

from __future__ import annotations

from flows.landing import land_inbox
from flows.landing.reader import SupplierFile
from flows.landing.sources.force_counts import read_force_counts

from ..conftest import Inbox, inbox

__all__ = ["inbox"]


def test_a_csv_in_the_place_of_a_workbook_is_asked_for_as_a_workbook(inbox: Inbox) -> None:
    inbox.put("ons_pfa_tables/2025-04-24/policeforceareatables.csv", b"a,b\n1,2\n")
    (refused,) = land_inbox(inbox.folder).quarantined
    assert "as XLSX" in refused.reason
    assert "rename" not in refused.reason


def test_a_month_that_is_none_names_every_form_that_is_taken() -> None:
    data = b"area,indicator,month,count\nDudley,knife_crime,2025-13,1\n"
    (reject,) = read_force_counts(SupplierFile("counts.csv", data)).rejects
    for form in ("YYYY-MM", "Jul 2017", "Jul-17", "July 2017", "07/2017", "first day as a date"):
        assert form in reject.reason


def test_a_return_needs_no_source_document(inbox: Inbox) -> None:
    inbox.put(
        "partner_returns/2017-11-01/return.csv",
        b"area,indicator,period_start,period_end,numerator,denominator\n"
        b"Dudley,hate_crime,2017-07-01,2017-09-30,70,\n",
    )
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    assert (report.rows_loaded, report.rows_rejected) == (1, 0)


def test_a_file_of_incidents_needs_no_record_type(inbox: Inbox) -> None:
    inbox.put(
        "asb/2017-11-01/2017-07_to_2017-07.csv",
        b"area,date,category\nDudley,2017-07-14,nuisance\nDudley,2017-07-15,asb\n",
    )
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    (record,) = report.loaded
    assert (record.rows_loaded, record.rows_rejected) == (2, 0)
    assert {part.indicator_id for part in record.coverage} == {"asb_incidents"}
