"""Real file systems that are small or read-only; making them takes a user who may mount."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _mount(*arguments: str) -> None:
    try:
        done = subprocess.run(
            ["mount", *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip(
            "a full or read-only disk is made by mounting one, and this system has no mount command"
        )
    if done.returncode != 0:
        pytest.skip(f"run it as root: this user may not mount file systems: {done.stderr.strip()}")


def _unmount(place: Path) -> None:
    subprocess.run(["umount", str(place)], check=True)  # noqa: S607


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory of so many MiB."""
    place.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place))
    try:
        yield place
    finally:
        _unmount(place)


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Make a folder read-only for everybody, the superuser included."""
    _mount("--bind", str(place), str(place))
    try:
        _mount("-o", "remount,ro,bind", str(place))
        yield
    finally:
        _unmount(place)
