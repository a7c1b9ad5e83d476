"""Tables of rates say whom a rate is over, and of which year."""

from __future__ import annotations

from typing import Any

import pytest

from flows.papers.charts.ranked_bars import family_bars
from flows.papers.document import Table
from flows.papers.sections.themes import rates_table

FIGURE: dict[str, Any] = {
    "indicator_name": "Total recorded crime", "period_label": "2025/26 YTD to Sep",
    "area_code": "E22000321", "unit": "count", "rate_per": 1000, "denominator_kind": "residents",
    "population_year": 2024, "rate": 14.86, "rate_lower": 14.17, "rate_upper": 15.56,
    "force_rate": None, "region_rate": None, "country_rate": None, "family_mean_rate": 13.2,
    "family_rank_in_words": "3rd of 4", "family_sentence": None, "force_sentence": None,
    "family_is_illustrative": False, "polarity": "lower_is_better", "rate_sentence": "",
}  # fmt: skip
BURGLARY = FIGURE | {
    "indicator_name": "Residential burglary", "denominator_kind": "households",
    "population_year": 2021,
}  # fmt: skip
CONFIDENCE = FIGURE | {
    "indicator_name": "Public confidence", "unit": "per cent", "rate_per": 100,
    "denominator_kind": "cases", "population_year": None, "rate": 63.9,
}  # fmt: skip


def table(*figures: dict[str, Any]) -> Table:
    [found] = rates_table("crime", figures)
    return found


def test_rates_say_of_which_year_their_people_and_households_are() -> None:
    """Households are of 2021 where residents are of 2024."""
    assert table(FIGURE).note == "Rates are over estimates of residents in 2024."
    assert table(BURGLARY, FIGURE).note == (
        "Rates are over estimates of households in 2021, residents in 2024."
    )


@pytest.mark.parametrize("age", [16, 18])
def test_women_are_of_the_age_that_the_figure_is_over(age: int) -> None:
    """The setting adult_female_age can be 18, and the paper said 16."""
    sentence = f"That is 20.7 per 10,000 women aged {age} and over (population of 2024)."
    marac = {"rate_per": 10000, "denominator_kind": "adult_females", "rate_sentence": sentence}
    found = table(FIGURE | marac)
    assert found.caption.startswith(f"Crime: rates per 10,000 women aged {age} and over")
    assert found.note == f"Rates are over estimates of women aged {age} and over in 2024."


def test_percentages_are_no_rates_per_100_cases() -> None:
    found = table(CONFIDENCE)
    assert found.caption.startswith("Crime: per cent, 2025/26")
    assert found.columns[1].heading == "Figure, %"
    assert found.note == ""
    chart = family_bars([CONFIDENCE | {"area_name": "Rugby"}], CONFIDENCE, "Finding", "Returns")
    assert chart.subtitle.startswith("Public confidence, per cent, 2025/26")
    assert chart.table is not None
    assert chart.table.columns[1].heading == "Figure, %"
    of_people = family_bars([FIGURE | {"area_name": "Rugby"}], FIGURE, "Finding", "Extract")
    assert of_people.table is not None
    assert of_people.table.columns[1].heading == "Rate per 1,000"
