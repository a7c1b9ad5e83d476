"""Tables of rates say whom a rate is over, and of which year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.papers.charts.ranked_bars import family_bars
from flows.papers.document import Table
from flows.papers.sections.headline_tables import headline_table
from flows.papers.sections.rate_estimates import estimates_of
from flows.papers.sections.themes import rates_table
from flows.site.pages import notes_on
from flows.site.periods import PeriodFigures
from flows.site.tables import indicator_table

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

NOTED: dict[str, Any] = {
    "source": "force_extract", "source_title": "Extract", "extract_date": date(2025, 10, 12),
    "is_provisional": False, "is_suppressed": False, "verdict": "higher", "break_note": None,
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


def test_rates_of_several_years_name_them_all_and_those_without_a_rate_none() -> None:
    """The site's page of an area has three years side by side."""
    before = FIGURE | {"population_year": 2023}
    withheld = FIGURE | {"population_year": 2022, "rate": None}
    assert estimates_of([FIGURE, BURGLARY, before, withheld, CONFIDENCE]) == [
        "Rates are over estimates of households in 2021, residents in 2023 and 2024."
    ]
    assert notes_on([FIGURE | NOTED])[1] == "Rates are over estimates of residents in 2024."


def test_a_stated_rate_keeps_its_decimal_beside_itself() -> None:
    """19.9 MARAC cases per 10,000 women stood as a figure of 20 beside a rate of 19.9."""
    marac = FIGURE | NOTED | {
        "unit": "per 10,000", "value": 19.94, "previous_value": 21.3, "change": -1.36,
        "change_pp": None, "change_pct": None, "change_pct_is_unreliable": None,
    }  # fmt: skip
    cells = headline_table([marac, marac | {"period_label": "2024/25"}]).rows[0]
    assert cells[2:5] == ("19.9", "21.3", "\N{MINUS SIGN}1.4")


def test_the_limits_of_a_small_rate_have_its_decimals() -> None:
    """A rate of 0.06 is not between 0.0 and 0.1."""
    row = FIGURE | NOTED | {
        "rate": 0.0585, "rate_lower": 0.0235, "rate_upper": 0.1206, "value": 7.0,
        "previous_value": 11.0, "change": -4.0, "change_pp": None, "change_pct": None,
        "change_pct_is_unreliable": True, "area_name": "Rugby", "area_type": "csp",
        "force_name": "Warwickshire",
    }  # fmt: skip
    table = indicator_table("Knife crime", PeriodFigures("k", "ytd", "2025/26 YTD to Sep", [row]))
    [(_, cells)] = table.rows
    assert cells[-3:-1] == ["0.06 per 1,000", "0.02 to 0.12"]


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
