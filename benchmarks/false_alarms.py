"""How often a change is called clear where nothing happened, and how often where something did.

    python benchmarks/false_alarms.py COUNTS.parquet [MORE ...]
    python benchmarks/false_alarms.py --simulated

COUNTS has the columns area, category, month, n (month as 2024-05 or a date), or month, crime_type,
ltla24_name, n by LSOA; or it is a zip of data.police.uk street files, of which several make one
series. A month in which an area has rows of some category is supplied, and 0 for the others.

Each month is compared with the mean of its two neighbours. The dispersion is fitted by the dbt
models (int_series_dispersion, int_indicator_dispersion, int_change_dispersion) on one half of the
months, and judged on the other half, both ways round; the tests are the functions of the models.
Exact is the exact Poisson test of 1 month against 2; `exact, by days` takes the days of the months
as exposures where that fits the category better, and `ours` is the calibrated test of the same.
Then what int_period_comparisons says of the same months a year before, and the power for planted
steps. Prints Markdown tables.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from scipy import stats
from simulated_counts import (
    NOTHING_HAPPENED,
    Scatter,
    multiple_of_poisson,
    poisson,
    simulated,
)

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
sys.path.insert(0, str(PROJECT / "dbt_project" / "duckdb_functions" / "statistics"))

DISPERSION = ("int_series_dispersion", "int_indicator_dispersion", "int_change_dispersion")
#: Below this the exact test of pure Poisson counts calls fewer than 3 % clear: whole counts are too
#: coarse for any test at 5 %.
SMALLEST_MEAN = 3
#: More areas than this are shown as a distribution.
AREAS_SHOWN = 45


def main(arguments: list[str]) -> None:
    """Print the tables for the files, or for simulated counts."""
    if arguments == ["--simulated"]:
        _print_simulated()
        return
    if not arguments or any(a.startswith("-") for a in arguments):
        raise SystemExit(__doc__)
    counts = read_counts([Path(a) for a in arguments])
    connection = judged_by_neighbours(counts)
    _print_neighbours(connection)
    _print_year_on_year_of(counts)
    _print_power(connection)


def read_counts(paths: list[Path]) -> pd.DataFrame:
    """Read area, category, month and n from Parquet files of either layout, or from zips."""
    return pd.concat([_read_one(path) for path in paths], ignore_index=True)


def _read_one(path: Path) -> pd.DataFrame:
    if path.suffix == ".zip":
        return _read_zip(path)
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        columns = set(relation.columns)
        if {"area", "category", "month", "n"} <= columns:
            return connection.sql("select area, category, month, n from relation").df()
        if {"ltla24_name", "crime_type", "month", "n"} <= columns:
            return connection.sql(
                "select ltla24_name as area, crime_type as category, month, sum(n) as n "
                "from relation where ltla24_name is not null group by all"
            ).df()
    raise SystemExit(
        f"{path} has the columns {', '.join(sorted(columns))}. Expected area, category, month and "
        "n, or ltla24_name, crime_type, month and n."
    )


def _read_zip(path: Path) -> pd.DataFrame:
    with zipfile.ZipFile(path) as archive:
        frames = [
            pd.read_csv(
                io.BytesIO(archive.read(name)), usecols=["Month", "LSOA name", "Crime type"]
            ).dropna()
            for name in archive.namelist()
            if name.endswith("-street.csv")
        ]
    rows = pd.concat(frames, ignore_index=True)
    # "Dudley 012A": the authority's name and four characters
    rows["area"] = rows["LSOA name"].str.slice(0, -5)
    grouped = rows.groupby(["area", "Crime type", "Month"]).size().rename("n").reset_index()
    return grouped.rename(columns={"Crime type": "category", "Month": "month"})


def judged_by_neighbours(counts: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """Fit on either half of the months and judge the other; table `judged` has a row a month."""
    connection = _opened(counts)
    connection.execute(
        "create table judged (area varchar, category varchar, n double, neighbours double, "
        "exposure double, neighbours_exposure double, factor double, series_mean double)"
    )
    months = [m for (m,) in connection.execute("select distinct month from counts order by 1")
              .fetchall()]  # fmt: skip
    if len(months) < 6:
        raise SystemExit(f"{len(months)} months; 6 are needed to fit on one half and judge another")
    half = len(months) // 2
    halves = ((months[0], months[half - 1]), (months[half], months[-1]))
    for fitted, judged in (halves, halves[::-1]):
        _fit(connection, *fitted)
        connection.execute(_JUDGE, {"first": judged[0], "last": judged[1]})
    return connection


def _opened(counts: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    from register_statistics import register_statistics

    connection = duckdb.connect()
    register_statistics(connection)
    connection.register("given", counts)
    connection.execute(_COUNTS)
    connection.unregister("given")
    return connection


def _fit(connection: duckdb.DuckDBPyConnection, first: date, last: date) -> None:
    """Build the models of the dispersion on the months from first to last."""
    connection.execute(_CHART_MONTHS, {"first": first, "last": last})
    _build(connection, *DISPERSION)


def _build(connection: duckdb.DuckDBPyConnection, *models: str) -> None:
    from tests.dbt_project.model_sql import compiled

    for model in models:
        connection.execute(f"create or replace table {model} as {compiled(model)}")


def false_alarms(
    connection: duckdb.DuckDBPyConnection, group: str, condition: str = "true"
) -> list[tuple[Any, ...]]:
    """Return rows of group, months judged, exact, exact by days, ours (shares), median factor."""
    rows: list[tuple[Any, ...]] = connection.execute(
        f"""
        select {group} as label, count(*),
            avg((rate_ratio_p_value(n, 1, neighbours, 2) < 0.05)::int),
            avg((rate_ratio_p_value(n, exposure, neighbours, neighbours_exposure) < 0.05)::int),
            avg((calibrated_p_value(
                n, exposure, neighbours, neighbours_exposure, factor) < 0.05)::int),
            median(factor)
        from judged where {condition} group by label order by label
        """
    ).fetchall()
    return rows


def compared_with_year_before(counts: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """Build the models from the counts to int_period_comparisons, in order."""
    connection = _opened(counts)
    connection.execute(_CHAIN)
    _build(
        connection, "int_periods", "int_period_months", "int_period_fillings", "int_period_values"
    )
    connection.execute("create table int_derived_rates as from int_period_values limit 0")
    _build(connection, "int_chart_months", *DISPERSION, "int_policy_rates", "int_period_rates")
    _build(connection, "int_period_comparisons")
    return connection


def year_on_year(counts: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return what the models call clear against the year before.

    A row per period type: type, periods compared, exact, ours (shares), median factor.
    """
    connection = compared_with_year_before(counts)
    rows: list[tuple[Any, ...]] = connection.execute(
        f"""
        select period_type, count(*), avg((change_p_value < 0.05)::int),
            avg((significance <> 'no clear change')::int), median(change_dispersion)
        from int_period_comparisons
        where
            significance is not null
            and value + previous_value >= 2 * {SMALLEST_MEAN} * months_expected
            and period_type in ('month', 'quarter', 'ytd', 'rolling_12')
        group by period_type
        order by avg(months_expected), period_type
        """
    ).fetchall()
    return rows


