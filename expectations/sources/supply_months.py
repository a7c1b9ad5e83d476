"""The gate on volumes: what is new of each force's months, against its own history.

A row per dataset, scope (force) and month. The loads that brought a month that fails are held
back; a load that was let through once stays so. In the first spring of the pandemic the railways'
recorded crime fell to about a quarter of the usual: the limits that hold a load back lie beyond
that, those that warn well within.
"""

from expectations.suites import expect, expect_none, suite

VOLUME_RATIO_MIN = 0.2
VOLUME_RATIO_MAX = 5.0
VOLUME_ROBUST_Z_MAX = 5.0
KEPT_SHARE_MIN = 0.5

_ASK = (
    "Ask the supplier whether the month is whole and, where lines are named, whether their dates "
    "are right; if not, put a corrected file into the inbox under a newer extract date."
)

SUITE = suite(
    "source",
    "supply_months",
    [
        expect(
            "volume_ratio",
            "volume_ratio",
            "A month holds between a fifth and five times the records of the force's usual month.",
            _ASK,
            at_least=VOLUME_RATIO_MIN,
            at_most=VOLUME_RATIO_MAX,
        ),
        expect(
            "volume_robust_z",
            "volume_robust_z",
            "A month lies within five robust deviations of the force's other months.",
            "Look at the month's records by category before quoting it; ask the supplier.",
            at_least=-VOLUME_ROBUST_Z_MAX,
            at_most=VOLUME_ROBUST_Z_MAX,
            severity="warning",
        ),
        expect(
            "kept_share",
            "kept_share",
            "A newer extract keeps at least half of the records that a month had before.",
            _ASK,
            at_least=KEPT_SHARE_MIN,
        ),
        expect_none(
            "months_after_extract",
            "No record is of a month after the extract that brought it.",
            "Correct the extract date of the inbox folder, or ask for a corrected file.",
        ),
        expect_none(
            "months_before_1990",
            "No record is of a month before 1990.",
            "Ask the supplier for a file with corrected dates.",
        ),
    ],
)
