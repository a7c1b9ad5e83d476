"""What is expected of each partner return: a row per load in force."""

from expectations.every_load import areas_named, indicators_named, source_suite
from expectations.suites import expect, expect_none

_NEW_RETURN = (
    "Ask the partner for a corrected return, and put it into the inbox under a newer extract date."
)

SUITE = source_suite(
    "partner_returns",
    [
        *areas_named(_NEW_RETURN),
        indicators_named("Write the indicator by its id, or declare it in raw/indicators."),
        expect(
            "smallest_figure", "smallest_figure", "No figure is negative.", _NEW_RETURN, at_least=0
        ),
        expect_none(
            "proportions_above_one",
            "The numerator of a proportion is no more than its denominator.",
            _NEW_RETURN,
        ),
        expect_none(
            "periods_not_over",
            "No period ends after the return's extract date.",
            "Nothing, if the period was unfinished: its figure is kept and not used. Correct the "
            "extract date of the inbox folder, or the period, if it was over.",
            severity="warning",
        ),
        expect_none(
            "periods_in_no_table",
            "Every period is one that figures are published for: a month, a quarter, April to a "
            "month, or twelve months; a figure of any other is kept and not used.",
            "Ask the partner whether a date is mistyped, or for figures of such periods.",
            severity="warning",
        ),
        expect_none(
            "periods_years_away",
            "No period ends two or more years from every other of the return: its year may be "
            "mistyped. It is counted as it stands.",
            "Ask the partner whether the year is right, and for a corrected return if it is not.",
            severity="warning",
        ),
    ],
    _NEW_RETURN,
)
