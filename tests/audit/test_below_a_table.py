"""A line below a table is of what the table's columns say: the year of the latest of them."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Check

TABLE = """## All recorded crime by district

| District | Jul 2017 | Jul 2018 | Change |
|---|---|---|---|
| Bradford | 5,514 | 6,839 | +24.0% |
| Calderdale | 1,856 | 2,162 | +16.5% |
| Kirklees | 3,215 | 3,794 | +18.0% |
| Leeds | 7,664 | 8,865 | +15.7% |
| Wakefield | 2,828 | 3,683 | +30.2% |

"""


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (
            "Recorded crime rose in every district. The steepest increase was in Wakefield.",
            "Recorded crime rose in every district. The steepest increase was in Leeds.",
        ),
        (
            "Recorded crime increased by 16.0% across the force.",
            "Recorded crime increased by 11.0% across the force.",
        ),
    ],
)
def test_a_line_below_a_table_is_of_its_latest_year(check: Check, line: str, wrong: str) -> None:
    assert check(TABLE + line).contradicted == []
    assert check(TABLE + wrong).contradicted


def test_an_area_above_the_forces_rate_is_no_area_that_went_up(check: Check) -> None:
    line = "Bradford was the only district above the force rate of 11.3 per 1,000."
    assert check(TABLE + line).contradicted == []


LEEDS = "Recorded cycle thefts in Leeds increased from 124 in July 2017 to 169 in July 2018. "


@pytest.mark.parametrize(
    "beside",
    [
        "The rate of {} per 1,000 population compares with 0.13 across West Yorkshire.",
        "The rate of {} per 1,000 population is well above the West Yorkshire force (0.13).",
    ],
)
def test_the_area_compared_with_is_not_the_one_spoken_of(check: Check, beside: str) -> None:
    assert check(LEEDS + beside.format("0.21")).contradicted == []
    assert check(LEEDS + beside.format("0.12")).contradicted


def test_a_quarter_when_there_were_more_is_later_than_what_it_is_compared_with(
    check: Check,
) -> None:
    """86 against 60 is a rise: "when there were" before a figure alone is of a time before."""
    half = "Dudley recorded 155 hate crimes between April and September 2017. "
    quarter = (
        "The increase came in the first quarter, when there were 86 offences compared with 60."
    )
    assert check(half + quarter).contradicted == []


def test_a_share_of_pounds_is_of_the_sum_that_is_named_first(check: Check) -> None:
    said = (
        "Of the £351,165 of grant spent in Wolverhampton in 2017/18, £150,123 ({}) went on refuges."
    )
    assert check(said.format("43%")).contradicted == []
    assert check(said.format("34%")).contradicted
