"""What is expected of each partner return: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import expect_none, suite

_NEW_RETURN = (
    "Ask the partner for a corrected return, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "partner_returns",
    [
        *whole_load(_NEW_RETURN),
        *areas_named(_NEW_RETURN),
        expect_none(
            "rows_without_key",
            "Every figure names its area, its indicator and both ends of its period.",
            _NEW_RETURN,
        ),
        expect_none(
            "rows_without_figure",
            "Every row gives a numerator or a value.",
            _NEW_RETURN,
        ),
        expect_none("negative_figures", "No figure is negative.", _NEW_RETURN),
        expect_none(
            "proportions_above_one",
            "The numerator of a proportion is no more than its denominator.",
            _NEW_RETURN,
        ),
        expect_none(
            "indicators_unknown",
            "Every indicator is one of data/seeds/indicators.csv; a figure of any other is not "
            "shown.",
            "Write the indicator by its id, or add it to the list of indicators.",
            severity="warning",
        ),
        expect_none(
            "periods_backwards",
            "No period ends before it starts.",
            _NEW_RETURN,
        ),
        expect_none(
            "periods_after_extract",
            "No period ends after the return's extract date.",
            "Nothing, if the period was unfinished: its figure is kept and not used. Correct the "
            "extract date of the inbox folder, or the period, if it was over.",
            severity="warning",
        ),
        expect_none(
            "conflicting_figures",
            "A return gives one figure for an area, indicator and period, not two that differ.",
            _NEW_RETURN,
        ),
    ],
)
