"""Charts, trends and forecasts of a series are the same whether it stands alone or among others.

Eight series share sources, indicators and areas in every combination and differ in all else: a join
or a window that leaves out a key mixes them.
"""

from __future__ import annotations

import calendar
import random
from datetime import date
from itertools import product
from typing import Any

import pytest

Series = tuple[str, str, str]
SERIES: list[Series] = list(product(("s", "t"), ("i", "j"), ("A", "B")))
MODELS = (
    "int_chart_months",
    "int_control_limits",
    "int_control_chart_points",
    "int_seasonality",
    "int_forecast_origins",
    "int_year_end_forecasts",
    "int_trend_windows",
    "int_trend_fits",
    "int_trends",
)
VALUES = (
    "source varchar, indicator_id varchar, area_code varchar, period_type varchar,"
    " period_label varchar, period_start date, period_end date, end_month_number bigint,"
    " is_complete boolean, value_kind varchar, value double"
)
RATES = (
    VALUES + ", rate double, rate_lower double, rate_upper double, numerator double,"
    " denominator double"
)
BREAKS = [
    ("s", "i", "A", date(2021, 9, 15), "of one series"),
    ("t", "*", "*", date(2020, 12, 1), "of one source"),
    ("*", "j", "FB", date(2021, 3, 1), "of one force"),
    ("s", "i", "A", date(2021, 9, 20), "and of the same month"),
]


def month(number: int) -> tuple[date, date]:
    year, place = divmod(number, 12)
    return date(year, place + 1, 1), date(year, place + 1, calendar.monthrange(year, place + 1)[1])


def monthly(series: Series, *, kind: str = "count") -> list[tuple[Any, ...]]:
    draw = random.Random("".join(series))  # noqa: S311 - made-up counts, no secret
    level, rows = draw.randint(20, 200), []
    first = 2019 * 12 + 3 + draw.randint(0, 5)
    for number in range(first, 2022 * 12 + 8):
        if number == first + 17 and series[1] == "i":
            continue  # a month is missing
        start, end = month(number)
        # a jump now and then, a step, and months far above and below
        value = (
            level + draw.randint(-9, 9) + (60 if number % 11 == 3 else 0) + (number > 24260) * 30
        )
        rows.append((*series, "month", f"{start:%b %Y}", start, end, number + 1, True, kind, value))
    return rows


def yearly(series: Series) -> list[tuple[Any, ...]]:
    draw = random.Random("y".join(series))  # noqa: S311 - made-up counts, no secret
    rows = []
    for kind, closes in (("financial_year", 2), ("calendar_year", 11)):
        step = draw.randint(-90, 90)
        for year in range(2014, 2022):
            if year == 2016 and series == ("s", "j", "B"):
                continue
            number = year * 12 + closes
            start, _ = month(number - 11)
            value = float(1000 + step * (year - 2014) + draw.randint(-20, 20))
            rate = value / 10
            rows.append(
                (
                    *(*series, kind, str(year), start, month(number)[1], number + 1, True, "count"),
                    *(value, rate, rate - 5, rate + 6, value, 10_000.0),
                )
            )
    return rows


def built(models: Any, chosen: list[Series]) -> dict[str, list[tuple[Any, ...]]]:
    models.fill("int_period_values", VALUES, [row for s in chosen for row in monthly(s)])
    models.fill("int_period_rates", RATES, [row for s in chosen for row in yearly(s)])
    models.fill(
        "areas",
        "area_code varchar, area_type varchar, force_code varchar",
        [("A", "csp", "FA"), ("B", "force", "FB"), ("U", "location_unknown", "FA")],
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, polarity varchar",
        [(indicator, "lower_is_better") for indicator in {series[1] for series in chosen}],
    )
    models.fill(
        "int_breaks",
        "source varchar, indicator_id varchar, area_code varchar, break_date date,"
        " break_note varchar",
        BREAKS,
    )
    models.build(*MODELS)
    return {
        model: models.connection.execute(f"from {model} order by all").fetchall()
        for model in MODELS
    }


@pytest.fixture(scope="module")
def together(models: Any) -> dict[str, list[tuple[Any, ...]]]:
    return built(models, SERIES)


@pytest.mark.parametrize("series", SERIES, ids="-".join)
def test_alone_and_among_others(
    models: Any, together: dict[str, list[tuple[Any, ...]]], series: Series
) -> None:
    alone = built(models, [series])
    for model in MODELS:
        assert together[model], model
        assert [row for row in together[model] if row[:3] == series] == alone[model], model


def test_breaks_begin_segments_of_the_series_that_they_name(models: Any) -> None:
    built(models, SERIES)
    starts = {
        (*row[:3], row[3])
        for row in models.connection.execute(
            "select distinct source, indicator_id, area_code, segment_start from int_chart_months "
            "where segment > 1"
        ).fetchall()
    }
    september, december, march = date(2021, 9, 1), date(2020, 12, 1), date(2021, 3, 1)
    assert starts == {
        ("s", "i", "A", september),
        *(("t", i, a, december) for i in "ij" for a in "AB"),
        *((s, "j", "B", march) for s in "st"),
    }
    notes = models.connection.execute(
        "select distinct break_note from int_chart_months where (source, indicator_id, area_code) "
        "= ('s', 'i', 'A') and segment = 2"
    ).fetchall()
    assert notes == [("and of the same month; of one series",)]


def test_a_gap_ends_a_stretch_and_nothing_else_does(models: Any) -> None:
    built(models, [("s", "j", "A"), ("s", "i", "B")])
    stretches = models.connection.execute(
        "select indicator_id, count(distinct stretch) from int_chart_months group by 1 order by 1"
    ).fetchall()
    assert stretches == [("i", 2), ("j", 1)]


@pytest.mark.parametrize(
    ("changed", "drawn"),
    [
        ({}, True),
        ({3: "quarter"}, False),
        ({8: False}, False),
        ({9: "proportion"}, False),
        ({10: None}, False),
        ({2: "U"}, False),
        ({2: "nowhere"}, False),
        ({2: "B"}, True),
    ],
)
def test_charts_are_of_complete_monthly_counts_of_partnerships_and_forces(
    models: Any, changed: dict[int, Any], drawn: bool
) -> None:
    built(models, [("s", "j", "A")])
    row = list(monthly(("s", "j", "A"))[0])
    for place, cell in changed.items():
        row[place] = cell
    models.fill("int_period_values", VALUES, [tuple(row)])
    models.build("int_chart_months")
    assert bool(models.rows("from int_chart_months")) is drawn


@pytest.mark.parametrize(
    ("broken_on", "crossed"),
    [
        (date(2012, 4, 1), {2014, 2015, 2016}),
        # five years to March 2018 begin with April 2013
        (date(2013, 4, 1), {2014, 2015, 2016, 2017}),
        (date(2013, 4, 2), {2014, 2015, 2016, 2017, 2018}),
        (date(2018, 3, 31), {2018, 2019, 2020, 2021}),
        (date(2018, 4, 1), {2019, 2020, 2021}),
    ],
)
def test_a_trend_knows_the_breaks_of_its_five_years(
    models: Any, broken_on: date, crossed: set[int]
) -> None:
    built(models, [("s", "j", "A")])
    models.fill(
        "int_breaks",
        "source varchar, indicator_id varchar, area_code varchar, break_date date,"
        " break_note varchar",
        [("s", "j", "A", broken_on, "note")],
    )
    models.build("int_trend_windows")
    rows = models.rows("from int_trend_windows where period_type = 'financial_year'")
    assert {r["period_end"].year for r in rows if r["has_break"]} == {
        year for year in crossed if year >= 2014
    }
