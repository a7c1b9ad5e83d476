"""Folders and readers that the tests of the committed data share."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def seed() -> Callable[[str], Rows]:
    """Read one seed by its name: one dictionary a row, all text."""
    return lambda name: read_rows(PROJECT / "data" / "seeds" / f"{name}.csv")


@pytest.fixture(scope="session")
def raw_folder() -> Path:
    """The committed inbox."""
    return PROJECT / "data" / "raw"


@pytest.fixture(scope="session")
def partner_returns(raw_folder: Path) -> Rows:
    """All rows of the committed partner returns, oldest delivery first."""
    files = sorted((raw_folder / "partner_returns").glob("*/*.csv"))
    return [row for file in files for row in read_rows(file)]
