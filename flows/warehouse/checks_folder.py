"""The folder of check results that the view `rpt_checks` reads."""

from __future__ import annotations

from pathlib import Path

import duckdb

# One row per check of a night; no times, so that equal input gives equal publications.
from flows.sql_text import literal

CHECK_COLUMNS = {
    "check_id": "varchar",
    "stage": "varchar",
    "tool": "varchar",
    "subject": "varchar",
    "description": "varchar",
    "severity": "varchar",
    "status": "varchar",
    "observed": "varchar",
    "expected": "varchar",
    "unexpected_count": "bigint",
}


def write_checks_schema(checks: Path) -> Path:
    """Leave an empty file of the right shape, so that the view works before the first check."""
    checks.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = checks / "_schema.parquet"
    if not target.exists():
        columns = ", ".join(
            f"cast(null as {kind}) as {name}" for name, kind in CHECK_COLUMNS.items()
        )
        with duckdb.connect() as connection:
            connection.execute(
                f"copy (select {columns} where false) to {literal(target)} (format parquet)"
            )
        target.chmod(0o600)
    return target
