"""What is expected of each file of anti-social behaviour: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "asb",
    [
        *whole_load(_NEW_FILE),
        *areas_named(_NEW_FILE),
        expect_none("unhashed_keys", "Every key of a person or place is a keyed hash.", _NEW_FILE),
        expect_none(
            "rows_without_place", "Every row names its ward or LSOA.", _NEW_FILE, severity="warning"
        ),
    ],
)
