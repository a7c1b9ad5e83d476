"""Whatever lies in the inbox is loaded, refused by its name or listed as not read."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from flows.landing import LandingReport, anything_new, land_inbox
from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources import partner_returns

from ..conftest import RETURN_ROW, Inbox, returned, zipped

PLACE = "partner_returns/2017-11-01"
GOOD = f"{PLACE}/good.csv"
AREAS = ("Walsall", "Solihull", "Sandwell", "Birmingham", "Coventry", "Wolverhampton")


def of_area(number: int) -> bytes:
    """Make a return of an area of its own, since two extracts may not disagree."""
    return returned(RETURN_ROW.replace("Dudley", AREAS[number]))


def loaded(report: LandingReport) -> set[str]:
    return {record.file for record in report.loaded}


def refused(report: LandingReport) -> dict[str, str]:
    return {one.file: one.reason for one in report.quarantined}


@pytest.fixture
def good(inbox: Inbox) -> Inbox:
    inbox.put(GOOD, returned(RETURN_ROW))
    return inbox


def test_data_whose_names_begin_like_documents_is_loaded(good: Inbox) -> None:
    names = (
        "Licensed premises 2025.csv",
        "readme-figures.csv",
        "Licence fees/spend.csv",
        "Attribution of offences.csv",
        "licence/q2.csv",
    )
    for number, name in enumerate(names):
        good.put(f"{PLACE}/{name}", of_area(number))
    zipped(good.folder.raw / PLACE / "all.zip", {"license/licensed.csv": of_area(5)})
    report = land_inbox(good.folder)
    assert refused(report) == {}
    assert loaded(report) == {"good.csv", "all.zip!license/licensed.csv", *names}


def test_documents_beside_the_data_are_listed_as_not_read(good: Inbox) -> None:
    names = ("README", "ReadMe.txt", "LICENCE.pdf", "license.md", "notes.md", ".returns.csv.part")
    for name in names:
        good.put(f"{PLACE}/{name}", b"x")
    good.put("README.md", b"x")
    good.put("partner_returns/.old/2017-11-01/return.csv", b"x")
    members = {"return.csv": of_area(0), "README.txt": b"x", "__MACOSX/._return.csv": b"x"}
    zipped(good.folder.raw / PLACE / "all.zip", members)
    report = land_inbox(good.folder)
    assert refused(report) == {}
    assert loaded(report) == {"good.csv", "all.zip!return.csv"}
    told = "\n".join(report.notes)
    assert [
        name
        for name in (
            *(f"{PLACE}/{one}: " for one in names),
            "README.md: ",
            "partner_returns/.old: ",
        )
        if name not in told
    ] == []
    assert "README.txt" in told
    assert "__MACOSX/._return.csv" in told


def test_a_file_that_cannot_be_read_costs_itself_only(good: Inbox) -> None:
    folder = good.folder.raw / PLACE
    # a file of the kernel's that gives an input/output error for its first byte
    (folder / "broken-disk.csv").symlink_to("/proc/self/mem")
    (folder / "broken-disk.zip").symlink_to("/proc/self/mem")
    (folder / "gone.csv").symlink_to(folder / "nothing")
    (folder / "round.csv").symlink_to(folder / "round.csv")
    os.mkfifo(folder / "pipe.csv")
    (good.folder.raw / "asb").symlink_to(good.folder.raw / "nothing")
    report = land_inbox(good.folder)
    assert loaded(report) == {"good.csv"}
    names = ("broken-disk.csv", "broken-disk.zip", "gone.csv", "round.csv", "pipe.csv")
    assert set(refused(report)) == {"asb", *(f"{PLACE}/{name}" for name in names)}
    for reason in refused(report).values():
        assert " Expected: " in reason
        assert " Next: " in reason
    assert "Input/output error" in refused(report)[f"{PLACE}/broken-disk.csv"]
    assert list(good.folder.quarantine.rglob("*.tmp")) == []
    # the disk may answer tomorrow
    assert anything_new(good.folder)
    (folder / "broken-disk.csv").unlink()
    good.put(f"{PLACE}/broken-disk.csv", of_area(0))
    assert "broken-disk.csv" in loaded(land_inbox(good.folder))


@pytest.mark.parametrize(
    "folder",
    ["asb/", "asb/2017-11-01/", "asb/2017-11-01/deep/", "force_extract/mappings/"],
)
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_folder_that_cannot_be_read_costs_itself_only(
    good: Inbox, monkeypatch: pytest.MonkeyPatch, folder: str, code: int
) -> None:
    shut = good.folder.raw / folder
    shut.mkdir(parents=True)
    listdir, scandir, stat = os.listdir, os.scandir, os.stat

    def fails(path: object) -> None:
        if Path(str(path)) == shut:
            raise OSError(code, os.strerror(code), str(path))

    def asking(path: object, *args: object, **options: object) -> object:
        # a folder without permissions answers for itself, and for nothing that it might hold
        if not isinstance(path, int) and shut in Path(str(path)).parents:
            raise OSError(code, os.strerror(code), str(path))
        return stat(path, *args, **options)  # type: ignore[arg-type]

    def listing(path: object = ".") -> list[str]:
        fails(path)
        return listdir(path)  # type: ignore[call-overload]

    def scanning(path: object = ".") -> object:
        fails(path)
        return scandir(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "listdir", listing)
    monkeypatch.setattr(os, "scandir", scanning)
    monkeypatch.setattr(os, "stat", asking)
    report = land_inbox(good.folder)
    assert loaded(report) == {"good.csv"}
    assert os.strerror(code) in refused(report)[folder]


@pytest.mark.parametrize(
    "error",
    [
        pa.lib.ArrowException(
            "Unknown error: Failed to launch worker thread: Resource temporarily unavailable"
        ),
        pa.lib.ArrowMemoryError("malloc of size 131072 failed"),
        RuntimeError("can't start new thread"),
        RuntimeError("std::bad_alloc"),
    ],
    ids=lambda error: str(error)[-24:],
)
def test_a_file_is_not_to_blame_for_want_of_memory(
    good: Inbox, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(_: SupplierFile) -> Reading:
        raise error

    files = partner_returns.FILES
    readers = tuple(replace(reader, read=fails) for reader in files.readers)
    with monkeypatch.context() as short:
        short.setattr(partner_returns, "FILES", replace(files, readers=readers))
        with pytest.raises(MemoryError):
            land_inbox(good.folder)
    assert list(good.folder.quarantine.rglob("*.reason.txt")) == []
    # once there is memory the same file is read
    assert loaded(land_inbox(good.folder)) == {"good.csv"}
