"""A night over every force and partnership at once, against an independent count of the files.

`pytest -m national`: two million rows unless CSP_NATIONAL_ROWS says otherwise (20,000,000 is three
years of England and Wales). All of it is synthetic.
"""

from __future__ import annotations

import os
import resource
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.conftest import PROJECT_ROOT

MONTHS = 24
ROWS = int(os.environ.get("CSP_NATIONAL_ROWS", "2000000"))
SEEDS = PROJECT_ROOT / "data" / "seeds"


@pytest.mark.national
def test_every_partnership_of_england_and_wales_is_counted_once(tmp_path: Path) -> None:
    files = runpy.run_path(str(PROJECT_ROOT / "benchmarks" / "national_files.py"))
    inbox = tmp_path / "raw" / "police_uk"
    with duckdb.connect() as connection:
        files["make_places"](connection)
        for month in files["months_up_to"](date(2026, 8, 1), MONTHS):
            files["write_month"](connection, inbox, month, 43, ROWS // MONTHS)
    finished = subprocess.run(
        [sys.executable, "-m", "flows.command", "nightly", "--data", str(tmp_path)],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-2000:]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"{ROWS:,} rows, peak memory of one process {peak:.2f} GiB")

    with duckdb.connect() as connection:
        # The name of an LSOA is its authority's and five characters; one that lies in several
        # partnerships cannot be told from the name, and is left out of both counts.
        expected = connection.execute(
            """
            select csp_code, month, total::bigint from (
                select
                    any_value(csp_code) as csp_code,
                    crimes."Month" as month,
                    any_value(partnerships) as partnerships,
                    count(*) filter (where "Crime type" <> 'Anti-social behaviour') as total
                from read_csv($inbox, all_varchar = true) as crimes
                inner join (
                    select lad_name, any_value(csp_code) as csp_code, count(*) as partnerships
                    from read_csv($seeds) where valid_to is null group by lad_name
                ) as authorities on left("LSOA name", -5) = lad_name
                group by lad_name, month
            ) where partnerships = 1
            """,
            {
                "inbox": str(inbox / "**" / "*.csv"),
                "seeds": str(SEEDS / "local_authorities.csv"),
            },
        ).fetchall()
    by_partnership: dict[tuple[str, str], int] = {}
    for code, month, total in expected:
        by_partnership[code, month] = by_partnership.get((code, month), 0) + total
    with duckdb.connect(
        str(tmp_path / "published" / "community_safety.duckdb"), read_only=True
    ) as connection:
        published = {
            (code, month): value
            for code, month, value in connection.execute(
                """
                select area_code, strftime(period_end, '%Y-%m'), value::bigint
                from fct_indicator_values
                where source = 'police_uk' and indicator_id = 'total_recorded_crime'
                    and period_type = 'month' and area_type = 'csp'
                """
            ).fetchall()
        }
    assert len(by_partnership) > 250 * MONTHS
    wrong = {key: (published.get(key), n) for key, n in by_partnership.items()
             if published.get(key) != n}  # fmt: skip
    assert not wrong
