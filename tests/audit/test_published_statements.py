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
            "Robberies in Wakefield rose from 14 in July 2017 to 24 in July 2018, a change which "
            "{} statistical significance.",
            "falls short of", "is well beyond the bounds of chance and has", id="significance",
        ),
    ],
)  # fmt: skip
def test_one_detail(check: Check, text: str, right: str, wrong: str) -> None:
    assert check(text.format(right)).contradicted == []
    assert check(text.format(wrong)).contradicted
