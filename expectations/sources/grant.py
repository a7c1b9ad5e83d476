"""What is expected of each grant document: a row per load in force."""

from expectations.every_load import NEW_FILE, areas_named, source_suite
from expectations.suites import expect_none

SUITE = source_suite(
    "grant",
    [
        *areas_named(),
        expect_none(
            "totals_that_differ",
            "The lines of a period sum to its stated total.",
            NEW_FILE,
            severity="warning",
        ),
        expect_none(
            "spend_above_available",
            "No line is spent beyond allocation and carry-forward.",
            NEW_FILE,
            severity="warning",
        ),
    ],
)
