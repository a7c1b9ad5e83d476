"""How the models of forecasting libraries do on the same real counts: why none of them is used.

    pip install statsforecast        # brings statsmodels with it
    python benchmarks/forecast_libraries.py PARQUET

PARQUET as for forecast_backtest.py. After each of 24 to 34 known months every model forecasts the
rest of 2025/26 for every series; the error is that of the whole year's figure. Prints a Markdown
table against the naive forecast (the same months of the year before). About three minutes.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]
Model = Callable[[Series, int], Series]

FIRST_KNOWN, LAST_KNOWN, YEAR_END = 24, 34, 35


def main(counts: Path) -> None:
    """Forecast with every model and print how its errors compare."""
    warnings.simplefilter("ignore")
    series = _series(counts)
    naive = _errors(lambda months, ahead: months[-12:][:ahead], series)
    outcome = np.repeat(
        [months[23:YEAR_END].sum() for months in series], LAST_KNOWN - FIRST_KNOWN + 1
    )
    print("| model | error / naive error | scaled | ms a forecast |")
    print("|---|---|---|---|")
    for name, model in _models().items():
        started = time.perf_counter()
        errors = _errors(model, series)
        each = 1000 * (time.perf_counter() - started) / len(errors)
        scaled = (errors / outcome).sum() / (naive / outcome).sum()
        print(f"| {name} | {errors.sum() / naive.sum():.2f} | {scaled:.2f} | {each:.1f} |")


def _errors(model: Model, series: list[Series]) -> Series:
    found = []
    for months in series:
        for known in range(FIRST_KNOWN, LAST_KNOWN + 1):
            forecast = model(months[:known], YEAR_END - known).sum()
            found.append(abs(forecast - months[known:YEAR_END].sum()))
    return np.array(found)


def _models() -> dict[str, Model]:
    from statsforecast import models
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    def of_statsforecast(model: object) -> Model:
        return lambda months, ahead: np.maximum(
            model.forecast(y=months, h=ahead)["mean"],  # type: ignore[attr-defined]
            0,
        )

    def holt_winters(months: Series, ahead: int) -> Series:
        fit = ExponentialSmoothing(months + 1, seasonal="mul", seasonal_periods=12).fit()
        return np.asarray(fit.forecast(ahead) - 1, dtype=np.float64)

    found = {
        f"statsforecast {type(model).__name__}": of_statsforecast(model)
        for model in (
            models.AutoETS(season_length=12),
            models.AutoTheta(season_length=12),
            models.AutoARIMA(season_length=12),
            models.AutoCES(season_length=12),
            models.SimpleExponentialSmoothingOptimized(),
        )
    }
    return {**found, "statsmodels ExponentialSmoothing, multiplicative season": holt_winters}


def _series(counts: Path) -> list[Series]:
    """Return monthly counts of every area and category and of all crime, without ASB."""
    rows = duckdb.execute(
        """
        with read as (
            select ltla24_name as area, crime_type as kind, month, n from read_parquet(?)
            where crime_type <> 'Anti-social behaviour'
        ),
        monthly as (
            select area, kind, month, sum(n)::double as n from read group by all
            union all
            select area, 'Total recorded crime', month, sum(n)::double from read group by all
        )
        select list(n order by month) from monthly group by area, kind order by area, kind
        """,
        [str(counts)],
    ).fetchall()
    return [np.array(months) for (months,) in rows]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
