"""What is expected of each file of recorded crime open data: a row per load in force."""

from expectations.every_load import periods_over, source_suite
from expectations.suites import expect_none

_LOOK = "Look at the rejects beside the copy in quarantine, and fetch the file again."

SUITE = source_suite(
    "recorded_crime_open_data",
    [
        expect_none("counts_not_whole", "Every count is whole (it can be below 0).", _LOOK),
        expect_none(
            "rows_repeated",
            "A file gives one count for an area, quarter, offence code and description.",
            "Ask the publisher which of the two counts is right; both are summed as it stands.",
            severity="warning",
        ),
        expect_none(
            "codes_unknown",
            "Every offence code is one of data/seeds/offence_codes.csv.",
            "Add the code to offence_codes.csv and offence_indicators.csv; it counts in no "
            "indicator until then, the total included.",
            severity="warning",
        ),
        expect_none(
            "forces_unknown",
            "Every force is one of data/seeds/areas.csv, or a body that records fraud centrally.",
            "Add the spelling to int_recorded_crime_open_data__vintages.",
            severity="warning",
        ),
        periods_over("Correct the date of the inbox folder: it is the day of publication."),
    ],
    _LOOK,
)
