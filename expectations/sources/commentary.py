"""What is expected of each file of commentary: a row per load in force."""

from expectations.every_load import areas_named, whole_load
from expectations.suites import suite

_NEW_FILE = (
    "Ask the author for a corrected file, and put it into the inbox under a newer extract date."
)

SUITE = suite("source", "commentary", [*whole_load(_NEW_FILE), *areas_named(_NEW_FILE)])
