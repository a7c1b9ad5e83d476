"""benchmarks/false_alarms.py on counts of which it is known what happened."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.conftest import PROJECT_ROOT


@pytest.fixture(scope="module")
def benchmark() -> Iterator[tuple[ModuleType, ModuleType]]:
    before = list(sys.path)
    sys.path.insert(0, str(PROJECT_ROOT / "benchmarks"))
    try:
        import false_alarms
        import simulated_counts

        yield false_alarms, simulated_counts
    finally:
        sys.path[:] = before


def share(benchmark: Any, counts: pd.DataFrame) -> tuple[float, float]:
    """Share called clear by the exact test and by ours, out of sample."""
    script, _ = benchmark
    with script.judged_by_neighbours(counts) as connection:
        ((_, months, exact, _, ours, _),) = script.false_alarms(connection, "'all'")
    assert months > 500
    return exact, ours


def test_the_promise_holds_on_months_of_clustered_counts(benchmark: Any) -> None:
    _, counts = benchmark
    clustered = counts.simulated(counts.negative_binomial(0.02), levels=(10.0, 100.0, 500.0))
    exact, ours = share(benchmark, clustered)
    assert exact > 0.25
    assert 0.03 <= ours <= 0.07


def test_the_exact_test_needs_no_help_on_poisson_counts(benchmark: Any) -> None:
    _, counts = benchmark
    exact, ours = share(benchmark, counts.simulated(counts.poisson, levels=(30.0, 100.0, 300.0)))
    assert 0.03 <= exact <= 0.06
    assert 0.03 <= ours <= exact


def test_the_year_before_is_compared_as_it_is_published(benchmark: Any) -> None:
    """Series without a step, and the same with one of 20 % on 100 a month."""
    script, counts = benchmark
    still = counts.simulated(counts.multiple_of_poisson(3), levels=(30.0, 100.0, 300.0))
    rows = {kind: (exact, ours) for kind, _, exact, ours, _ in script.year_on_year(still)}
    assert set(rows) == {"month", "quarter", "ytd", "rolling_12"}
    for exact, ours in rows.values():
        assert exact > 0.15
        assert 0.02 <= ours <= 0.08
    assert script.power_of_a_step(counts.poisson, 100.0, 1.2)["rolling_12"][1] >= 0.97


@pytest.mark.parametrize("layout", ["plain", "lsoa", "zip"])
def test_counts_are_read_in_each_layout(benchmark: Any, layout: str, tmp_path: Path) -> None:
    script, _ = benchmark
    if layout == "zip":
        path = tmp_path / "2024-05.zip"
        text = "Month,LSOA name,Crime type\n" + "2024-05,Dudley 012A,Robbery\n" * 3
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("2024-05/2024-05-west-midlands-street.csv", text + "2024-05,,Robbery")
            archive.writestr("2024-05/2024-05-west-midlands-outcomes.csv", "other")
    else:
        path = tmp_path / "counts.parquet"
        columns = {
            "plain": "'Dudley' as area, 'Robbery' as category, '2024-05' as month, 3 as n",
            "lsoa": "unnest(['a', 'b']) as lsoa_code, 'Dudley' as ltla24_name, '2024-05' as month,"
            " 'Robbery' as crime_type, unnest([1, 2]) as n",
        }[layout]
        duckdb.sql(f"copy (select {columns}) to '{path}'")
    (row,) = script.read_counts([path]).to_dict("records")
    assert (row["area"], row["category"], row["month"], row["n"]) == (
        *("Dudley", "Robbery", "2024-05"),
        3,
    )


def test_a_file_of_other_columns_is_named_with_what_was_expected(
    benchmark: Any, tmp_path: Path
) -> None:
    script, _ = benchmark
    path = tmp_path / "other.parquet"
    duckdb.sql(f"copy (select 1 as value, 2 as place) to '{path}'")
    with pytest.raises(SystemExit, match=r"place, value.*Expected area, category, month and n"):
        script.read_counts([path])


def test_a_month_that_an_area_lacks_is_unknown_and_not_zero(benchmark: Any) -> None:
    script, _ = benchmark
    months = pd.period_range("2023-01", periods=30, freq="M").astype(str)
    rows = [("A", "i", m, 100) for m in months if m != "2023-05"]
    rows += [("A", "j", m, 100) for m in months if m not in ("2023-05", "2023-12")]
    rows += [("B", "i", m, 100) for m in months]
    counts = pd.DataFrame(rows, columns=["area", "category", "month", "n"])
    with script.judged_by_neighbours(counts) as connection:
        judged = connection.execute(
            "select area, category, count(*), min(n + neighbours) from judged "
            "group by all order by all"
        ).fetchall()
    # 15 months in each half; without May 2023 the first is one of 4 months and one of 10
    assert judged == [
        ("A", "i", 2 + 8 + 13, 300.0),
        # where the area has other rows in December, no row is zero
        ("A", "j", 2 + 8 + 13, 200.0),
        ("B", "i", 13 + 13, 300.0),
    ]
