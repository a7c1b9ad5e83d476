"""The rule of withholding is one of dbt's functions: its folder is no package."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

WITHHOLDING = Path(__file__).resolve().parents[2] / "dbt_project/duckdb_functions/withholding"
sys.path.insert(0, str(WITHHOLDING))

from .nights import Nights, made_up_nights  # noqa: E402  # which asks for the function


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return made_up_nights(tmp_path_factory.mktemp("made_up"))
