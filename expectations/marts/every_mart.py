"""What is expected of every mart of figures that has no suite of its own: a row per mart.

The columns count, in one mart, rows that no figure may be in: so one suite is quick to run over
seventeen marts, and its message names the mart.
"""

from expectations.suites import expect_none, suite

_MODEL = "Query the rows in the warehouse, and fix the model that makes them."

SUITE = suite(
    "mart",
    "every_mart",
    [
        expect_none(
            "suppressed_with_figure", "What is withheld is NULL, and nothing small stands.", _MODEL
        ),
        expect_none(
            "shares_outside_0_to_100", "A share or a proportion is of 0 to 100 per cent.", _MODEL
        ),
        expect_none(
            "figures_outside_interval",
            "A figure lies within its own limits, and a lower limit below its upper.",
            _MODEL,
        ),
        expect_none(
            "ranks_out_of_range", "A rank lies between 1 and those that are ranked.", _MODEL
        ),
        expect_none(
            "figures_impossible",
            "No count or rate is below 0, no part is above its whole, and money left is what there "
            "was less what is spent.",
            _MODEL,
        ),
    ],
)
