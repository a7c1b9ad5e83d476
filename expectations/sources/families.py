"""What is expected of each family list: a row per load in force."""

from expectations.every_load import areas_named, source_suite
from expectations.suites import expect_none

_ASK = "Correct the list, and put it into the inbox under a newer extract date."

SUITE = source_suite(
    "families",
    [
        *areas_named("Write the area as in areas.csv; a member that is none of them has no rank."),
        expect_none(
            "sizes_unusual",
            "A family of the scheme msf has 15 members and one of cipfa 16, the area itself "
            "among them.",
            "Compare the list with its source: second of twelve is not second of fifteen. "
            "Lists of different dates need different valid_from.",
            severity="warning",
        ),
    ],
    _ASK,
)
