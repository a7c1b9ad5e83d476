"""Files that only their owner may read, and that are either whole or absent."""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

FILE_MODE = 0o600
FOLDER_MODE = 0o700
TEMPORARY_SUFFIX = ".tmp"

_serial = itertools.count()


def private_folder(path: Path) -> Path:
    """Make a folder, and its missing parents, that only the owner may enter."""
    missing = [path, *path.parents]
    missing = list(itertools.takewhile(lambda folder: not folder.exists(), missing))
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        folder.chmod(FOLDER_MODE)  # not by mkdir's mode: that is subject to the umask
    return path


def temporary_beside(path: Path) -> Path:
    """Name a temporary file in the folder of `path` that no other writer will choose."""
    serial = f"{os.getpid()}-{threading.get_ident()}-{next(_serial)}"
    return path.with_name(f".{path.name[:80]}.{serial}{TEMPORARY_SUFFIX}")


@contextmanager
def private_writer(path: Path, *, synced: bool = True) -> Iterator[BinaryIO]:
    """Open a new file (0600) for writing; on leaving, its bytes are on the disk.

    Without `synced` they may not be yet: the caller calls `sync_file` before it relies on them.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb") as stream:
        os.fchmod(descriptor, FILE_MODE)
        yield stream
        stream.flush()
        if synced:
            os.fsync(descriptor)


def write_privately(path: Path, content: bytes) -> None:
    """Write a file (0600) in one step: readers see the old one or the new one, whole."""
    temporary = temporary_beside(path)
    try:
        with private_writer(temporary) as stream:
            stream.write(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync_file(path: Path) -> None:
    """Put the bytes of a file on the disk."""
    descriptor = os.open(path, os.O_RDWR)  # Windows syncs no file that is open for reading only
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Put renames inside a folder on the disk, so that they outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_json(path: Path, content: Any) -> None:
    """Write `content` as JSON (0600) in one step."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    write_privately(path, text.encode("utf-8"))


def append_json_line(path: Path, content: Any) -> None:
    """Append one line (0600) in a single write, so that lines of two processes never mix."""
    line = json.dumps(content, ensure_ascii=False) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
    try:
        os.write(descriptor, line.encode("utf-8"))
    finally:
        os.close(descriptor)


def read_json(path: Path) -> Any:
    """Return what `path` holds; None where it is missing, cut short or no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
