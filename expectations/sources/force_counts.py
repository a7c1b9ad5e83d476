"""What is expected of each file of counts from a force: a row per load in force."""

from expectations.suites import expect, expect_none, suite

ROWS_LOADED_MIN = 1
REJECTED_SHARE_MAX = 0.01

_NEW_FILE = (
    "Ask the force for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "force_counts",
    [
        expect(
            "rows_loaded",
            "rows_loaded",
            "Every file brought at least one count.",
            _NEW_FILE,
            at_least=ROWS_LOADED_MIN,
        ),
        expect_none(
            "rows_unaccounted",
            "Every count read was either loaded or rejected.",
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
            "No more than a hundredth of a file's counts is rejected.",
            _NEW_FILE,
            at_most=REJECTED_SHARE_MAX,
        ),
        expect(
            "rows_rejected",
            "rows_rejected",
            "No count of the file is rejected.",
            _NEW_FILE,
            at_most=0,
            severity="warning",
        ),
        expect_none(
            "rows_without_key_or_count",
            "Every row has an area, an indicator, a month and a count.",
            _NEW_FILE,
        ),
        expect_none("counts_not_whole", "Every count is whole and not negative.", _NEW_FILE),
        expect_none(
            "rows_of_unknown_indicator",
            "Every indicator is one of data/seeds/indicators.csv.",
            "Write the indicator by its id, or add it to the list of indicators.",
            severity="warning",
        ),
        expect_none(
            "months_not_over",
            "Every month was over on the extract date.",
            "Correct the date of the inbox folder; the count of an unfinished month is not final.",
            severity="warning",
        ),
    ],
)
