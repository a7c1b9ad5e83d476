"""Files of the inbox: in folders or archives, growing, too large, corrected."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.landing import anything_new, land_inbox, write_catalog
from flows.landing.inbox import units
from tests.landing.conftest import (
    ASB_ROW,
    STREET_NAME,
    STREET_ROW,
    Inbox,
    street,
    zipped,
)

PLACE = f"police_uk/2022-07-01/{STREET_NAME}"
FORCES = {
    "west-mercia": "West Mercia Police",
    "staffordshire": "Staffordshire Police",
    "btp": "British Transport Police",
}


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
    # its reason is written all the same, though no text can hold the name
    inbox.put(os.fsdecode(b"partner_returns/2018-05-01/\xff.csv"), b"no return\n" * 110)
    report = land_inbox(inbox.folder)
    copies = {refused.file: refused.copy for refused in report.quarantined}
    assert copies[place] is None
    assert copies["partner_returns/2018-05-01/\ufffd.csv"] is None
    assert len(copies) == 3
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


def test_too_large_file_is_refused_before_it_is_read(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put(PLACE, street(STREET_ROW))
    monkeypatch.setattr(units, "MAX_FILE_BYTES", 100)
    (refused,) = land_inbox(inbox.folder).quarantined
    assert "at most 100" in refused.reason