def power_of_a_step(
    scatter: Scatter, level: float, step: float, seed: int = 5
) -> dict[str, tuple[float, float]]:
    """Return the share of planted steps seen against the year before, exact and ours.

    48 series of 36 months, of which the last 12 are `step` times as high; the newest month,
    quarter and 12 months are compared, as the models compare them.
    """
    counts = simulated(scatter, levels=(level,), series=48, step=step, seed=seed)
    connection = compared_with_year_before(counts)
    rows = connection.execute(
        """
        select period_type, avg((change_p_value < 0.05)::int),
            avg((significance <> 'no clear change')::int)
        from int_period_comparisons
        where
            significance is not null
            and (
                (period_type in ('month', 'quarter') and period_end >= '2023-01-01')
                or (period_type = 'rolling_12' and period_end = '2023-12-31')
            )
        group by period_type
        """
    ).fetchall()
    return {kind: (exact, ours) for kind, exact, ours in rows}


def _print_neighbours(connection: duckdb.DuckDBPyConnection) -> None:
    larger = f"series_mean >= {SMALLEST_MEAN}"
    heading = "| {} | months judged | exact | exact, by days | ours | chance | median factor |"
    print(heading.format("A month against its neighbours"))
    print("|---|---|---|---|---|---|---|")
    for label, condition in (
        ("all series", "true"),
        (f"series of {SMALLEST_MEAN} a month and more", larger),
        ("smaller series (no test reaches 5 % of whole counts)", f"not {larger}"),
    ):
        _print_rows(false_alarms(connection, f"'{label}'", condition))
    print("\nChance: where 95 of 100 true rates of 5 % would lie in so many months.\n")
    for group in ("category", "area"):
        rows = false_alarms(connection, group, larger)
        if len(rows) > AREAS_SHOWN:
            _print_distribution(group, rows)
            continue
        print(heading.format(f"{group}, {SMALLEST_MEAN} a month and more"))
        print("|---|---|---|---|---|---|---|")
        _print_rows(rows)
        print()


