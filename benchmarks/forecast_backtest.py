"""Back-test of the year-end forecast on real counts, against the naive forecast.

    python benchmarks/forecast_backtest.py PARQUET

PARQUET holds counts by month, area (ltla24_name), category (crime_type) and n: the 36 months of
the West Midlands. After every month of 2024/25 and 2025/26 the dbt models forecast with what was
known then; the outcome is the year's real total. Errors are of the whole year's figure. Prints a
Markdown table: `all`, every series with enough months; `shipped`, those that the models would
publish, which they decide from earlier months alone. Below 1 the forecast is nearer than naive.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
sys.path.insert(0, str(PROJECT / "dbt_project" / "duckdb_functions" / "statistics"))

#: Anti-social behaviour falls out of the feed here (data/seeds/breaks.csv): not a forecast's fault.
ASB_FEED_ENDS = date(2025, 11, 1)

#: The newest month known on each night: every month of two financial years but the last of each.
NIGHTS = [
    date(year + (month < 4), month, 1)
    for year in (2024, 2025)
    for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2)
]


class Comparison(NamedTuple):
    """Errors of the year-end figure against those of the naive forecast, over many runs."""

    forecasts: int
    error_ratio: float
    #: the same with each error as a share of its year, so that Birmingham does not decide alone
    scaled_error_ratio: float
    series_won: float
    within_interval: float | None


def main(counts: Path) -> None:
    """Forecast after every month and print how the errors compare."""
    started = time.perf_counter()
    connection = back_test(counts)
    seconds = time.perf_counter() - started
    print("| year | rows | forecasts | error / naive error | scaled | series won | in interval |")
    print("|---|---|---|---|---|---|---|")
    for first, label in ((2024, "2024/25"), (2025, "2025/26"), (None, "both")):
        for rows, condition in (("all", "true"), ("shipped", "forecast is not null")):
            found = compare(connection, first, condition)
            shown = [f"{found.error_ratio:.2f}", f"{found.scaled_error_ratio:.2f}"]
            inside = "" if rows == "all" else f"{found.within_interval:.0%}"
            cells = [label, rows, f"{found.forecasts:,}", *shown, f"{found.series_won:.0%}", inside]
            print("| " + " | ".join(cells) + " |")
    print(f"\n{len(NIGHTS)} runs forecast in {seconds:.1f} s.")


def back_test(counts: Path) -> duckdb.DuckDBPyConnection:
    """Forecast after every month with the dbt models; table `forecasts` holds what came of it."""
    from register_statistics import register_statistics

    connection = duckdb.connect()
    register_statistics(connection)
    connection.execute("create table counts as " + _COUNTS, [str(counts), ASB_FEED_ENDS])
    connection.execute(
        "create table forecasts (area_code varchar, indicator_id varchar, last_month date, "
        "months_ahead bigint, combined double, naive double, forecast double, "
        "forecast_lower double, forecast_upper double, outcome double, reason varchar)"
    )
    for cutoff in NIGHTS:
        _forecast_after(connection, cutoff)
    return connection


def _forecast_after(connection: duckdb.DuckDBPyConnection, cutoff: date) -> None:
    """Build the models on the months up to the cutoff and keep each forecast with its outcome."""
    from tests.dbt_project.model_sql import compiled

    connection.execute(
        "create or replace table int_chart_months as select 'police_uk' as source, *, "
        "1 as segment, month_number - row_number() over "
        "(partition by indicator_id, area_code order by month) as stretch "
        "from counts where month <= ?",
        [cutoff],
    )
    for model in ("int_forecast_origins", "int_year_end_forecasts"):
        connection.execute(f"create or replace table {model} as {compiled(model)}")
    connection.execute(
        """
        insert into forecasts
        select
            f.area_code, f.indicator_id, f.last_month, f.months_ahead,
            f.value_so_far + o.combined, f.naive_year_end,
            f.forecast, f.forecast_lower, f.forecast_upper, year.total, f.reason_no_forecast
        from int_year_end_forecasts f
        join int_forecast_origins o
            on (o.area_code, o.indicator_id) = (f.area_code, f.indicator_id) and o.is_latest
        join (
            select area_code, indicator_id, year(month - interval 3 month) as year,
                sum(value) as total
            from counts group by all having count(*) = 12
        ) year on (year.area_code, year.indicator_id, year.year)
            = (f.area_code, f.indicator_id, year(f.last_month - interval 3 month))
        where f.last_month = ?
        """,
        [cutoff],
    )


def compare(connection: duckdb.DuckDBPyConnection, first: int | None, condition: str) -> Comparison:
    """Compare the forecasts that meet the condition, of the financial year `first` or of all."""
    year = "" if first is None else f"and year(last_month - interval 3 month) = {first}"
    found: list[tuple[Any, ...]] = connection.execute(
        f"""
        with errors as (
            select *, abs(combined - outcome) as error, abs(naive - outcome) as naive_error,
                outcome between forecast_lower and forecast_upper as is_within
            from forecasts where {condition} {year}
        ),
        series as (
            select avg(error) < avg(naive_error) as is_won
            from errors group by area_code, indicator_id
        )
        select count(*), sum(error) / sum(naive_error),
            sum(error / outcome) / sum(naive_error / outcome),
            (select avg(is_won::integer) from series), avg(is_within::integer)
        from errors
        """
    ).fetchall()
    return Comparison(*found[0])


_COUNTS = """
with read as (
    select ltla24_name as area_code, crime_type as indicator_id,
        strptime(month, '%Y-%m')::date as month, n
    from read_parquet(?)
),
listed as (
    select * from read where indicator_id <> 'Anti-social behaviour' or month < ?
    union all
    select area_code, 'Total recorded crime', month, n from read
    where indicator_id <> 'Anti-social behaviour'
)
select area_code, indicator_id, month, year(month) * 12 + month(month) as month_number,
    sum(n)::double as value
from listed group by all
"""


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
