"""The whole demo through the whole house: what the reports printed comes out (minutes)."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import duckdb
import pytest

from tests.conftest import run_csp

# 2014/15 is before the demo begins, so that a change to 2015/16 cannot come out of records.
NOT_CLAIMED = {"B4", "B6a", "B6b"}
SECONDS_TO_MAKE = 40
# sources that count less on purpose: provisional, or without places
ASIDE = ("force_counts", "police_uk")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    data = tmp_path_factory.mktemp("demo") / "data"
    began = time.perf_counter()
    made = run_csp("demo", "--data", str(data))
    assert made.returncode == 0, made.stderr
    assert time.perf_counter() - began < SECONDS_TO_MAKE
    night = run_csp("nightly", "--data", str(data), timeout=1800)
    assert night.returncode == 0, night.stdout + night.stderr
    database = data / "published" / "community_safety.duckdb"
    return duckdb.connect(str(database), read_only=True)


def printed_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["id"] not in NOT_CLAIMED]


def test_every_printed_count_comes_out_of_synthetic_records(
    published: duckdb.DuckDBPyConnection, published_figures: Path
) -> None:
    compared = 0
    for row in printed_rows(published_figures):
        if not row["value"] or row["indicator"] == "grant":
            continue
        found = published.execute(
            """
            select value, previous_value, change, round(change_pct, 1)
            from fct_indicator_values
            where area_name = $area and indicator_id = $indicator and period_type = $period_type
                and period_end = cast($period_end as date) and not is_suppressed and is_complete
                and source not in (select unnest($aside))
            """,
            {
                **{k: row[k] for k in ("area", "indicator", "period_type", "period_end")},
                "aside": list(ASIDE),
            },
        ).fetchall()
        assert found, row["id"]
        for value, previous, change, percent in found:
            assert value == pytest.approx(float(row["value"]), abs=5e-7), row["id"]
            for name, now in (
                ("previous_value", previous),
                ("published_change", change),
                ("published_change_pct", percent),
            ):
                if row[name]:
                    assert now == pytest.approx(float(row[name]), abs=5e-7), (row["id"], name)
        compared += 1
    assert compared >= 15


def test_every_printed_grant_comes_out(
    published: duckdb.DuckDBPyConnection, published_figures: Path
) -> None:
    grants = [row for row in printed_rows(published_figures) if row["indicator"] == "grant"]
    assert len(grants) == 6
    for row in grants:
        [(allocation, available, previous)] = published.execute(
            """
            select allocation, available, previous_allocation from fct_grant_lines
            where area_name = ? and period_label = ? and is_total and is_whole_year
            """,
            [row["area"], row["period_label"]],
        ).fetchall()
        assert float(row["value"]) in (allocation, available), row["id"]
        if row["previous_value"]:
            assert previous == float(row["previous_value"]), row["id"]
    differs = published.execute(
        "select max(sum_differs_by) from fct_grant_lines "
        "where area_name = 'Wolverhampton' and period_label = '2015/16' and is_total"
    ).fetchone()
    assert differs == (500.0,)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param(
            "select rate_rank, areas_ranked from fct_force_ranks where area_name = 'Dudley' and "
            "source = 'force_extract' and indicator_id = 'total_recorded_crime' "
            "and period_label = '2017/18 YTD to Sep'",
            (1, 7),
            id="A13 lowest rate in the force",
        ),
        pytest.param(
            "select rank, members_reporting from fct_family_ranks where source = 'force_counts' "
            "and area_code = 'E22000337' and indicator_id = 'total_recorded_crime' "
            "and scheme = 'illustrative' and period_label = '2017/18 YTD to Sep'",
            (2, 15),
            id="A14 second of fifteen",
        ),
        pytest.param(
            "select change_rank, areas_ranked from fct_force_ranks where source = 'force_extract' "
            "and area_name = 'Wolverhampton' and indicator_id = 'knife_crime' "
            "and period_label = '2017/18' and period_type = 'financial_year'",
            (4, 7),
            id="B2 fourth lowest increase",
        ),
        pytest.param(
            "select rate_rank, areas_ranked from fct_force_ranks where area_name = 'Wolverhampton' "
            "and indicator_id = 'public_confidence' and source = 'partner_returns' "
            "and period_label = '2015/16' and period_type = 'financial_year'",
            (1, 7),
            id="B7 highest confidence in the force",
        ),
    ],
)
def test_what_the_reports_say_in_words_holds(
    published: duckdb.DuckDBPyConnection, question: str, answer: tuple[int, int]
) -> None:
    assert published.execute(question).fetchall() == [answer]


def test_revisions_of_later_extracts_replace_earlier_months(
    published: duckdb.DuckDBPyConnection,
) -> None:
    vintages = published.execute(
        "select min(vintages), max(vintages) from rpt_coverage where source = 'force_extract' "
        "and period_start in (date '2016-02-01', date '2017-02-01')"
    ).fetchone()
    assert vintages == (2, 2)
