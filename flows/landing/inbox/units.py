"""What there is to read: an inbox file, or each file inside an archive."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from flows.landing.inbox.archives import Member, members_of, open_archive, read_member
from flows.landing.inbox.files import InboxFile
from flows.landing.tables.refusal import FileRefusedError, FileUnreadableError

# One file is read whole; Arrow then needs about four times its size.
MAX_FILE_BYTES = 1 << 30


class StillChangingError(Exception):
    """The file grew or was replaced while it was read: it is left for the next run."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One file to be judged: `label` is its name below the extract date, `!` inside archives."""

    file: InboxFile
    label: str
    name: str
    fetch: Callable[[], bytes]

    @property
    def place(self) -> str:
        """Say where it lies below the inbox, for messages."""
        return f"{self.file.source}/{self.file.extract_date.isoformat()}/{self.label}"

    @property
    def is_packed_archive(self) -> bool:
        """Say whether it is an archive that lies in an archive."""
        return "!" in self.label and self.name.lower().endswith(".zip")


@dataclass(slots=True)
class OpenedFile:
    """An inbox file with its units; an archive stays open until they are read.

    `not_read` are documents and hidden files inside the archive.
    """

    file: InboxFile
    units: list[Unit] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)
    archive: zipfile.ZipFile | None = None

    def close(self) -> None:
        """Close the archive, if it is one."""
        if self.archive is not None:
            self.archive.close()


def unchanged(file: InboxFile) -> bool:
    """Say whether a file still has the size and time that it had when the inbox was listed."""
    try:
        facts = file.path.stat()
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (file.size, file.mtime_ns)


def open_units(file: InboxFile) -> OpenedFile:
    """List a file's units.

    Raises FileRefusedError for a broken archive, StillChangingError if it grows.
    """
    own_name = PurePosixPath(file.name).name
    if not own_name.lower().endswith(".zip"):
        return OpenedFile(file, [Unit(file, file.name, own_name, lambda: read_whole(file))])
    if not unchanged(file):
        raise StillChangingError
    try:
        archive = open_archive(file.path)
    except FileRefusedError:
        if not unchanged(file):
            raise StillChangingError from None
        raise
    try:
        listed = members_of(archive)
        members = [member for member in listed if not member.is_aside]
        if not members:
            raise FileRefusedError(
                "the archive holds no files",
                expected="an archive with the supplier's files",
                next_step="fetch or ask for the archive again",
            )
    except BaseException:
        archive.close()
        raise
    not_read = [member.path for member in listed if member.is_aside]
    opened = OpenedFile(file, not_read=not_read, archive=archive)
    for member in members:
        opened.units.append(
            Unit(file, f"{file.name}!{member.path}", member.name, _member_reader(archive, member))
        )
    return opened


def _member_reader(archive: zipfile.ZipFile, member: Member) -> Callable[[], bytes]:
    return lambda: read_member(archive, member)


def read_whole(file: InboxFile) -> bytes:
    """Read a file that must not change meanwhile. Raises FileRefusedError where it is too large."""
    if file.size > MAX_FILE_BYTES:
        raise FileRefusedError(
            f"the file has {file.size:,} bytes",
            expected=f"at most {MAX_FILE_BYTES:,}",
            next_step="split it by month or year",
        )
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise FileUnreadableError(error) from None
    if not unchanged(file) or len(data) != file.size:
        raise StillChangingError
    return data
