"""Making files survive a power cut: contents first, then the folder that names them.

A rename is atomic for every reader, but only what was flushed before it is on the disk after
a crash: without this, `current` could name a folder whose files are empty.
"""

from __future__ import annotations

import os
from pathlib import Path


def flush_file(path: Path) -> None:
    """Ask the system to write the contents of `path` to the disk. Raises `OSError` if it cannot."""
    # Windows flushes only through a handle that may write.
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(path: Path) -> None:
    """Write the entries of a folder to the disk; Windows has no call for it."""
    if os.name != "nt":
        flush_file(path)


def flush_tree(root: Path) -> None:
    """Flush every file below `root`, then every folder, deepest first, `root` included."""
    folders = [root]
    for path in sorted(root.rglob("*")):
        if path.is_symlink():
            continue
        if path.is_dir():
            folders.append(path)
        else:
            flush_file(path)
    for folder in reversed(folders):
        flush_folder(folder)


def write_text(path: Path, text: str, mode: int) -> None:
    """Write `text` beside `path`, flush it and put it in place in one step, with `mode`."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)  # left by a killed process, perhaps with another mode
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(mode)
    os.replace(beside, path)  # noqa: PTH105  # the atomic step is named as the system names it
    flush_folder(path.parent)
