"""What is expected of each force's crime extract: a row per load in force."""

from expectations.every_load import months_supplied, source_suite
from expectations.suites import expect, expect_none

LOCATION_UNKNOWN_SHARE_MAX = 0.10
PARTNERSHIPS_UNKNOWN_SHARE_MAX = 0.10
UNKNOWN_CODE_SHARE_MAX = 0.01

_NEW_EXTRACT = (
    "Read the rejects file in the quarantine folder, and put a corrected extract into the inbox "
    "under a newer extract date."
)
_MAPPING = "Try the mapping with csp check-mapping FILE, and correct it."

_CODES = (
    "Ask the force for Home Office offence codes, or translate its own in the mapping "
    "(offence_codes). Codes newer than the list: put the reference table of the Home Office's "
    "open data into raw/offence_reference."
)

_PARTNERSHIPS = (
    "Ask the force for an extract with these names corrected, or with the LSOA of each record, and "
    "put it into the inbox under a newer extract date."
)

SUITE = source_suite(
    "force_extract",
    [
        months_supplied("Ask the force for an extract with these months."),
        expect_none(
            "rows_of_unknown_code",
            "Every offence code is one that data/seeds/offence_codes.csv knows on the recorded "
            "date; others count in the total only.",
            _CODES,
            severity="warning",
        ),
        expect(
            "unknown_code_share",
            "unknown_code_share",
            "At most a hundredth of the records have an offence code that is not known on their "
            "recorded date: with more, every figure by offence would be too low.",
            _CODES,
            at_most=UNKNOWN_CODE_SHARE_MAX,
        ),
        expect_none(
            "rows_outside_window",
            "Every record is of a month that the extract covers; others are not counted. The month "
            "of the extract is covered once it is over.",
            "Compare the mapping's window with the recorded dates.",
            severity="warning",
        ),
        expect_none(
            "months_without_records",
            "Every month that the extract covers has records; one without counts as zero.",
            "Compare the mapping's window with the recorded dates: a month without crime is "
            "unlikely.",
            severity="warning",
        ),
        expect_none(
            "rows_recorded_before_committed",
            "No crime was recorded before it was committed.",
            "Ask the force which of the two dates is wrong; figures go by the recorded one.",
            severity="warning",
        ),
        expect_none(
            "marker_words_unread",
            "Every marker's words are under yes or no in the mapping; others count as not marked.",
            _MAPPING,
            severity="warning",
        ),
        expect_none(
            "indicators_missing",
            "An extract has records of every usual category of crime, and every marker's column is "
            "filled in every month that it covers; what is left out is not supplied.",
            "Where the extract is of selected offences, nothing. Otherwise ask the force for all "
            "offences, or for an extract in which the column is filled, or for the month from "
            "which it is recorded.",
            severity="warning",
        ),
        expect_none(
            "repeated_references",
            "Crime references are unique; a record for each victim would be counted for each.",
            "Ask the force for one row a crime.",
            severity="warning",
        ),
        expect(
            "location_unknown_share",
            "location_unknown_share",
            "Few records lack a partnership or LSOA; such records count as location unknown.",
            "Nothing is lost, but figures by area are low: ask the force about this extract.",
            at_most=LOCATION_UNKNOWN_SHARE_MAX,
            severity="warning",
        ),
        expect_none(
            "partnerships_unknown",
            "Every partnership that a record names is one of data/seeds/areas.csv, or an authority "
            "of data/seeds/local_authorities.csv; a record of any other, without an LSOA, counts "
            "as location unknown.",
            _PARTNERSHIPS,
            severity="warning",
        ),
        expect(
            "partnerships_unknown_share",
            "partnerships_unknown_share",
            "In no month more than a tenth of the records name a partnership that is not known: "
            "with more, the month's figures by area would be too low, or zero.",
            _PARTNERSHIPS,
            at_most=PARTNERSHIPS_UNKNOWN_SHARE_MAX,
        ),
    ],
    _NEW_EXTRACT,
)
