"""A source that states a longer period and the shorter ones it is made of: do they agree?"""

from __future__ import annotations

from datetime import date
from typing import Any

FILLINGS = (
    "source varchar, indicator_id varchar, area_code varchar, period_type varchar,"
    " period_end date, grain varchar, grain_order bigint, value_kind varchar,"
    " months_supplied bigint, numerator double, denominator double, stated_value double"
)
PERIODS = (
    "period_type varchar, period_label varchar, period_start date, period_end date,"
    " months_expected bigint"
)
JUNE, SEPTEMBER, MARCH = date(2025, 6, 30), date(2025, 9, 30), date(2026, 3, 31)
ORDER = {"month": 1, "quarter": 2, "whole": 3}


def filling(
    indicator: str, grain: str, numerator: float | None, denominator: float | None = None,
    value: float | None = None, *, period: tuple[str, date] = ("ytd", SEPTEMBER), months: int = 6,
    area: str = "A",
) -> tuple[Any, ...]:  # fmt: skip
    kind = "count" if denominator is None and value is None else "proportion"
    place = ("partner_returns", indicator, area, *period)
    return *place, grain, ORDER[grain], kind, months, numerator, denominator, value


def test_a_statement_is_held_against_what_its_shorter_periods_add_up_to(models: Any) -> None:
    models.fill(
        "int_periods",
        PERIODS,
        [
            ("ytd", "2025/26 YTD to Sep", date(2025, 4, 1), SEPTEMBER, 6),
            ("quarter", "2025/26 Q2", date(2025, 7, 1), SEPTEMBER, 3),
            ("quarter", "2025/26 Q1", date(2025, 4, 1), JUNE, 3),
            ("financial_year", "2025/26", date(2025, 4, 1), MARCH, 12),
            ("ytd", "2025/26 YTD to Mar", date(2025, 4, 1), MARCH, 12),
        ],
    )
    models.fill("areas", "area_code varchar, area_name varchar", [("A", "Dudley"), ("B", "Leeds")])
    year = [("financial_year", MARCH), ("ytd", MARCH)]
    models.fill(
        "int_period_fillings",
        FILLINGS,
        [
            # 310 and 300 of 500 each are 61 per cent, and the half year says 64
            filling("confidence", "quarter", 610, 1000),
            filling("confidence", "whole", 640, 1000),
            # the same as a per cent without its counts, rounded
            filling("rounded", "quarter", 611, 1000),
            filling("rounded", "whole", None, None, 61.05),
            # not all of the shorter ones are there
            filling("part", "quarter", 5, months=3),
            filling("part", "whole", 12),
            # months, which are published, agree; quarters do not count beside them
            filling("finest", "month", 12, area="B"),
            filling("finest", "quarter", 11, area="B"),
            filling("finest", "whole", 12, area="B"),
            # a quarter and its months
            filling("quarter", "month", 7, period=("quarter", SEPTEMBER), months=3),
            filling("quarter", "quarter", 9, period=("quarter", SEPTEMBER), months=3),
            # each quarter beside its own months, and one whose months are not given beside none
            filling("two quarters", "month", 20, period=("quarter", JUNE), months=3),
            filling("two quarters", "quarter", 20, period=("quarter", JUNE), months=3),
            filling("two quarters", "quarter", 30, period=("quarter", SEPTEMBER), months=3),
            # a year is a year to date too, and is named once
            *(filling("year", "quarter", 40, period=one, months=12) for one in year),
            *(filling("year", "whole", 41, period=one, months=12) for one in year),
        ],
    )
    models.build("int_periods_stated_twice")
    found = {
        (r["indicator_id"], r["area_name"], r["period_label"]): (
            r["stated_figure"],
            r["figure_of_shorter_periods"],
            r["agrees"],
        )
        for r in models.rows("from int_periods_stated_twice")
    }
    assert found == {
        ("confidence", "Dudley", "2025/26 YTD to Sep"): (64.0, 61.0, False),
        ("rounded", "Dudley", "2025/26 YTD to Sep"): (61.05, 61.1, True),
        ("finest", "Leeds", "2025/26 YTD to Sep"): (12.0, 12.0, True),
        ("quarter", "Dudley", "2025/26 Q2"): (9.0, 7.0, False),
        ("two quarters", "Dudley", "2025/26 Q1"): (20.0, 20.0, True),
        ("year", "Dudley", "2025/26"): (41.0, 40.0, False),
    }
    assert len(models.rows("from int_periods_stated_twice")) == len(found)
