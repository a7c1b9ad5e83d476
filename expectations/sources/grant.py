"""What is expected of each grant document: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "grant",
    [
        *whole_load(_NEW_FILE),
        *areas_named(_NEW_FILE),
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
