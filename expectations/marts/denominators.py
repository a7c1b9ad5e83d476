"""What is expected of the population estimates under the rates: a row per kind and year."""

from expectations.suites import expect_none, suite

SUITE = suite(
    "mart",
    "denominators",
    [
        expect_none(
            "figures_out_of_date",
            "No rate is over a population estimate more than two years older than the policy of "
            "denominators asks for.",
            "Deliver newer mid-year estimates in raw/population, or name the year to freeze at in "
            "csp.toml.",
            severity="warning",
        ),
    ],
)