def _print_rows(rows: list[tuple[Any, ...]]) -> None:
    for label, months, exact, by_days, ours, factor in rows:
        low, high = stats.binom.interval(0.95, months, 0.05)
        chance = f"{low / months:.1%} to {high / months:.1%}"
        cells = [f"{exact:.1%}", f"{by_days:.1%}", f"{ours:.1%}", chance, f"{factor:.2f}"]
        print(f"| {label} | {months:,} | " + " | ".join(cells) + " |")


def _print_distribution(group: str, rows: list[tuple[Any, ...]]) -> None:
    large = [row for row in rows if row[1] >= 100]
    print(f"{len(rows)} {group} values; those of 100 judged months and more, {len(large)}:\n")
    if not large:
        return
    print("| test | lowest | quarter | median | three quarters | highest |")
    print("|---|---|---|---|---|---|")
    for place, name in ((2, "exact"), (3, "exact, by days"), (4, "ours")):
        shares = pd.Series([row[place] for row in large]).quantile([0, 0.25, 0.5, 0.75, 1])
        print(f"| {name} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")
    print()


def _print_year_on_year_of(counts: pd.DataFrame) -> None:
    rows = year_on_year(counts)
    if not rows:
        print("Too few months for a year before.\n")
        return
    print("| against the year before, as published | compared | exact | ours | median factor |")
    print("|---|---|---|---|---|")
    for kind, compared, exact, ours, factor in rows:
        print(f"| {kind} | {compared:,} | {exact:.1%} | {ours:.1%} | {factor:.2f} |")
    print("\nReal changes are among these: they are no rate of false alarms.\n")


def _print_power(connection: duckdb.DuckDBPyConnection) -> None:
    print("| planted in one month of real series | months | exact | ours |")
    print("|---|---|---|---|")
    for low, high in ((20, 50), (75, 150), (200, 500)):
        for step in (1.2, 1.5, 2.0):
            (found,) = connection.execute(
                f"""
                select count(*),
                    avg((rate_ratio_p_value(
                        round(n * {step}), exposure, neighbours, neighbours_exposure
                    ) < 0.05)::int),
                    avg((calibrated_p_value(
                        round(n * {step}), exposure, neighbours, neighbours_exposure, factor
                    ) < 0.05)::int)
                from judged where series_mean between {low} and {high}
                """
            ).fetchall()
            if found[0]:
                label = f"+{step - 1:.0%}, series of {low} to {high} a month"
                print(f"| {label} | {found[0]:,} | {found[1]:.0%} | {found[2]:.0%} |")
    (typical,) = connection.execute(
        "select median(factor) from judged where series_mean between 50 and 200"
    ).fetchall()
    dispersion = typical[0] or 1.5
    kinds = "month", "quarter", "rolling_12"
    print(f"\n| step planted in simulated series, seen by (exact / ours) | {' | '.join(kinds)} |")
    print("|---|---|---|---|")
    for label, scatter in (
        ("Poisson", poisson),
        (f"{dispersion:.2f} x Poisson, as the file's of 100", multiple_of_poisson(dispersion)),
    ):
        for level, step in ((30.0, 1.2), (100.0, 1.1), (100.0, 1.2), (100.0, 1.5), (300.0, 1.2)):
            seen = power_of_a_step(scatter, level, step)
            shares = [f"{seen[kind][0]:.0%} / {seen[kind][1]:.0%}" for kind in kinds]
            print(f"| {label}, {level:.0f} a month, +{step - 1:.0%} | {' | '.join(shares)} |")


