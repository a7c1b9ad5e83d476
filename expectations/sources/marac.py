"""What is expected of each MARAC file: a row per load in force."""

from expectations.suites import expect, expect_none, suite

ROWS_LOADED_MIN = 1
REJECTED_SHARE_MAX = 0.01

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "marac",
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
        expect_none("unhashed_keys", "Every key of a person is a keyed hash.", _NEW_FILE),
        expect_none("repeats_above_cases", "No quarter has more repeats than cases.", _NEW_FILE),
        expect_none(
            "rows_after_extract",
            "Nothing is of a day after the extract date.",
            _NEW_FILE,
            severity="warning",
        ),
        expect_none(
            "rows_without_perpetrator",
            "Every case names a perpetrator; one that does not is never a repeat.",
            _NEW_FILE,
            severity="warning",
        ),
    ],
)
