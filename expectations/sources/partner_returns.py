"""What is expected of each partner return: a row per load in force."""

from expectations.suites import expect, expect_none, suite

ROWS_LOADED_MIN = 1
REJECTED_SHARE_MAX = 0.01

_NEW_RETURN = (
    "Ask the partner for a corrected return, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "partner_returns",
    [
        expect(
            "rows_loaded",
            "rows_loaded",
            "Every return brought at least one figure.",
            _NEW_RETURN,
            at_least=ROWS_LOADED_MIN,
        ),
        expect_none(
            "rows_unaccounted",
            "Every row read was either loaded or rejected.",
            "Compare the file with its load record; if both are right, mend the reader.",
        ),
        expect_none(
            "rows_not_landed",
            "The landed Parquet file holds as many rows as its load record says.",
            "Remove the load's record and its Parquet file from the landing, and run again.",
        ),
        expect(
            "rejected_share",
            "rejected_share",
            "No more than a hundredth of a return's rows is rejected.",
            _NEW_RETURN,
            at_most=REJECTED_SHARE_MAX,
        ),
        expect(
            "rows_rejected",
            "rows_rejected",
            "No row of the return is rejected.",
            _NEW_RETURN,
            at_most=0,
            severity="warning",
        ),
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
            "periods_backwards",
            "No period ends before it starts.",
            _NEW_RETURN,
        ),
        expect_none(
            "periods_after_extract",
            "No period ends after the return's extract date.",
            "Correct the extract date of the inbox folder, or the period; figures of an "
            "unfinished period are not final.",
            severity="warning",
        ),
        expect_none(
            "conflicting_figures",
            "A return gives one figure for an area, indicator and period, not two that differ.",
            _NEW_RETURN,
        ),
    ],
)
