"""A frame for a suite: one SQL file, run where its tables are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import duckdb

from expectations.results import WORDS_ENDING, CheckResult, Stage
from flows.night.memory import lacks_memory

if TYPE_CHECKING:
    import pandas as pd

FRAMES = Path(__file__).parent / "frames"

Kind = Literal["sources", "marts"]

_STAGE: dict[Kind, Stage] = {"sources": "source", "marts": "mart"}


def build_frame(connection: duckdb.DuckDBPyConnection, kind: Kind, subject: str) -> pd.DataFrame:
    """Run `frames/<kind>/<subject>.sql`. Raises DuckDB's errors and `FileNotFoundError`."""
    return connection.sql(_sql(kind, subject)).df()


def load_profile(connection: duckdb.DuckDBPyConnection, source: str) -> pd.DataFrame:
    """Give a row per load in force of a source: the profile that all share, and what is its own.

    The shared one is `frames/every_load.sql`; a source adds columns by load in
    `frames/sources/<source>.sql`, which need not have a row for every load: what is not there is 0.
    Raises DuckDB's errors.
    """
    shared = connection.sql(
        f"select * exclude (source) from ({(FRAMES / 'every_load.sql').read_text('utf-8')}) "
        "where source = $source order by file, extract_date, load_ids",
        params={"source": source},
    )
    if not (FRAMES / "sources" / f"{source}.sql").exists():
        return shared.df()
    shared.create_view("shared_profile", replace=True)
    own = connection.sql(_sql("sources", source))
    own.create_view("own_profile", replace=True)
    columns = ", ".join(
        f"own_profile.{name}"
        if name.endswith(WORDS_ENDING)
        else f"case when own_profile.load_id is null then 0 else own_profile.{name} end as {name}"
        for name in own.columns
        if name != "load_id"
    )
    return connection.sql(
        f"select shared_profile.*, {columns} from shared_profile "
        "left join own_profile on shared_profile.load_ids = own_profile.load_id "
        "order by file, extract_date, load_ids"
    ).df()


def _sql(kind: Kind, subject: str) -> str:
    return (FRAMES / kind / f"{subject}.sql").read_text(encoding="utf-8")


def frame_error(kind: Kind, subject: str, error: Exception) -> CheckResult:
    """Make the result for a frame that could not be made: an error, never a pass.

    Raises the error itself where memory ran out, which says nothing of the data. Only DuckDB's
    words on missing tables and columns are repeated; others may quote a record.
    """
    if lacks_memory(error):
        raise error
    said = type(error).__name__
    if isinstance(error, (duckdb.CatalogException, duckdb.BinderException)):
        said += ": " + str(error).splitlines()[0]
    return CheckResult(
        check_id=f"{_STAGE[kind]}.{subject}.frame",
        stage=_STAGE[kind],
        tool="duckdb",
        subject=subject,
        description="What the suite looks at can be taken from the data.",
        severity="critical",
        status="error",
        observed=said,
        expected=f"flows/checking/frames/{kind}/{subject}.sql runs",
        unexpected_count=0,
        next_step="Compare the tables with the frame's SQL: was the step before this one complete?",
    )
