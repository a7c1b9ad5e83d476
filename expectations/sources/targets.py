"""What is expected of each file of targets: a row per load in force."""

from expectations.suites import expect, expect_none, suite

ROWS_LOADED_MIN = 1
REJECTED_SHARE_MAX = 0.01

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "targets",
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
            "unknown_indicators", "Every target is of an indicator in the list.", _NEW_FILE
        ),
        expect_none(
            "proportions_above_hundred", "A target of a per cent is no more than 100.", _NEW_FILE
        ),
    ],
)
