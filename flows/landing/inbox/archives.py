"""ZIP archives read from inside, with limits, so that no archive can fill disk or memory."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flows.landing.inbox.files import is_aside
from flows.landing.tables.refusal import FileRefusedError, FileUnreadableError
from flows.visible_text import visible
from flows.zip_errors import DAMAGED_ZIP

# A monthly street file holds about 15 MB; a force's crime extract of some years fits too.
MAX_MEMBER_BYTES = 1 << 30
# Three years of all England and Wales are about 5 GB.
MAX_ARCHIVE_BYTES = 16 << 30
MAX_MEMBERS = 20_000
# Street files shrink to a fifth or a tenth; deflate ends at about 1,000 to 1.
MAX_RATIO = 200
_RATIO_FROM_BYTES = 1 << 20
_ASK_AGAIN = "fetch or ask for the archive again"


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive."""

    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """Its own name, without folders."""
        return PurePosixPath(self.info.filename).name

    @property
    def is_aside(self) -> bool:
        """Say whether it is no data, or lies in a folder that holds none."""
        *folders, name = PurePosixPath(self.info.filename).parts
        return is_aside(name) or any(is_aside(part, is_folder=True) for part in folders)

    @property
    def path(self) -> str:
        """Its name with folders, as the archive gives it; what steers a terminal is spelt out."""
        return visible(self.info.filename, one_line=True)


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive; raises FileRefusedError if it is cut off or none at all."""
    try:
        return zipfile.ZipFile(path)
    except OSError as error:
        raise FileUnreadableError(error) from None
    except DAMAGED_ZIP:
        raise FileRefusedError(
            "the ZIP archive is cut off or damaged",
            expected="a whole archive",
            next_step=_ASK_AGAIN,
        ) from None


def members_of(archive: zipfile.ZipFile) -> list[Member]:
    """List the files of an archive by name; raises FileRefusedError if the archive is not safe.

    The sizes are those that the archive states; reading stops there, whatever is packed.
    """
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise FileRefusedError(
            f"the archive holds {len(infos):,} files",
            expected=f"at most {MAX_MEMBERS:,}",
            next_step="split it into several archives",
        )
    names: set[str] = set()
    for info in infos:
        _check_name(info.filename)
        _check_size(info)
        if info.filename in names:
            raise FileRefusedError(
                f"the archive holds {info.filename!a} twice",
                expected="every file once",
                next_step=_ASK_AGAIN,
            )
        names.add(info.filename)
    if sum(info.file_size for info in infos) > MAX_ARCHIVE_BYTES:
        raise FileRefusedError(
            "the archive unpacks to more than can be right",
            expected=f"at most {MAX_ARCHIVE_BYTES >> 30} GiB",
            next_step="split it into several archives",
        )
    return sorted((Member(info) for info in infos), key=lambda member: member.path)


def read_member(archive: zipfile.ZipFile, member: Member) -> bytes:
    """Read one file out of an archive; safe to call from several threads at once."""
    if member.info.flag_bits & 0x1:
        raise FileRefusedError(
            "the file inside the archive is encrypted",
            expected="an archive without a password",
            next_step="unpack it where the password may be used, and put the files in the inbox",
        )
    try:
        with archive.open(member.info) as stream:
            return stream.read(MAX_MEMBER_BYTES)
    except DAMAGED_ZIP:
        raise FileRefusedError(
            "the file inside the archive is damaged (its check sum does not fit)",
            expected="a whole archive, packed by the usual method (deflate)",
            next_step=_ASK_AGAIN,
        ) from None


def _check_name(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
        raise FileRefusedError(
            f"the archive holds a file that would land outside its folder ({name!a})",
            expected="names below the archive's own folder",
            next_step="do not unpack it; ask its sender what it is",
        )


def _check_size(info: zipfile.ZipInfo) -> None:
    ratio = info.file_size / max(info.compress_size, 1)
    too_dense = info.file_size > _RATIO_FROM_BYTES and ratio > MAX_RATIO
    if info.file_size > MAX_MEMBER_BYTES or too_dense:
        raise FileRefusedError(
            f"{info.filename!a} unpacks to {info.file_size:,} bytes, {ratio:,.0f} times its size",
            expected=f"at most {MAX_MEMBER_BYTES:,} bytes a file and {MAX_RATIO} times its size",
            next_step="do not unpack it; ask its sender what it is",
        )
