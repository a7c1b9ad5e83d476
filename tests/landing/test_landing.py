"""What landing promises over several nights: nothing twice, nothing lost, nothing half done."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from flows.landing import LandingReport, anything_new, land_inbox, write_catalog
from flows.landing.inbox import units
from flows.landing.inbox.state import state_path

from .conftest import (
    ASB_ROW,
    RETURN_ROW,
    STREET_NAME,
    STREET_ROW,
    Inbox,
    returned,
    street,
    zipped,
)

PLACE = f"police_uk/2022-07-01/{STREET_NAME}"
FORCES = {
    "west-mercia": "West Mercia Police",
    "staffordshire": "Staffordshire Police",
    "btp": "British Transport Police",
}


def landed_files(inbox: Inbox) -> dict[str, bytes]:
    landing = inbox.folder.landing
    return {
        str(path.relative_to(landing)): path.read_bytes()
        for path in landing.rglob("*")
        if path.is_file()
    }


def catalog(inbox: Inbox, as_at: date | None = None) -> list[tuple[str, str]]:
    write_catalog(inbox.folder, as_at)
    rows = pq.read_table(inbox.folder.landing / "catalog" / "loads.parquet").to_pylist()
    return sorted((str(row["extract_date"]), row["file"]) for row in rows)


def test_second_landing_changes_no_byte(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW, ASB_ROW))
    inbox.put("partner_returns/2017-11-01/return.csv", returned(RETURN_ROW))
    first = land_inbox(inbox.folder)
    before = landed_files(inbox)
    second = land_inbox(inbox.folder)
    assert (len(first.loaded), len(second.loaded), second.already_known) == (2, 0, 2)
    assert landed_files(inbox) == before
    state_path(inbox.folder).unlink()  # without the cache the bytes themselves are known
    third = land_inbox(inbox.folder)
    assert (len(third.loaded), third.already_known) == (0, 2)
    assert landed_files(inbox) == before


def test_archive_and_folder_give_the_same_loads(inbox: Inbox, tmp_path: Path) -> None:
    files = {
        f"2022-05-{force}-street.csv": street(
            *(row.replace("West Mercia Police", name) for row in (STREET_ROW, ASB_ROW))
        )
        for force, name in FORCES.items()
    }
    for name, data in files.items():
        inbox.put(f"police_uk/2022-07-01/deep/er/{name}", data)
    other = Inbox(tmp_path / "other")
    members = {f"2022-05/{name}": data for name, data in files.items()}
    zipped(other.folder.raw / "police_uk/2022-07-01/2022-05.zip", members)

    from_folder, from_zip = land_inbox(inbox.folder), land_inbox(other.folder)

    assert {record.load_id for record in from_folder.loaded} == {
        record.load_id for record in from_zip.loaded
    }
    assert from_zip.loaded[0].file == "2022-05.zip!2022-05/2022-05-btp-street.csv"
    for record in from_zip.loaded:
        path = Path(record.dataset) / f"{record.load_id}.parquet"
        assert (inbox.folder.landing / path).read_bytes() == (
            other.folder.landing / path
        ).read_bytes()


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


def test_same_bytes_named_for_another_force_are_an_error(inbox: Inbox) -> None:
    # a name that no force has does not say whose the rows are
    nobodys = street(STREET_ROW.replace("West Mercia Police", "The Police"))
    inbox.put(PLACE, nobodys)
    inbox.put("police_uk/2022-07-01/2022-05-west-midlands-street.csv", nobodys)
    report = land_inbox(inbox.folder)
    assert len(report.loaded) == 1
    assert "same bytes as" in report.quarantined[0].reason


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


def test_a_mended_file_lands_and_leaves_quarantine(inbox: Inbox) -> None:
    inbox.put(PLACE, b"")
    assert len(land_inbox(inbox.folder).quarantined) == 1
    assert not anything_new(inbox.folder)
    inbox.put(PLACE, street(STREET_ROW))
    assert anything_new(inbox.folder)
    assert land_inbox(inbox.folder).rows_loaded == 1
    assert [path for path in inbox.folder.quarantine.rglob("*") if path.is_file()] == []


def test_everything_landed_is_for_its_owner_only(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW, "bad"))
    inbox.put(f"police_uk/2022-08-01/x/{STREET_NAME}", b"")
    land_inbox(inbox.folder)
    write_catalog(inbox.folder)
    modes = {
        (path.is_dir(), oct(path.stat().st_mode & 0o777))
        for root in (inbox.folder.warehouse, inbox.folder.quarantine)
        for path in (root, *root.rglob("*"))
    }
    assert modes == {(True, "0o700"), (False, "0o600")}


def test_a_large_refused_file_is_not_copied_and_its_reason_says_where_it_lies(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.landing.inbox.quarantine.MOST_COPIED_BYTES", 1000)
    place = "police_uk/2018-05-01/2018-01-west-midlands-street.csv"
    path = inbox.put(place, b"not a street file\r\n" * 60)
    small = inbox.put("police_uk/2018-05-01/2018-02-west-midlands-street.csv", b"nor this\r\n")
    report = land_inbox(inbox.folder)
    copies = {refused.file: refused.copy for refused in report.quarantined}
    assert copies[place] is None
    assert len(copies) == 2
    kept = [path for path in inbox.folder.quarantine.rglob("*.csv") if path.is_file()]
    assert [copy.read_bytes() for copy in kept] == [small.read_bytes()]
    reason = (inbox.folder.quarantine / f"{place}.reason.txt").read_text()
    assert reason.endswith(f"Not copied here, since it has 1,140 bytes. It lies in {path}\n")


def test_file_that_grows_while_it_is_read_is_left_for_the_next_night(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = inbox.put(PLACE, street(STREET_ROW))
    read_bytes = Path.read_bytes

    def and_grow(self: Path) -> bytes:
        data = read_bytes(self)
        if self == path:
            with self.open("ab") as stream:
                stream.write(ASB_ROW.encode() + b"\r\n")
        return data

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", and_grow)
        report = land_inbox(inbox.folder)
    assert report.loaded == []
    assert "still being written" in report.quarantined[0].reason
    assert report.quarantined[0].copy is None
    assert anything_new(inbox.folder)
    assert land_inbox(inbox.folder).rows_loaded == 2


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
    seen: list[tuple[str, int, int]] = []
    report = land_inbox(inbox.folder, on_progress=lambda *args: seen.append(args))
    (record,) = report.loaded
    content = json.loads((inbox.folder.landing / "loads" / f"{record.load_id}.json").read_text())
    assert {
        "load_id", "source", "dataset", "file", "extract_date", "scope", "coverage", "rows_read",
        "rows_loaded", "rows_rejected", "reader", "reader_version", "sha256", "bytes", "landed_at",
    } <= set(content)  # fmt: skip
    assert (content["rows_read"], content["rows_loaded"], content["rows_rejected"]) == (3, 2, 1)
    assert seen == [(PLACE, 1, 1)]


def test_globs_of_an_empty_landing_find_typed_columns(inbox: Inbox) -> None:
    report = land_inbox(inbox.folder)
    write_catalog(inbox.folder)
    assert report == LandingReport()
    for dataset in ("police_uk_street", "partner_returns", "rejects", "profiles", "catalog"):
        pattern = inbox.folder.landing / dataset / "*.parquet"
        if dataset == "catalog":
            pattern = inbox.folder.landing / dataset / "loads.parquet"
        assert duckdb.sql(f"select count(*) from '{pattern}'").fetchone() == (0,)


def test_too_large_file_is_refused_before_it_is_read(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(PLACE, street(STREET_ROW))
    monkeypatch.setattr(units, "MAX_FILE_BYTES", 100)
    (refused,) = land_inbox(inbox.folder).quarantined
    assert "at most 100" in refused.reason


def test_real_archives_land_every_row(inbox: Inbox, police_archives: list[Path]) -> None:
    target = inbox.folder.raw / "police_uk" / "2023-01-01"
    target.mkdir(parents=True)
    archives = {path.name: path for path in police_archives}
    # four forces of May 2022, or one of July 2018
    name, files = ("2022-05.zip", 4) if "2022-05.zip" in archives else ("2018-07.zip", 1)
    (target / name).symlink_to(archives[name])
    report = land_inbox(inbox.folder)
    assert len(report.loaded) == files
    assert (report.rows_rejected, report.quarantined) == (0, [])
    landed = duckdb.sql(
        f"select crime_type, count(*) from '{inbox.folder.landing}/police_uk_street/*.parquet' "
        "group by all order by all"
    ).fetchall()
    counted: dict[str, int] = {}
    with zipfile.ZipFile(target / name) as archive:
        for name in archive.namelist():
            table = pyarrow.csv.read_csv(io.BytesIO(archive.read(name)))
            for word in table["Crime type"].to_pylist():
                counted[word] = counted.get(word, 0) + 1
    assert dict(landed) == counted


def test_what_an_older_reader_landed_is_read_again(inbox: Inbox) -> None:
    """A rule that changes what a file covers holds for the files that lie there already."""
    inbox.put(PLACE, street(*[STREET_ROW] * 30))
    (first,) = land_inbox(inbox.folder).loaded
    assert {part.indicator_id for part in first.coverage} == {"burglary"}
    record = inbox.folder.landing / "loads" / f"{first.load_id}.json"
    old = json.loads(record.read_text())
    everything = [part | {"indicator_id": "*"} for part in old["coverage"]]
    record.write_text(json.dumps(old | {"reader_version": "0", "coverage": everything}))
    state = json.loads(state_path(inbox.folder).read_text())
    for file in state["files"].values():
        file["reader_version"] = "0"
    state_path(inbox.folder).write_text(json.dumps(state))
    assert anything_new(inbox.folder)
    (again,) = land_inbox(inbox.folder).loaded
    assert again.load_id == first.load_id
    assert again.coverage == first.coverage
    assert not anything_new(inbox.folder)
    assert land_inbox(inbox.folder).loaded == []
