"""What is expected of each table of people or households: a row per load in force."""

from expectations.every_load import whole_load
from expectations.suites import expect_none, suite

_LOOK = "Open the file beside the landed rows; if its layout is new, fix the reader."

SUITE = suite(
    "source",
    "population",
    [
        *whole_load(_LOOK),
        expect_none("numbers_not_usable", "No number is negative or without a year.", _LOOK),
        expect_none(
            "years_ahead",
            "No estimate is of a year after the extract.",
            "A projection is no estimate: leave it out, or correct the date of the inbox folder.",
            severity="warning",
        ),
        expect_none(
            "ages_beyond_the_total",
            "The single ages of an area sum to its total of all ages.",
            "Compare the file's totals with its ages; one of its sheets may be of another year.",
            severity="warning",
        ),
    ],
)
