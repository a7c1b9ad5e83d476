"""What is expected of each file of counts from a force: a row per load in force."""

from expectations.every_load import areas_named, indicators_named, source_suite
from expectations.suites import expect_none

_NEW_FILE = (
    "Ask the force for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = source_suite(
    "force_counts",
    [
        *areas_named(_NEW_FILE),
        indicators_named("Write the indicator by its id, or declare it in raw/indicators."),
        expect_none(
            "months_not_over",
            "Every month was over on the extract date.",
            "Nothing, if the month was unfinished: its count is kept and not used. Correct the "
            "date of the inbox folder if the month was over.",
            severity="warning",
        ),
    ],
    _NEW_FILE,
)
