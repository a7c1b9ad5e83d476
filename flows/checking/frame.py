"""A frame for a suite: one SQL file, run where its tables are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb

from expectations.results import CheckResult, Stage

if TYPE_CHECKING:
    import pandas as pd

FRAMES = Path(__file__).parent / "frames"

Room = Literal["sources", "marts"]

_STAGE: dict[Room, Stage] = {"sources": "source", "marts": "mart"}


def build_frame(connection: duckdb.DuckDBPyConnection, room: Room, subject: str) -> pd.DataFrame:
    """Run `frames/<room>/<subject>.sql`. Raises DuckDB's errors and `FileNotFoundError`."""
    sql = (FRAMES / room / f"{subject}.sql").read_text(encoding="utf-8")
    return connection.sql(sql).df()


def frame_error(room: Room, subject: str, error: Exception) -> CheckResult:
    """Make the result for a frame that could not be made: an error, never a pass.

    Only DuckDB's words on missing tables and columns are repeated; others may quote a record.
    """
    said = type(error).__name__
    if isinstance(error, (duckdb.CatalogException, duckdb.BinderException)):
        said += ": " + str(error).splitlines()[0]
    return CheckResult(
        check_id=f"{_STAGE[room]}.{subject}.frame",
        stage=_STAGE[room],
        tool="duckdb",
        subject=subject,
        description="What the suite looks at can be taken from the data.",
        severity="critical",
        status="error",
        observed=said,
        expected=f"flows/checking/frames/{room}/{subject}.sql runs",
        unexpected_count=0,
        next_step="Compare the tables with the frame's SQL: was the step before this one complete?",
    )
