"""What is expected of each file of counts from a force: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = (
    "Ask the force for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "force_counts",
    [
        *whole_load(_NEW_FILE),
        *areas_named(_NEW_FILE),
        expect_none(
            "rows_without_key_or_count",
            "Every row has an area, an indicator, a month and a count.",
            _NEW_FILE,
        ),
        expect_none("counts_not_whole", "Every count is whole and not negative.", _NEW_FILE),
        expect_none(
            "rows_of_unknown_indicator",
            "Every indicator is one of data/seeds/indicators.csv.",
            "Write the indicator by its id, or add it to the list of indicators.",
            severity="warning",
        ),
        expect_none(
            "months_not_over",
            "Every month was over on the extract date.",
            "Nothing, if the month was unfinished: its count is kept and not used. Correct the "
            "date of the inbox folder if the month was over.",
            severity="warning",
        ),
    ],
)
