"""Loads and their records: each once, under its own date, whole or not at all."""

from __future__ import annotations

import json
from datetime import date

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.landing import LandingReport, anything_new, land_inbox, write_catalog
from tests.landing.conftest import (
    ASB_ROW,
    RETURN_ROW,
    STREET_NAME,
    STREET_ROW,
    Inbox,
    landed_files,
    returned,
    street,
    zipped,
)

PLACE = f"police_uk/2022-07-01/{STREET_NAME}"


def catalog(inbox: Inbox, as_at: date | None = None) -> list[tuple[str, str]]:
    write_catalog(inbox.folder, as_at)
    rows = pq.read_table(inbox.folder.landing / "catalog" / "loads.parquet").to_pylist()
    return sorted((str(row["extract_date"]), row["file"]) for row in rows)


def test_same_bytes_in_archive_and_folder_of_one_night_are_one_load(inbox: Inbox) -> None:
    data = street(STREET_ROW)
    inbox.put(PLACE, data)
    zipped(inbox.folder.raw / "police_uk/2022-07-01/a.zip", {STREET_NAME: data})
    report = land_inbox(inbox.folder)
    assert (len(report.loaded), report.already_known, report.quarantined) == (1, 1, [])


def test_older_extract_arriving_late_is_landed_under_its_own_date(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW, ASB_ROW))
    land_inbox(inbox.folder)
    inbox.put(f"police_uk/2022-06-01/{STREET_NAME}", street(STREET_ROW))
    report = land_inbox(inbox.folder)
    assert (len(report.loaded), report.quarantined) == (1, [])
    assert [day for day, _ in catalog(inbox)] == ["2022-06-01", "2022-07-01"]
    assert [day for day, _ in catalog(inbox, date(2022, 6, 30))] == ["2022-06-01"]
    coverage = pq.read_table(inbox.folder.landing / "catalog" / "coverage.parquet").to_pylist()
    assert coverage[0]["scope"] == "west-mercia"
    assert (coverage[0]["period_start"], coverage[0]["period_end"]) == (
        date(2022, 5, 1),
        date(2022, 5, 31),
    )


def test_same_bytes_under_a_newer_date_are_a_delivery_and_no_load(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW))
    land_inbox(inbox.folder)
    inbox.put(f"police_uk/2022-08-01/{STREET_NAME}", street(STREET_ROW))
    report = land_inbox(inbox.folder)
    assert (len(report.loaded), report.redelivered) == (0, 1)
    assert [day for day, _ in catalog(inbox)] == ["2022-08-01"]
    assert [day for day, _ in catalog(inbox, date(2022, 7, 31))] == ["2022-07-01"]
    assert catalog(inbox, date(2022, 6, 30)) == []


def test_two_extracts_of_one_date_that_disagree_are_an_error_naming_both(inbox: Inbox) -> None:
    one, two = f"police_uk/2022-07-01/a/{STREET_NAME}", f"police_uk/2022-07-01/b/{STREET_NAME}"
    inbox.put(one, street(STREET_ROW))
    inbox.put(two, street(STREET_ROW, ASB_ROW))
    report = land_inbox(inbox.folder)
    assert [record.file for record in report.loaded] == [f"a/{STREET_NAME}"]
    (refused,) = report.quarantined
    assert one in refused.reason
    assert two in refused.reason
    assert refused.copy is not None
    assert refused.copy.read_bytes() == street(STREET_ROW, ASB_ROW)
    again = land_inbox(inbox.folder)
    assert (again.loaded, again.quarantined) == ([], [])
    assert [file.file for file in again.still_quarantined] == [two]
    assert list(inbox.folder.landing.glob("*/.*")) == []


def test_known_bytes_delivered_onto_another_extract_are_an_error_too(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW))
    inbox.put(f"police_uk/2022-08-01/{STREET_NAME}", street(STREET_ROW, ASB_ROW))
    land_inbox(inbox.folder)
    inbox.put(f"police_uk/2022-08-01/old/{STREET_NAME}", street(STREET_ROW))
    (refused,) = land_inbox(inbox.folder).quarantined
    assert "disagrees with police_uk/2022-08-01/" in refused.reason


