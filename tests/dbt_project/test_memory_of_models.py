"""Models of many long series need little memory: a run of every partnership fits beside others.

An aggregate with an order keeps all rows of all its groups in memory and cannot spill to disk. Such
sums took 748 MB where the limit of a run is `memory_limit_mb`.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import duckdb
import pytest
import yaml

from flows.settings import Settings
from tests.conftest import PROJECT_ROOT
from tests.dbt_project.model_sql import compiled, macro_sql

# Every partnership, fifteen indicators, three years of months.
AREAS, INDICATORS, MONTHS = 330, 15, 36
MEGABYTES = 256

_SERIES = f"""
from range({AREAS}) as areas (area)
cross join range({INDICATORS}) as indicators (indicator)
cross join range({MONTHS}) as months (m)
"""
_DAY = "cast(date '2021-04-01' + to_months(cast(m as integer)) as date)"


@pytest.fixture
def narrow(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A database on disk that may use little memory."""
    connection = duckdb.connect(str(tmp_path / "warehouse.duckdb"))
    connection.execute("set memory_limit = '1GB'")
    return connection


@pytest.mark.long
def test_periods_are_filled_within_a_little_memory(narrow: duckdb.DuckDBPyConnection) -> None:
    narrow.execute(
        f"""
        create table int_observations as select
            'police_uk' as source, 'indicator_' || indicator as indicator_id,
            'E' || (22000000 + area) as area_code, {_DAY} as period_start,
            cast(last_day({_DAY}) as date) as period_end, 1 as months,
            cast(hash(area, indicator, m) % 500 as double) as numerator,
            cast(null as double) as denominator, cast(null as double) as stated_value,
            date '2024-05-01' as extract_date
        {_SERIES};
        create table int_indicators as
        select 'indicator_' || i as indicator_id, 'count' as value_kind
        from range({INDICATORS}) as r(i);
        create table int_periods as select
            'of_' || length as period_type, {_DAY} as period_start,
            cast(last_day({_DAY} + to_months(cast(length - 1 as integer))) as date) as period_end
        from range({MONTHS - 11}) as r(m) cross join range(2, 13, 2) as lengths (length);
        create table int_period_months as
        select period_type, period_start, period_end, unnest(generate_series(
            period_start, period_end, interval 1 month))::date as month
        from int_periods
        """
    )
    narrow.execute(f"set memory_limit = '{MEGABYTES}MB'")
    narrow.execute(f"create table filled as {compiled('int_period_fillings')}")
    [(rows, months, total)] = narrow.execute(
        "select count(*), max(months_supplied), sum(numerator) from filled"
    ).fetchall()
    assert rows == AREAS * INDICATORS * (MONTHS - 11) * 6
    assert months == 12
    [(expected,)] = narrow.execute(
        "select sum(observations.numerator) from int_observations as observations "
        "inner join int_period_months as months on observations.period_start = months.month"
    ).fetchall()
    assert total == expected


@pytest.mark.long
def test_scatter_is_measured_within_a_little_memory(narrow: duckdb.DuckDBPyConnection) -> None:
    narrow.execute(
        f"""
        create table int_chart_months as select
            'police_uk' as source, 'indicator_' || indicator as indicator_id,
            'E' || (22000000 + area) as area_code, 1 as segment, 1 as stretch,
            m as month_number, {_DAY} as month, cast(last_day({_DAY}) as date) as period_end,
            cast(20 + hash(area, indicator, m) % 30 as double) as value
        {_SERIES}
        """
    )
    narrow.execute(f"set memory_limit = '{MEGABYTES}MB'")
    narrow.execute(f"create table scatter as {compiled('int_series_dispersion')}")
    assert narrow.execute("select count(*), min(differences) from scatter").fetchall() == [
        (AREAS * INDICATORS, MONTHS - 2)
    ]


def test_an_exact_sum_is_the_same_to_the_bit_in_any_order() -> None:
    """0.1 added ten times is not 1: plain sums of these rows differ from order to order."""
    values = [0.1] * 50 + [1e9 + 0.3, 7.0, -0.7] + [n / 7 for n in range(200)]
    sql = macro_sql("{{ exact_sum('v') }}"), macro_sql("{{ exact_mean('v', 'k > 9') }}")
    rows = list(enumerate(values))
    found, plain = set(), set()
    for seed in range(20):
        random.Random(seed).shuffle(rows)  # noqa: S311 - an order, not a secret
        with duckdb.connect() as connection:
            connection.execute("create table t (k bigint, v double)")
            connection.executemany("insert into t values (?, ?)", rows)
            found.update(connection.execute(f"select {', '.join(sql)} from t").fetchall())
            plain.update(connection.execute("select sum(v) from t").fetchall())
    assert len(plain) > 1
    ((total, mean),) = found
    assert total == pytest.approx(sum(values), rel=1e-14)
    assert mean == pytest.approx(sum(values[10:]) / len(values[10:]), rel=1e-14)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("(1, null::double)", None), ("(1, 0.0), (2, null)", 0.0), ("(1, 1.5), (2, 2)", 3.5)],
)
def test_an_exact_sum_of_nothing_is_unknown(rows: str, expected: float | None) -> None:
    sql = macro_sql("{{ exact_sum('v') }}")
    assert duckdb.execute(f"select {sql} from (values {rows}) as t(k, v)").fetchone() == (expected,)


def test_dbt_alone_has_the_limit_of_the_settings() -> None:
    profiles = (PROJECT_ROOT / "dbt_project" / "profiles.yml").read_text("utf-8")
    profile = yaml.safe_load(profiles)["community_safety"]["outputs"]["duckdb"]
    limit = re.fullmatch(
        r"\{\{ env_var\('CSP_MEMORY_LIMIT_MB', '(\d+)'\) \}\}MB",
        profile["config_options"]["memory_limit"],
    )
    assert limit is not None
    assert int(limit[1]) == Settings().memory_limit_mb
