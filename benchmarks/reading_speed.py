"""How fast a publication answers twenty queries that BI tools and authors ask of it.

    python benchmarks/reading_speed.py DATABASE [--area Dudley] [--times 5] [--processor]

Each query runs in a new connection first (cold: DuckDB holds nothing of the file, the system may)
and then again in the same one (warm, the median). Opening the file is part of the cold time.
`--processor` counts processor time of all threads instead of the time that passed, for a machine
that others use. The limits are 300 ms cold and 50 ms warm.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb

COLD, WARM = 0.300, 0.050
# $area is a name, $code its code, $label the newest period of rpt_figures to date.
QUERIES = {
    "figure by its name": "select value, previous_value, change, sentence from rpt_figures "
    "where area_name = $area and indicator_id = 'robbery' and period_label = $label",
    "all figures of an area and period": "select * from rpt_figures "
    "where area_name = $area and period_label = $label order by indicator_name",
    "sentences of an area": "select sentence, rate_sentence, family_sentence from rpt_figures "
    "where area_code = $code and period_type = 'rolling_12' order by period_end desc limit 50",
    "one indicator, every area, newest period": "select area_name, value, rate, change_pct "
    "from rpt_figures where indicator_id = 'burglary' and period_label = $label order by rate",
    "an area's months of an indicator": "select period_start, value from fct_indicator_values "
    "where area_code = $code and indicator_id = 'robbery' and period_type = 'month' order by 1",
    "the same from the months that add up": "select period_start, sum(value) "
    "from fct_monthly_counts where area_code = $code group by all order by 1",
    "months of the whole country by indicator": "select period_start, indicator_name, sum(value) "
    "from fct_monthly_counts group by all order by all",
    "pivot of forces by financial year": "pivot (select force_code, year(period_start - interval 3 "
    "month) as fy, value from fct_monthly_counts) on fy using sum(value) group by force_code",
    "control chart": "select * from fct_control_charts "
    "where area_code = $code and indicator_id = 'robbery' order by month",
    "special causes of last month": "select area_name, indicator_name, special_cause "
    "from fct_control_charts where is_special_cause "
    "qualify period_end = max(period_end) over ()",
    "family ranks of an area": "select indicator_id, rank, rank_best, rank_worst, family_size "
    "from fct_family_ranks where area_code = $code and period_label = $label",
    "league of a force": "select area_name, rate, rate_rank, change_rank from fct_force_ranks "
    "where force_code = (select force_code from dim_areas where area_code = $code) "
    "and indicator_id = 'robbery' and period_label = $label order by rate_rank",
    "funnel of a period": "select area_name, rate, denominator, funnel_position from fct_funnel "
    "where indicator_id = 'robbery' and period_label = $label",
    "what a change is made of": "select part_indicator_name, change, share_of_change_pct "
    "from fct_contributions where area_code = $code and period_label = $label "
    "order by contribution_rank",
    "worst neighbourhoods": "select neighbourhood_name, value, rate from fct_neighbourhoods "
    "where area_code = $code and period_type = 'rolling_12' order by value desc limit 20",
    "revisions of a month": "select * from fct_revisions "
    "where area_code = $code and period_type = 'month' order by period_start desc limit 100",
    "trends that are clear": "select area_name, indicator_name, trend from fct_trends "
    "where trend is not null order by area_name limit 200",
    "scorecard": "select * from rpt_scorecard order by home_order, headline_order",
    "coverage by source": "select source, scope, min(period_start), max(period_end), "
    "count(*) filter (where not is_supplied) from rpt_coverage group by all",
    "what a filter lists": "select distinct area_name, period_label from fct_indicator_values "
    "where period_type = 'ytd' order by all",
}


def main() -> None:
    """Ask every query and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--area", default="Dudley")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--processor", action="store_true")
    asked = parser.parse_args()
    clock = time.process_time if asked.processor else time.perf_counter
    with _opened(asked.database) as connection:
        found = connection.execute(
            "select area_code, period_label from rpt_figures "
            "where area_name = $area and period_type = 'ytd' and value is not null "
            "order by period_end desc",
            {"area": asked.area},
        ).fetchone()
    if found is None:
        raise SystemExit(f"{asked.database} has no complete year to date of {asked.area}")
    values = {"area": asked.area, "code": found[0], "label": found[1]}
    print(f"{asked.database.stat().st_size / 2**20:.0f} MB, {values}")
    print("| query | rows | cold ms | warm ms |")
    beyond = 0
    for name, sql in QUERIES.items():
        used = {key: value for key, value in values.items() if f"${key}" in sql}
        began = clock()
        with _opened(asked.database) as connection:
            rows = len(connection.execute(sql, used).fetchall())
            cold = clock() - began
            warm = median(_timed(connection, sql, used, clock) for _ in range(asked.times))
        beyond += cold > COLD or warm > WARM
        print(f"| {name} | {rows:,} | {cold * 1000:.0f} | {warm * 1000:.0f} |")
    print(f"{len(QUERIES)} queries, {beyond} beyond {COLD * 1000:.0f} ms cold or 50 ms warm")


def _opened(database: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(database), read_only=True)


def _timed(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    values: dict[str, str],
    clock: Callable[[], float],
) -> float:
    began = clock()
    connection.execute(sql, values).fetchall()
    return clock() - began


if __name__ == "__main__":
    main()
