"""What is expected of each file of anti-social behaviour: a row per load in force."""

from expectations.every_load import areas_named, months_supplied, whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)
_MISSING = (
    "Ask the sender for a file with these months. If nothing happened in them, state the file's "
    "months in its name, as in 2017-04_to_2017-09."
)

SUITE = suite(
    "source",
    "asb",
    [
        *whole_load(_NEW_FILE),
        *areas_named(_NEW_FILE),
        months_supplied(_MISSING),
        expect_none("unhashed_keys", "Every key of a person or place is a keyed hash.", _NEW_FILE),
        expect_none(
            "rows_without_place", "Every row names its ward or LSOA.", _NEW_FILE, severity="warning"
        ),
    ],
)
