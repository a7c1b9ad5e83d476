"""What is expected of each table of people or households: a row per load in force."""

from expectations.every_load import source_suite
from expectations.suites import expect, expect_none

_LOOK = "Open the file beside the landed rows; if its layout is new, fix the reader."

SUITE = source_suite(
    "population",
    [
        expect(
            "years_ahead",
            "newest_year_ahead",
            "No estimate is of a year after the extract.",
            "A projection is no estimate: leave it out, or correct the date of the inbox folder.",
            at_most=0,
            severity="warning",
        ),
        expect_none(
            "ages_beyond_the_total",
            "The single ages of an area sum to its total of all ages.",
            "Compare the file's totals with its ages; one of its sheets may be of another year.",
            severity="warning",
        ),
    ],
    _LOOK,
)
