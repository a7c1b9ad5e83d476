"""Quarantine: a private copy of what could not be read, and why, in plain text beside it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

from flows.data_folder import DataFolder
from flows.landing.inbox.files import InboxFile, printable
from flows.landing.tables.text import Reject
from flows.private_files import (
    private_folder,
    private_writer,
    temporary_beside,
    write_privately,
)

# File systems take 255 bytes; `.reason.txt` and the temporary name need some of them.
_LONGEST_NAME = 180
_PART_BYTES = 1 << 20
_REASON = ".reason.txt"
_REJECTS = ".rejects.csv"
# A larger file is not copied: it lies in the inbox, and a second gigabyte of it helps nobody.
MOST_COPIED_BYTES = 64 << 20
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def quarantine_name(name: str) -> str:
    """Name a copy: the file's path below its extract date, folders joined by two underscores."""
    flat = name.replace("/", "__").replace("\\", "__")
    if len(flat.encode()) <= _LONGEST_NAME:
        return flat
    return f"{flat[:40]}~{hashlib.sha256(flat.encode()).hexdigest()[:16]}~{flat[-20:]}"


class _Arrived(Protocol):
    """A file of the inbox, or what the landing has written down of one."""

    @property
    def source(self) -> str: ...

    @property
    def extract_date(self) -> date: ...


def _place(folder: DataFolder, file: _Arrived, name: str) -> Path:
    return folder.quarantine / file.source / file.extract_date.isoformat() / quarantine_name(name)


def keep_copy(
    folder: DataFolder,
    file: InboxFile,
    name: str,
    data: bytes | None,
    reason: str,
    rejects: list[Reject] | None = None,
    *,
    reason_only: bool = False,
) -> Path | None:
    """Copy a refused file, with `<name>.reason.txt`; returns the copy's path.

    `data` are its bytes, of a file inside an archive its own. None stands for a file that could
    not be read: then the whole inbox file is copied, and None is returned if not even that goes.
    With `reason_only` nothing is copied: what may hold personal data need not lie in two places.
    Nor is a file of more than `MOST_COPIED_BYTES`: its reason says where it lies.
    """
    copy: Path | None
    size = file.size if data is None else len(data)
    if reason_only:
        copy = None
    elif size > MOST_COPIED_BYTES:
        copy = None
        lies_in = printable(str(file.path))
        reason += f"\nNot copied here, since it has {size:,} bytes. It lies in {lies_in}"
    elif data is not None:
        copy = _place(folder, file, name)
        write_privately(_ready(_place(folder, file, name)), data)
    else:
        copy = _copy_of_inbox_file(folder, file)
    write_privately(_beside(_place(folder, file, name), _REASON), f"{reason}\n".encode())
    if rejects:
        keep_rejects(folder, file, name, rejects)
    return copy


def _ready(path: Path) -> Path:
    private_folder(path.parent)
    return path


def _beside(path: Path, ending: str) -> Path:
    return _ready(path.with_name(f"{path.name}{ending}"))


def _copy_of_inbox_file(folder: DataFolder, file: InboxFile) -> Path | None:
    copy: Path | None
    copy = _ready(_place(folder, file, file.name))
    temporary = temporary_beside(copy)
    try:
        with private_writer(temporary) as target:
            for part in _parts_of(file.path):
                target.write(part)
        temporary.replace(copy)
    except _UnreadableError:  # its reason is kept all the same
        copy = None
    finally:
        temporary.unlink(missing_ok=True)
    return copy


class _UnreadableError(Exception):
    """The inbox file gives no bytes; unlike a full disk that takes none, it costs only itself."""


def _parts_of(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as source:
            while part := source.read(_PART_BYTES):
                yield part
    except OSError as error:
        raise _UnreadableError from error


def keep_rejects(folder: DataFolder, file: InboxFile, name: str, rejects: list[Reject]) -> Path:
    """Write a load's rejected lines as a CSV that a person can open and send back."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["line", "column", "reason", "raw_text"])
    for reject in rejects:
        raw = reject.raw_text
        # A spreadsheet would take such a cell for a formula and carry it out.
        raw = f"'{raw}" if raw.startswith(_FORMULA_STARTS) else raw
        writer.writerow([reject.line, reject.column, reject.reason, raw])
    path = _beside(_place(folder, file, name), _REJECTS)
    write_privately(path, text.getvalue().encode())
    return path


def forget(folder: DataFolder, file: _Arrived, name: str) -> None:
    """Remove the copy of a file that one which lands has replaced, or that is withdrawn."""
    copy = _place(folder, file, name)
    for ending in ("", _REASON, _REJECTS):
        copy.with_name(f"{copy.name}{ending}").unlink(missing_ok=True)
