"""What stands in the figures of a period that was supplied in part, late or without a denominator.

Expected values are from the definitions (2, 4, 9, 11), calculated by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dbt_project.figures.definitions import compare_periods

JUNE, SEPTEMBER = date(2025, 6, 30), date(2025, 9, 30)
Q1, Q2 = (date(2025, 4, 1), JUNE), (date(2025, 7, 1), SEPTEMBER)
OBSERVATIONS = (
    "source varchar, indicator_id varchar, area_code varchar, period_start date,"
    " period_end date, months bigint, numerator double, denominator double,"
    " stated_value double, extract_date date"
)
LATE = date(2026, 6, 1)


def observation(
    indicator: str,
    period: tuple[date, date],
    numerator: float | None,
    denominator: float | None = None,
    stated: float | None = None,
    extracted: date = LATE,
) -> tuple[Any, ...]:
    first, last = period
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return ("s", indicator, "A", first, last, months, numerator, denominator, stated, extracted)


def month(year: int, number: int) -> tuple[date, date]:
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), date.fromordinal(following.toordinal() - 1)


def figures(models: Any, *observations: tuple[Any, ...]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Rows of int_period_comparisons by indicator, period type and last day."""
    models.fill("int_observations", OBSERVATIONS, list(observations))
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar, denominator_kind varchar, rate_per bigint,"
        " numerator_indicator_id varchar, denominator_indicator_id varchar",
        [
            ("completions", "proportion", "none", None, None, None),
            ("robbery", "count", "residents", 1000, None, None),
            ("trained", "count", "none", None, None, None),
        ],
    )
    models.fill(
        "int_policy_denominators",
        "denominator_policy varchar, area_code varchar, financial_year bigint,"
        " population_kind varchar, wanted_year bigint, population_year bigint, population double",
        [("own_year", "A", 2025, "residents", 2025, 2025, 1000.0)],
    )
    compare_periods(models)
    return {
        (row["indicator_id"], row["period_type"], row["period_end"]): row
        for row in models.rows("from int_period_comparisons")
    }


def test_a_quarter_without_its_denominator_leaves_the_year_to_date_without_one(
    models: Any,
) -> None:
    """5 of 10, then 30 of an unknown number: 350 % is no year to date."""
    found = figures(
        models, observation("completions", Q1, 5, 10), observation("completions", Q2, 30)
    )
    first = found["completions", "quarter", JUNE]
    assert (first["value"], first["rate"], first["denominator"]) == (50, 50, 10)
    ytd = found["completions", "ytd", SEPTEMBER]
    assert (ytd["value"], ytd["rate"], ytd["denominator"]) == (None, None, None)
    assert (ytd["value_so_far"], ytd["is_complete"], ytd["months_supplied"]) == (None, False, 3)
    assert ytd["rate_missing_because"] == "not every part of the period has its denominator"
    second = found["completions", "quarter", SEPTEMBER]
    assert (second["value"], second["is_complete"], second["months_supplied"]) == (None, False, 0)
    assert second["rate_missing_because"] == "the source gives no denominator"


def test_a_proportion_of_several_periods_is_of_the_sums(models: Any) -> None:
    """5 of 10 and 30 of 40 are 35 of 50: 70 %, not the mean of 50 % and 75 %."""
    found = figures(
        models, observation("completions", Q1, 5, 10), observation("completions", Q2, 30, 40)
    )
    ytd = found["completions", "ytd", SEPTEMBER]
    assert (ytd["value"], ytd["denominator"], ytd["is_complete"]) == (70, 50, True)
    year = found["completions", "financial_year", date(2026, 3, 31)]
    assert (year["value"], year["value_so_far"], year["months_supplied"]) == (None, 70, 6)


def test_per_cents_stated_alone_make_no_longer_period(models: Any) -> None:
    found = figures(
        models,
        observation("completions", Q1, None, None, 60.0),
        observation("completions", Q2, None, None, 70.0),
    )
    assert found["completions", "quarter", SEPTEMBER]["value"] == 70
    ytd = found["completions", "ytd", SEPTEMBER]
    assert (ytd["value"], ytd["value_so_far"], ytd["rate"]) == (None, None, None)


