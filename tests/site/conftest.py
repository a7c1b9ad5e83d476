"""The scorecard site that the run on the sample wrote, and its database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


@pytest.fixture(scope="session")
def site(sample_night: Path) -> Path:
    """The site as readers open it."""
    return sample_night / "published" / "site"


@pytest.fixture
def published(published_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The publication that the site shows."""
    with duckdb.connect(str(published_database), read_only=True) as connection:
        yield connection
