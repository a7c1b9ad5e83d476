"""What is expected of each file of breaks: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "breaks",
    [
        *whole_load(_NEW_FILE),
        *areas_named(_NEW_FILE),
        expect_none(
            "unknown_indicators",
            "Every break is of a listed indicator, or of all; a row of any other is not used.",
            _NEW_FILE,
            severity="warning",
        ),
    ],
)
