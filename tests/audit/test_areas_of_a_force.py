"""What a draft says of several areas of a force at once, of their order and of the force itself.

The figures are those of data.police.uk for July 2018 (July 2017 before), counted by hand from its
files: total recorded crime Bradford 6,839, Calderdale 2,162, Kirklees 3,794, Leeds 8,865,
Wakefield 3,683, West Yorkshire 26,193 (22,582); robberies 77, 19, 48, 131 and 24 (44, 17, 42, 84
and 14), West Yorkshire 327 (247).
"""

from __future__ import annotations

import pytest

from tests.audit.conftest import Check


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Leeds and Bradford together recorded {} crimes in July 2018.", "15,704", "15,074"),
        (
            "Wakefield, Kirklees and Calderdale between them recorded {} crimes in July 2018.",
            "9,639",
            "9,369",
        ),
        (
            "The five districts of West Yorkshire recorded {} robberies between them in July 2018.",
            "299",
            "329",
        ),
        (
            "Anti-social behaviour incidents were lower in July 2018 than in July 2017 in every "
            "West Yorkshire district apart from {}.",
            "Kirklees",
            "Wakefield",
        ),
        (
            "Set against July 2017, burglary in July 2018 was down in {} of the five West "
            "Yorkshire districts, with Wakefield moving the other way.",
            "four",
            "three",
        ),
        (
            "Per 1,000 residents, recorded crime in July 2018 was lowest in Kirklees (8.8) and "
            "highest in {}.",
            "Bradford",
            "Wakefield",
        ),
        (
            "Police recorded 258 burglaries in Kirklees in July 2018, and its rate was well {} "
            "that of the force as a whole.",
            "below",
            "above",
        ),
        ("Robbery in Bradford went from {} offences in July 2017 to 77 in July 2018.", "44", "54"),
        (
            "ASB: 1,861 incidents in Leeds in July 2018, 1,363 in Bradford, 1,018 in Kirklees, 757 "
            "in Wakefield and 397 in Calderdale, {} between the five districts.",
            "5,396",
            "5,936",
        ),
        ("Between them the five districts recorded {} burglaries in July 2018.", "1,998", "1,989"),
        ("An average of {} offences a day were recorded in Leeds during July 2018.", "286", "268"),
        (
            "From July 2017 to July 2018 the number of robberies rose in Bradford, Leeds and {}.",
            "Kirklees",
            None,
        ),
        (
            "{} of the five districts of West Yorkshire had a rate of robbery above that of the "
            "force in July 2018.",
            "Two",
            "Three",
        ),
        (
            "Growth in robbery ranged from {} in Calderdale to 75.0% in Bradford between July 2017 "
            "and July 2018.",
            "11.8%",
            "14.8%",
        ),
        (
            "Robberies in Leeds and Bradford rose between July 2017 and July 2018, by 47 and {} "
            "respectively.",
            "33",
            "43",
        ),
        (
            "Bradford recorded 6,839 offences in July 2018. The force as a whole recorded {}.",
            "26,193",
            "26,913",
        ),
        (
            "Crime rose more in Leeds than elsewhere. Robbery grew in {} of the five districts of "
            "West Yorkshire between July 2017 and July 2018.",
            "all",
            "three",
        ),
        (
            "In July 2018 Leeds had the most robberies (131) of the five districts, with {}.",
            "Bradford next at 77",
            "Bradford next at 177",
        ),
    ],
)
def test_one_detail_of_several_areas(
    check: Check, text: str, right: str, wrong: str | None
) -> None:
    assert check(text.format(right)).contradicted == []
    if wrong is not None:
        assert check(text.format(wrong)).contradicted


def test_a_direction_that_is_not_that_of_each_area_named(check: Check) -> None:
    text = "Between July 2017 and July 2018 the number of robberies fell in Bradford and Leeds."
    assert "it rose in Bradford, Leeds" in {one.reason for one in check(text).contradicted}


def test_the_areas_that_are_left_over_are_not_those_named(check: Check) -> None:
    text = "Leeds and Bradford had 15,704 crimes in July 2018; the other three together had 9,639."
    assert check(text).contradicted == []


@pytest.mark.parametrize(
    "text",
    [
        "Leeds and Bradford together had 40 officers on robbery in July 2018.",
        "Leeds and Bradford together had 260 patrols against robbery in July 2018.",
        "Patrols against robbery were increased in Leeds and reduced in Bradford and Kirklees in "
        "July 2018.",
        "An average of 5 patrols a day were sent out against robbery in Leeds in July 2018.",
        "In July 2018 three of the five districts of West Yorkshire had a rate of robbery above "
        "the force's target.",
        "Calderdale and Kirklees together recorded 453 burglaries in July 2018 (195 and 258), "
        "fewer than Bradford alone (533).",
        "In July 2018 Leeds recorded 2,026 more crimes than Bradford, yet for its size Bradford "
        "was the busier: 12.6 offences per 1,000 residents as against 11.1.",
        "The picture for Leeds is unremarkable. In July 2018 the city's rate of total recorded "
        "crime was slightly below that of West Yorkshire as a whole, at 11.1 offences per 1,000 "
        "residents.",
        "Robbery gives most concern. The force recorded 327 in July 2018, with increases in Leeds "
        "(up by 47) and Bradford (up by 33).",
        "Kirklees was the only district in which ASB incidents did not fall between July 2017 and "
        "July 2018: a matter of eleven (1,018 against 1,007), fewer than the 15 of one evening.",
        "In July 2018, 53.5% of drug offences recorded in West Yorkshire had a positive outcome, "
        "and 12% of calls were late.",
    ],
)
def test_what_is_not_counted_is_not_judged(check: Check, text: str) -> None:
    assert check(text).contradicted == []
