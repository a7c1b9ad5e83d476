"""What is expected of each family list: a row per load in force."""

from expectations.every_load import whole_load
from expectations.suites import expect_none, suite

_ASK = "Correct the list, and put it into the inbox under a newer extract date."

SUITE = suite(
    "source",
    "families",
    [
        *whole_load(_ASK),
        expect_none(
            "areas_unknown",
            "Every area and member is one of data/seeds/areas.csv, by name or code.",
            "Write the area as in areas.csv; a member that is none of them has no rank.",
            severity="warning",
        ),
        expect_none(
            "sizes_unusual",
            "A family of the scheme msf has 15 members and one of cipfa 16, the area itself "
            "among them.",
            "Compare the list with its source: second of twelve is not second of fifteen. "
            "Lists of different dates need different valid_from.",
            severity="warning",
        ),
    ],
)
