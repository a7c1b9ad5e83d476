"""What is expected of each MARAC file: a row per load in force."""

from expectations.every_load import NEW_FILE, areas_named, months_supplied, source_suite
from expectations.suites import expect_none

SUITE = source_suite(
    "marac",
    [
        *areas_named(),
        months_supplied(),
        expect_none("unhashed_keys", "Every key of a person is a keyed hash.", NEW_FILE),
        expect_none("repeats_above_cases", "No quarter has more repeats than cases.", NEW_FILE),
        expect_none(
            "rows_after_extract",
            "No case is dated after the extract date.",
            NEW_FILE,
            severity="warning",
        ),
        expect_none(
            "rows_without_perpetrator",
            "Every case names a perpetrator; one that does not is never a repeat.",
            NEW_FILE,
            severity="warning",
        ),
    ],
)
