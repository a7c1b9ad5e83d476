"""Places, exceptions and rates that a draft gives in words, against the publication."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Check


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "On recorded crime per head, Bradford had the highest rate of the five districts in "
            "July 2018 and Leeds came second.",
            "On recorded crime per head, Bradford had the highest rate of the five districts in "
            "July 2018 and Wakefield came second.",
        ),
        (
            "Compared with July 2017, incidents of anti-social behaviour in July 2018 were lower "
            "in four of the five West Yorkshire districts; the exception was Kirklees.",
            "Compared with July 2017, incidents of anti-social behaviour in July 2018 were lower "
            "in four of the five West Yorkshire districts; the exception was Calderdale.",
        ),
        (
            "Across the force area total recorded crime rose in July 2018, and nowhere was the "
            "percentage increase larger than in Wakefield.",
            "Across the force area total recorded crime rose in July 2018, and nowhere was the "
            "percentage increase larger than in Leeds.",
        ),
        (
            "Leeds recorded 8,865 crimes in July 2018, roughly one for every ninety people.",
            "Leeds recorded 8,865 crimes in July 2018, roughly one for every fifty people.",
        ),
        (
            "Dudley finished the first half of 2017/18 with 10,545 recorded crimes, a monthly "
            "average of 1,758.",
            "Dudley finished the first half of 2017/18 with 10,545 recorded crimes, a monthly "
            "average of 1,578.",
        ),
    ],
)
def test_the_true_one_is_not_contradicted_and_the_false_one_is(
    check: Check, true: str, false: str
) -> None:
    assert check(true).contradicted == []
    assert check(false).contradicted


@pytest.mark.parametrize(("left", "is_wrong"), [("28", False), ("38", True)])
def test_what_is_left_of_a_total_is_what_the_parts_leave(
    check: Check, left: str, is_wrong: bool
) -> None:
    parts = "Leeds had 131, Bradford 77, Kirklees 48, Wakefield 24 and Calderdale 19"
    text = (
        f"Robbery in West Yorkshire numbered 327 in July 2018. {parts}, which leaves {left} with "
        "no usable location; the data quality team, two analysts strong, will look into these."
    )
    assert bool(check(text).contradicted) == is_wrong
