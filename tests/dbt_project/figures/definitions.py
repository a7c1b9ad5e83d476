"""The definitions of periods and intervals, written a second time and without the models.

Months are running numbers, January of the year 0 being 0; SciPy has the statistics.
"""

from __future__ import annotations

import calendar
import math
from datetime import date
from functools import cache
from typing import Any

from scipy import stats

#: Tables of the dispersion of changes, for tests of series without monthly history.
NO_DISPERSION = {
    "int_change_dispersion": "source varchar, indicator_id varchar, area_code varchar,"
    " change_dispersion double, is_own_history boolean",
    "int_indicator_dispersion": "indicator_id varchar, slope double, exponent double,"
    " prior_degrees double, degrees_of_freedom double",
}
FIRST, LAST = 2015 * 12 + 3, 2019 * 12 + 2  # April 2015 to March 2019


def compare_periods(models: Any) -> None:
    """Build int_period_comparisons from observations, without history or rates of other models."""
    models.fill(
        "int_source_denominators",
        "source varchar, area_code varchar, population_kind varchar, period_start date,"
        " period_end date, population_year bigint, population double",
        [],
    )
    models.build("int_periods", "int_period_months", "int_period_fillings", "int_period_values")
    models.connection.execute(
        "create or replace table int_derived_rates as from int_period_values limit 0"
    )
    # no monthly history: the exact Poisson test stands (test_dispersion.py asks for the others)
    for table, columns in NO_DISPERSION.items():
        models.fill(table, columns, [])
    models.build("int_policy_rates", "int_period_rates", "int_period_comparisons")


def start(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def end(month: int) -> date:
    year, place = divmod(month, 12)
    return date(year, place + 1, calendar.monthrange(year, place + 1)[1])


@cache
def periods() -> list[tuple[str, str, int, int]]:
    """Every period as (type, label, first month, last month)."""
    found = []
    for m in range(FIRST - 24, LAST + 25):
        name, year = calendar.month_abbr[m % 12 + 1], m // 12
        begins = year if m % 12 >= 3 else year - 1
        april = begins * 12 + 3
        financial = f"{begins}/{(begins + 1) % 100:02d}"
        found.append(("month", f"{name} {year}", m, m))
        if m % 3 == 2:
            found.append(("quarter", f"{financial} Q{(m - april) // 3 + 1}", m - 2, m))
        found.append(("ytd", f"{financial} YTD to {name}", april, m))
        found.append(("rolling_12", f"12 months to {name} {year}", m - 11, m))
        if m % 12 == 2:
            found.append(("financial_year", financial, april, m))
        if m % 12 == 11:
            found.append(("calendar_year", str(year), m - 11, m))
    return found


def filling(series: dict[Any, Any], kind: str, first: int, last: int) -> tuple[float, int] | None:
    """Count and months of the finest grain that covers, else of the one with most months."""
    candidates = []
    for order, grain in enumerate(("month", "quarter", "whole")):
        parts = {}
        for (a, b), told in series.items():
            own = "month" if a == b else "quarter" if b == a + 2 and a % 3 == 0 else "whole"
            inside = first <= a and b <= last
            if own == grain and (inside if grain != "whole" else (a, b) == (first, last)):
                parts[a, b] = told
        if not parts:
            continue
        if kind in ("ytd", "rolling_12") and max(b for _, b in parts) != last:
            continue
        seen = sum(b - a + 1 for a, b in parts)
        supplied = sum(b - a + 1 for (a, b), (_, ok) in parts.items() if ok)
        whole = supplied == last - first + 1
        key = (not whole, 0 if whole else -seen, order)
        candidates.append((key, sum(count for count, _ in parts.values()), supplied))
    return min(candidates)[1:] if candidates else None


@cache
def interval(count: float) -> tuple[float, float]:
    if count < 10:
        low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
        return low, stats.chi2.ppf(0.975, 2 * count + 2) / 2
    z = stats.norm.ppf(0.975)
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
