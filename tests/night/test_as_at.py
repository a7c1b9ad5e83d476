"""A report as at an earlier date comes out as it did then, beside the current publication."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.night.crash.small_inbox import first_inbox
from tests.run_in_process import nightly_in_process

pytestmark = pytest.mark.long

HEADER = "area,indicator,period_start,period_end,numerator,denominator,source_document\n"


def _robberies(database: Path) -> list[tuple[str, float, float | None]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            """
            select area_name, value, previous_value from fct_indicator_values
            where indicator_id = 'robbery' and source = 'partner_returns'
                and period_label = '2017/18 Q3'
            """
        ).fetchall()


def test_a_revised_figure_is_seen_as_it_was_before(tmp_path: Path) -> None:
    data = first_inbox(tmp_path / "data")
    for date, count in (("2018-02-01", 41), ("2018-05-01", 44)):
        inbox = data / "raw" / "partner_returns" / date
        inbox.mkdir(parents=True)
        (inbox / "made-up-robberies.csv").write_text(
            f"{HEADER}Dudley,robbery,2017-10-01,2017-12-31,{count},,made up for a test\n",
            encoding="utf-8",
        )
    now = nightly_in_process("--data", str(data))
    assert now.returncode == 0, now.stdout + now.stderr
    current = (data / "published" / "manifest.json").read_bytes()
    warehouse = (data / "warehouse" / "warehouse.duckdb").read_bytes()
    then = nightly_in_process("--as-at", "2018-03-31", "--data", str(data))
    assert then.returncode == 0, then.stdout + then.stderr
    published = data / "published"
    assert _robberies(published / "community_safety.duckdb") == [("Dudley", 44.0, None)]
    assert _robberies(published / "as_at" / "2018-03-31" / "community_safety.duckdb") == [
        ("Dudley", 41.0, None)
    ]
    assert (published / "manifest.json").read_bytes() == current
    assert (data / "warehouse" / "warehouse.duckdb").read_bytes() == warehouse
    again = nightly_in_process("--data", str(data))
    assert "Nothing new" in again.stdout
