"""One detail of a statement about published figures, right and wrong.

The figures are counts of data.police.uk's files of July 2018 (and of July 2017 and 2016), its
outcomes, and populations of the Office for National Statistics.
"""

from __future__ import annotations

import pytest

from tests.audit.conftest import Check


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        pytest.param(
            "Calderdale recorded 884 violence and sexual offences in July 2018, compared with 560 "
            "in July 2017. Since the counting of stalking changed, the two figures are {}.",
            "not like for like", "like for like", id="comparability",
        ),
        pytest.param(
            "Leeds had 0.21 bicycle thefts per 1,000 residents in July 2018 against a group mean "
            "of {}.",
            "0.11", "0.17", id="mean of the family",
        ),
        pytest.param(
            "In July 2018, 53.5% of drug offences recorded in West Yorkshire had a positive "
            "outcome, down from {} of those in July 2017.",
            "63.5%", "65.3%", id="outcomes",
        ),
        pytest.param(
            "Bradford had 1,363 incidents of anti-social behaviour in July 2018, {} fewer than in "
            "July 2016.",
            "673", "763", id="change over two years",
        ),
        pytest.param(
            "Recorded crime in Wakefield stood at 2,828 offences in {}, up 13.6% on twelve months "
            "before.",
            "July 2017", "July 2018", id="figure at its own period",
        ),
        pytest.param(
            "Burglary was lower in July 2018 than a year earlier in four of the five West "
            "Yorkshire districts, {} being the one place where it had gone up.",
            "Wakefield", "Kirklees", id="exception",
        ),
        pytest.param(
            "More than half ({}) of the 303 bicycle thefts recorded in West Yorkshire in July 2018 "
            "were in Leeds.",
            "56%", "65%", id="share of the force",
        ),
        pytest.param(
            "In July 2018 Leeds and Bradford accounted for {} of all robberies in West Yorkshire.",
            "64%", "74%", id="share of two areas",
        ),
        pytest.param(
            "Dudley's half-year return for 2017/18 shows 10,545 recorded crimes, which is {} more "
            "than in the first half of 2016/17.",
            "1,449", "1,494", id="part of the year named",
        ),
        pytest.param(
            "ASB incidents in Wakefield were down to 757 in July 2018 from 1,161 {} before.",
            "two years", "a year", id="two years before",
        ),
        pytest.param(
            "Wolverhampton's MARAC heard 651 cases in the year to March 2018, up from {} two years "
            "earlier.",
            "620", "598", id="figure of two years before",
        ),
        pytest.param(
            "Bradford had 2.5 incidents of anti-social behaviour per {} residents in July 2018.",
            "1,000", "100", id="base of a rate",
        ),
        pytest.param(
            "Wakefield recorded {} incidents of anti-social behaviour in July 2018.",
            "757", "858", id="figure at its month",
        ),
        pytest.param(
            "Crime in Leeds is as elsewhere. In July 2018 the city recorded {} robberies, ahead of "
            "Bradford with 77 and Kirklees with 48.",
            "131", "181", id="the city",
        ),
        pytest.param(
            "Robberies in Wakefield rose from 14 in July 2017 to 24 in July 2018, a change which "
            "{} statistical significance.",
            "falls short of", "is well beyond the bounds of chance and has", id="significance",
        ),
    ],
)  # fmt: skip
def test_one_detail(check: Check, text: str, right: str, wrong: str) -> None:
    assert check(text.format(right)).contradicted == []
    assert check(text.format(wrong)).contradicted