def test_a_partial_count_stands_in_value_so_far_alone(models: Any) -> None:
    counted = [observation("robbery", month(2025, n), 10.0 * n) for n in (4, 5)]
    before = [observation("robbery", month(2024, n), 100.0) for n in (4, 5, 6)]
    year = figures(models, *counted, *before)["robbery", "financial_year", date(2026, 3, 31)]
    assert (year["value"], year["value_so_far"]) == (None, 90)
    assert (year["months_supplied"], year["months_expected"]) == (2, 12)
    assert (year["previous_value"], year["change"], year["rate"]) == (None, None, None)
    assert year["rate_missing_because"] == "2 of 12 months are supplied"


def test_the_year_before_stands_only_beside_a_complete_figure_and_where_it_is_complete(
    models: Any,
) -> None:
    """Five months of six counted 500: no figure of six months."""
    now = [observation("robbery", month(2025, n), 10.0) for n in (4, 5, 6, 7, 8, 9)]
    before = [observation("robbery", month(2024, n), 100.0) for n in (4, 5, 6, 7, 9)]
    found = figures(models, *now, *before)
    ytd = found["robbery", "ytd", SEPTEMBER]
    assert (ytd["value"], ytd["value_so_far"], ytd["previous_value"]) == (60, None, None)
    assert found["robbery", "ytd", date(2025, 7, 31)]["previous_value"] == 400
    earlier = found["robbery", "ytd", date(2024, 9, 30)]
    assert (earlier["value"], earlier["value_so_far"], earlier["months_supplied"]) == (None, 500, 5)


@pytest.mark.parametrize(
    ("indicator", "year", "reason"),
    [
        ("robbery", 2025, None),
        ("robbery", 2024, "no number of residents is known for the area and year"),
        ("trained", 2025, "the indicator is given as a count alone"),
    ],
)
def test_a_figure_without_a_rate_says_why(
    models: Any, indicator: str, year: int, reason: str | None
) -> None:
    found = figures(models, observation(indicator, month(year, 4), 20.0))
    row = found[indicator, "month", month(year, 4)[1]]
    assert row["value"] == 20
    assert row["rate"] == (20 if reason is None else None)
    assert row["rate_missing_because"] == reason


def test_a_period_is_provisional_when_any_of_its_months_is(models: Any) -> None:
    """September was extracted in October; April again the next year, which settles April alone."""
    soon = date(2025, 10, 10)
    found = figures(
        models,
        observation("robbery", month(2025, 4), 1.0, extracted=LATE),
        *(observation("robbery", month(2025, n), 1.0, extracted=soon) for n in range(5, 10)),
    )
    ends = {n: month(2025, n)[1] for n in range(4, 10)}
    # two months (provisional_months) after 31 July is 30 September
    provisional = {n: found["robbery", "month", last]["is_provisional"] for n, last in ends.items()}
    assert provisional == {4: False, 5: False, 6: False, 7: False, 8: True, 9: True}
    years = {n: found["robbery", "ytd", last]["is_provisional"] for n, last in ends.items()}
    assert years == provisional
    again = figures(
        models,
        *(observation("robbery", month(2025, n), 1.0, extracted=soon) for n in range(4, 9)),
        observation("robbery", month(2025, 9), 1.0, extracted=LATE),
    )
    assert again["robbery", "month", SEPTEMBER]["is_provisional"] is False
    assert again["robbery", "ytd", SEPTEMBER]["is_provisional"] is True
    assert again["robbery", "quarter", JUNE]["is_provisional"] is False


@pytest.mark.parametrize(
    ("extracted", "expected"),
    [(date(2018, 11, 29), True), (date(2018, 11, 30), False), (date(2018, 12, 1), False)],
)
def test_two_months_after_its_end_a_figure_is_no_longer_provisional(
    models: Any, extracted: date, expected: bool
) -> None:
    found = figures(models, observation("robbery", month(2018, 9), 1.0, extracted=extracted))
    assert found["robbery", "month", date(2018, 9, 30)]["is_provisional"] is expected