def _print_simulated() -> None:
    kinds = "month", "quarter", "ytd", "rolling_12"
    print("| nothing happened | months | neighbours, exact | ours | year before, ours: "
          f"{' | '.join(kinds)} |")  # fmt: skip
    print("|---|---|---|---|" + "---|" * len(kinds))
    for name, (scatter, shape) in NOTHING_HAPPENED.items():
        for months in (12, 24, 36, 60) if name in ("Poisson", "negative binomial") else (36,):
            counts = simulated(scatter, shape, months)
            ((_, _, exact, _, ours, _),) = false_alarms(
                judged_by_neighbours(counts), "'all'", f"series_mean >= {SMALLEST_MEAN}"
            )
            before = {row[0]: row[3] for row in year_on_year(counts)}
            cells = [f"{exact:.1%}", f"{ours:.1%}"]
            cells += [f"{before[kind]:.1%}" if kind in before else "" for kind in kinds]
            print(f"| {name} | {months} | " + " | ".join(cells) + " |")


#: Every series over the months in which its area has rows; what has none is 0.
_COUNTS = """
create table counts as
with read as (
    select
        cast(area as varchar) as area,
        cast(category as varchar) as category,
        cast(left(cast(month as varchar), 7) || '-01' as date) as month,
        sum(n)::double as n
    from given
    where area is not null and category is not null and month is not null
    group by all
),
supplied as (select distinct area, month from read),
series as (select area, category from read group by all having sum(n) > 0)
select series.area, series.category, supplied.month, coalesce(read.n, 0) as n
from series
inner join supplied using (area)
left join read using (area, category, month)
"""

_CHART_MONTHS = """
create or replace table int_chart_months as
with numbered as (
    select *, year(month) * 12 + month(month) as month_number
    from counts
    where month between $first and $last
)
select
    'counts' as source, category as indicator_id, area as area_code, month,
    last_day(month) as period_end, month_number, n as value, 1 as segment,
    month_number - row_number() over (partition by area, category order by month) as stretch
from numbered
"""

#: Months with both neighbours in the judged half, of series that the fitted half knows.
_JUDGE = """
insert into judged
with counted as (
    select distinct indicator_id, counted_per from int_series_dispersion
),
exposed as (
    select
        counts.area, counts.category, counts.month, counts.n, fitted.change_dispersion as factor,
        if(counted.counted_per = 'day', day(last_day(counts.month)), 1) as exposure
    from counts
    inner join int_change_dispersion as fitted
        on fitted.area_code = counts.area and fitted.indicator_id = counts.category
    inner join counted
        on counted.indicator_id = counts.category
    where counts.month between $first and $last
),
compared as (
    select
        area, category, n,
        lag(n) over series + lead(n) over series as neighbours,
        exposure,
        lag(exposure) over series + lead(exposure) over series as neighbours_exposure,
        factor,
        avg(n) over (partition by area, category) as series_mean,
        date_diff('month', lag(month) over series, lead(month) over series) as apart
    from exposed
    window series as (partition by area, category order by month)
)
select * exclude (apart) from compared where apart = 2 and n + neighbours > 0
"""

#: What the models from observations to comparisons read besides the counts.
_CHAIN = """
create table int_observations as
select
    category as indicator_id, 'counts' as source, area as area_code, month as period_start,
    last_day(month) as period_end, 1::bigint as months, n as numerator,
    null::double as denominator, null::double as stated_value, '9999-12-31'::date as extract_date
from counts;
create table int_indicators as
select distinct
    category as indicator_id, 'count' as value_kind, 'residents' as denominator_kind,
    1000::bigint as rate_per
from counts;
create table areas as
select distinct area as area_code, area as area_name, 'csp' as area_type, '' as force_code
from counts;
create table int_breaks (
    source varchar, indicator_id varchar, area_code varchar, break_date date, break_note varchar
);
create table int_policy_denominators (
    denominator_policy varchar, area_code varchar, financial_year bigint,
    population_kind varchar, wanted_year bigint, population_year bigint, population bigint
);
create table int_source_denominators (
    source varchar, area_code varchar, population_kind varchar, period_start date,
    period_end date, population_year bigint, population double
);
"""


if __name__ == "__main__":
    main(sys.argv[1:])
