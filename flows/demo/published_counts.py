"""The sums that partnership reports printed, which the synthetic records are made to add up to.

Dudley: report on quarter 2 of 2017/18. Wolverhampton: reports on 2015/16 and 2017/18. First
quarters follow by subtraction from the year to date, earlier years from the printed change.
"""

from __future__ import annotations

from datetime import date

Segment = tuple[date, date, int]
"""First and last month of a span, and the sum over it."""


def _span(first: str, last: str, total: int) -> Segment:
    return date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"), total


PRINTED: dict[tuple[str, str], tuple[Segment, ...]] = {
    ("Dudley", "total_recorded_crime"): (
        _span("2016-04", "2016-06", 4273),
        _span("2016-07", "2016-09", 4823),
        _span("2017-04", "2017-06", 5314),
        _span("2017-07", "2017-09", 5231),
    ),
    ("Dudley", "domestic_abuse"): (
        _span("2016-04", "2016-09", 1061),
        _span("2017-04", "2017-09", 1236),
    ),
    ("Dudley", "hate_crime"): (
        _span("2016-04", "2016-06", 60),
        _span("2016-07", "2016-09", 73),
        _span("2017-04", "2017-06", 86),
        _span("2017-07", "2017-09", 69),
    ),
    ("Dudley", "asb_calls_for_service"): (
        _span("2016-04", "2016-06", 8324),
        _span("2016-07", "2016-09", 9020),
        _span("2017-04", "2017-06", 9259),
        _span("2017-07", "2017-09", 9344),
    ),
    ("Dudley", "public_place_violence"): (
        _span("2016-04", "2016-06", 627),
        _span("2016-07", "2016-09", 667),
        _span("2017-04", "2017-06", 742),
        _span("2017-07", "2017-09", 662),
    ),
    ("Dudley", "marac_cases"): (
        _span("2015-10", "2016-09", 329),
        _span("2016-10", "2017-09", 398),
    ),
    ("Dudley", "marac_repeat_cases"): (
        _span("2015-10", "2016-09", 80),
        _span("2016-10", "2017-09", 89),
    ),
    ("Wolverhampton", "total_recorded_crime"): (
        _span("2016-04", "2017-03", 18684),
        _span("2017-04", "2018-03", 21225),
    ),
    ("Wolverhampton", "knife_crime"): (
        _span("2016-04", "2017-03", 182),
        _span("2017-04", "2018-03", 212),
    ),
    ("Wolverhampton", "marac_cases"): (
        _span("2014-04", "2015-03", 598),
        _span("2015-04", "2016-03", 620),
        _span("2017-04", "2018-03", 651),
    ),
}

GRANT_LINES_2015_16 = (214_000, 44_000, 66_000, 35_000, 27_000, 7_500, 99_000)
"""Wolverhampton's lines in pounds; they were printed under a total of 493,000."""

OPIATE_CLIENTS, OPIATE_COMPLETIONS, OPIATE_TOP_QUARTILE = 1136, 91, 9.33
"""Wolverhampton 2015/16: 1.32 points below the top quartile, which is about 15 people."""

ALCOHOL_COMPLETIONS, ALCOHOL_COMPLETIONS_ENGLAND = 45.2, 39.2
"""Wolverhampton 2015/16, per cent."""