@pytest.mark.parametrize(("figure", "refused"), [("70", 0), ("71", 1)])
def test_returns_of_one_date_clash_only_where_values_differ(
    inbox: Inbox, figure: str, refused: int
) -> None:
    walsall = RETURN_ROW.replace("Dudley", "Walsall")
    repeated = RETURN_ROW.replace("Dudley", "DUDLEY").replace(",70,", f",{figure},")
    inbox.put("partner_returns/2017-11-01/a.csv", returned(RETURN_ROW))
    inbox.put("partner_returns/2017-11-01/b.csv", returned(walsall))
    inbox.put("partner_returns/2017-11-01/c.csv", returned(walsall, repeated))
    report = land_inbox(inbox.folder)
    assert len(report.quarantined) == refused
    if refused:
        assert "2017-11-01/a.csv" in report.quarantined[0].reason
        assert "2017-11-01/c.csv" in report.quarantined[0].reason


def test_what_an_interrupted_landing_left_is_cleaned_and_landed_again(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW, "bad"))
    (record,) = land_inbox(inbox.folder).loaded
    whole = set(landed_files(inbox))
    (inbox.folder.landing / "loads" / f"{record.load_id}.json").unlink()
    (inbox.folder.landing / "police_uk_street" / ".x.parquet.1-2-3.tmp").write_bytes(b"half")
    stray = inbox.folder.landing / "profiles" / f"{'0' * 64}.parquet"
    stray.write_bytes(b"half")
    assert anything_new(inbox.folder)
    assert len(land_inbox(inbox.folder).loaded) == 1
    assert set(landed_files(inbox)) == whole


def test_record_that_lost_its_rows_is_landed_again(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW))
    (record,) = land_inbox(inbox.folder).loaded
    (inbox.folder.landing / "police_uk_street" / f"{record.load_id}.parquet").unlink()
    assert len(land_inbox(inbox.folder).loaded) == 1


def test_nothing_is_on_record_when_writing_fails_before_the_end(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(PLACE, street(STREET_ROW))

    def disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("flows.landing.ledger.journal.write_record", disk_full)
        with pytest.raises(OSError, match="No space"):
            land_inbox(inbox.folder)
    assert catalog(inbox) == []
    assert anything_new(inbox.folder)
    assert land_inbox(inbox.folder).rows_loaded == 1


def test_record_holds_what_the_house_reads_from_it(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW, "bad", ASB_ROW))
    seen: list[tuple[str, int, int, int]] = []
    report = land_inbox(inbox.folder, on_progress=lambda *args: seen.append(args))
    (record,) = report.loaded
    content = json.loads((inbox.folder.landing / "loads" / f"{record.load_id}.json").read_text())
    assert {
        "load_id", "source", "dataset", "file", "extract_date", "scope", "coverage", "rows_read",
        "rows_loaded", "rows_rejected", "reader", "reader_version", "sha256", "bytes", "landed_at",
    } <= set(content)  # fmt: skip
    assert (content["rows_read"], content["rows_loaded"], content["rows_rejected"]) == (3, 2, 1)
    assert seen == [(PLACE, 1, 1, 2)]


def test_globs_of_an_empty_landing_find_typed_columns(inbox: Inbox) -> None:
    report = land_inbox(inbox.folder)
    write_catalog(inbox.folder)
    assert report == LandingReport()
    for dataset in ("police_uk_street", "partner_returns", "rejects", "profiles", "catalog"):
        pattern = inbox.folder.landing / dataset / "*.parquet"
        if dataset == "catalog":
            pattern = inbox.folder.landing / dataset / "loads.parquet"
        assert duckdb.sql(f"select count(*) from '{pattern}'").fetchone() == (0,)
