"""What is expected of each grant document: a row per load in force."""

from expectations.suites import expect, expect_none, suite

ROWS_LOADED_MIN = 1
REJECTED_SHARE_MAX = 0.01

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "grant",
    [
        expect(
            "rows_loaded",
            "rows_loaded",
            "Every file brought at least one row.",
            _NEW_FILE,
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
            "No more than a hundredth of a file's rows is rejected.",
            _NEW_FILE,
            at_most=REJECTED_SHARE_MAX,
        ),
        expect(
            "rows_rejected",
            "rows_rejected",
            "No row of the file is rejected.",
            _NEW_FILE,
            at_most=0,
            severity="warning",
        ),
        expect_none(
            "totals_that_differ",
            "The lines of a period sum to its stated total.",
            _NEW_FILE,
            severity="warning",
        ),
        expect_none(
            "spend_above_available",
            "No line is spent beyond allocation and carry-forward.",
            _NEW_FILE,
            severity="warning",
        ),
    ],
)
