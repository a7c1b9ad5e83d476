"""What a draft says of things that no table holds is not judged by the figures beside it.

Parking tickets, refuge places and footfall stand between crime figures in every real paper.
"""

from __future__ import annotations

import pytest

from tests.audit.conftest import Check

ROBBERY = "Leeds recorded 131 robberies in July 2018, 47 more (56.0%) than in July 2017"
OTHERS = (
    ", while referrals by the arrest-referral worker reached 33.",
    ", and fly-tipping reports rose from 525 to 767.",
    ", with speeding tickets up by 42.0%.",
    ", with sickness absence down by 15.2%.",
    ", in spite of 65 fewer people helped by the outreach team.",
    ", against a background of 540 street lights repaired.",
    ", though footfall in the town centre doubled over the same period.",
    "; officers in the team numbered 33.",
    " (licensing visits: 132).",
    ", with stop and searches down by 20.4%.",
    ", with unemployment among under-25s up by 19.8%.",
    ", and vehicles seized rose from 74 to 114.",
    ", though attendance at the youth club halved over the same period.",
    ". Parking tickets fell for the third year running.",
    ". Refuge places were the lowest in the force.",
    ". It also had 416 school visits, the fewest of any area.",
    ". Complaints about noise rose from 525 to 767, a rise of 46.1%.",
    ". The number of home fire safety checks was 765, 316 more than a year earlier.",
    ". By contrast, unemployment among under-25s fell sharply.",
    ". In the same period membership of the watch scheme fell by 5.2% to 148.",
    ". IDVA referrals were down on the year before.",
)


@pytest.mark.parametrize("other", OTHERS)
def test_something_else_is_not_judged_by_the_figures_beside_it(check: Check, other: str) -> None:
    assert check(ROBBERY + other).contradicted == []


def test_a_run_of_years_is_not_that_of_the_next_sentence(check: Check) -> None:
    years = "Licensed premises in Guildford numbered 512 in 2017, 518 in 2018 and 509 in 2019."
    assert check(f"Truancy fell for the third year running. {years}").contradicted == []


def test_crime_alone_is_all_crime_whatever_was_spoken_of_before(check: Check) -> None:
    shops = "Shoplifting in West Yorkshire came to 1,485 offences in July 2018."
    crime = "Crime was up across West Yorkshire in July 2018 compared with July 2017."
    assert check(f"{shops} {crime}").contradicted == []
    assert check(f"{shops} {crime.replace(' up ', ' down ')}").contradicted


@pytest.mark.parametrize(
    "same",
    [
        ". Offences fell for the third year running.",
        ". Its rate was the lowest in the force.",
        ". Numbers fell sharply.",
        ". The city's rate of such offences was the second highest in the force.",
        ". That is a fall of 46.1%.",
        ", with recorded offences down by 15.2%.",
    ],
)
def test_what_goes_on_about_the_figures_is_judged(check: Check, same: str) -> None:
    assert check(ROBBERY + same).contradicted


def test_the_figures_of_something_else_are_still_checked_against_each_other(check: Check) -> None:
    wrong = check(f"{ROBBERY}. Complaints about noise rose from 525 to 767, a rise of 64.1%.")
    assert [one.claim.strip() for one in wrong.contradicted] == ["64.1%"]


@pytest.mark.parametrize(
    "text",
    [
        "Leeds recorded 169 bicycle thefts in July 2018, 45 more than in July 2017. The violence "
        "reduction pilot will start there, and the reason is plain.",
        "Anti-social behaviour in July 2018: Bradford was the only one of the five West Yorkshire "
        "districts to exceed 2.5 incidents per 1,000 residents, with footfall up by 20.0%.",
    ],
)
def test_a_name_and_a_neighbour_say_nothing_of_a_direction(check: Check, text: str) -> None:
    assert check(text).contradicted == []


def test_what_a_sentence_that_names_nothing_counts_is_no_guess(check: Check) -> None:
    then = "In the same month the helpline answered some {} calls."
    assert check(f"{ROBBERY}. {then.format(180)}").contradicted == []
    then = "It is the second July running in which the rate has fallen."
    assert "direction" not in [one.kind for one in check(f"{ROBBERY}. {then}").contradicted]


def test_the_way_of_two_published_figures_is_judged_though_they_are_not_named(check: Check) -> None:
    then = "The figure {} from 84 in July 2017 to 131 in July 2018."
    assert check(f"Robbery in Leeds is a concern. {then.format('rose')}").contradicted == []
    assert check(f"Robbery in Leeds is a concern. {then.format('fell')}").contradicted
