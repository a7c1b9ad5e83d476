"""What is expected of each file of targets: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "targets",
    [
        *whole_load(_NEW_FILE),
        *areas_named(_NEW_FILE),
        expect_none(
            "unknown_indicators",
            "Every target is of an indicator in the list; a row of any other is not used.",
            _NEW_FILE,
            severity="warning",
        ),
        expect_none(
            "proportions_above_hundred", "A target of a per cent is no more than 100.", _NEW_FILE
        ),
    ],
)
