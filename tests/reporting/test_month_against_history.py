"""What the heading of the chart says of a month beside the same month of earlier years."""

from __future__ import annotations

from datetime import date

import pytest

from flows.papers.charts.history import month_against_history


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ("above", "is above what earlier years lead to expect"),
        ("within", "is within what earlier years lead to expect"),
        # 0 to 4,817 from two earlier years
        ("history too short", "has too short a history to say whether it is as expected"),
        # one earlier year since a break: there is no range
        (None, "has too short a history to say whether it is as expected"),
    ],
)
def test_the_heading_says_what_the_range_can_tell(against: str | None, said: str) -> None:
    row = {
        "indicator_name": "Total recorded crime", "area_name": "Dudley",
        "period_label": "Sep 2017", "month": date(2017, 9, 1), "value": 1800.0,
        "expected_lower": 0.0, "expected_upper": 4817.0, "against_expected": against,
    }  # fmt: skip
    chart = month_against_history([row], "A force")
    assert chart.title == f"Total recorded crime in Dudley: Sep 2017 {said}"
    assert chart.title in chart.alternative
