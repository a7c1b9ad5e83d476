"""What is expected of each file of targets: a row per load in force."""

from expectations.every_load import NEW_FILE, areas_named, indicators_named, source_suite
from expectations.suites import expect

PERCENTAGE_MAX = 100

SUITE = source_suite(
    "targets",
    [
        *areas_named(),
        indicators_named(),
        expect(
            "largest_percentage",
            "largest_percentage",
            "A percentage target is at most 100.",
            NEW_FILE,
            at_most=PERCENTAGE_MAX,
        ),
    ],
)
