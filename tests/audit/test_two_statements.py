"""Two true statements that stand together contradict nothing, however they are joined.

What a sentence does not name is carried over from the text before it, sometimes wrongly.
"""

from __future__ import annotations

import pytest

from tests.audit.conftest import Check

TWO_STATEMENTS = (
    ("Possession of weapons: the force figure rose by 43.0%, from 158 in July 2017 to 226 in "
     "July 2018, an increase that is statistically clear but which owes something to stop and "
     "search.",
     "Leeds had 337 more public order offences than in July 2017, taking July 2018's total to "
     "960."),
    ("2,112 residents replied to the online poll.",
     "Crime in Wakefield ran at 10.7 offences for every 1,000 people in July 2018, and since "
     "the district has lost 41 posts in five years the Chair asked for the comparison with "
     "2013."),
    ("When July 2018 is set against July 2017, recorded crime across Wakefield climbed by just "
     "over 30%.",
     "The Partnership was established under sections 5 to 7 of the Crime and Disorder Act 1998."),
    ("Shoplifting in Wakefield climbed from 183 to 257 offences between July 2017 and July "
     "2018.",
     "Retail crime reported through the shop radio scheme rose by 11% while recorded "
     "shoplifting in the same streets fell by 3%."),
    ("Chesterfield's action plan aimed to reduce shop theft, and offences went from 800 to 620.",
     "Of the five West Yorkshire districts, Kirklees recorded the fewest crimes per head of "
     "population in July 2018 and Bradford the most."),
    ("ASB in Leeds fell to 1,861 incidents in July 2018.",
     "A year ago Calderdale's vehicle crime rate was the second highest of the five districts "
     "in July; this July (2018) it was the lowest, at 0.62 per 1,000 residents."),
    ("From a high of 1,356 in July 2016, ASB incidents in Kirklees came down to 1,007 in July "
     "2017 and then rose a little to 1,018 in July 2018.",
     "Public order offences have now gone up in all five districts of West Yorkshire in each of "
     "the past two years."),
    ("With 542,542 residents by the mid-2018 estimate, Bradford's 537 vehicle crimes in July "
     "2018 come to almost exactly one for every thousand people.",
     "Wakefield had the highest shoplifting rate of the five West Yorkshire districts in July "
     "2018 at 0.75 offences per 1,000 people; the lowest was Kirklees at 0.51."),
    ("Anti-social behaviour in Leeds came to 1,861 incidents in July 2018.",
     "Although reports of anti-social behaviour in Penzance fell by 3% last year, the number of "
     "people who see it as a big problem went up from one in eight to one in six."),
    ("Shoplifting in Wakefield climbed from 183 to 257 offences between July 2017 and July "
     "2018.",
     "Cabinet is asked to note that 6,839 offences were recorded in Bradford in July 2018, "
     "compared with 5,514 in the same month of the previous year, a rise of 24.0%."),
    ("Burglary in Lancaster fell by 6% compared with the previous quarter.",
     "West Yorkshire Police recorded 26,193 crimes in July 2018, compared with 22,582 in July "
     "2017. That is 3,611 more, a rise of 16.0%."),
    ("Violence and sexual offences in Bradford numbered 2,830 in July 2018.",
     "Leeds and Bradford together recorded 15,704 of the 26,193 crimes in West Yorkshire in "
     "July 2018, or three in every five."),
    ("Across the West Yorkshire police force area there were 5,442 incidents of anti-social "
     "behaviour in July 2018.",
     "With 11.1 recorded crimes per 1,000 residents in July 2018, Leeds had the second highest "
     "rate of the five West Yorkshire districts, behind Bradford on 12.6."),
    ("Vehicle arson in Boston has fallen for the third year running: there were 64 incidents in "
     "2016, 58 in 2017, 49 in 2018 and 43 in 2019.",
     "The share of repeat cases at Dudley's MARAC fell by 1.9 percentage points, from 24.3% to "
     "22.4%."),
    ("Drug offences in Wakefield fell from 57 to 47 between July 2017 and July 2018.",
     "The rise in robbery in Leeds in July 2018 is statistically significant."),
    ("They handed out 512 bottles of water and 96 pairs of flip-flops.",
     "The Court granted 58 closure orders to Cornwall partners during the year, 40 of them full "
     "and the other 18 partial."),
    ("Violence and sexual offences in West Yorkshire increased by 38.1% between July 2017 and "
     "July 2018, from 7,503 to 10,358 offences.",
     "The two beats with the highest rate of shed breaks in Harrogate, at 5.2 and 4.9 per 1,000 "
     "dwellings, include one of the least deprived neighbourhoods in the town."),
    ("Public order offences in Dudley rose.",
     "Crime fell in the first half of the year and rose in the second in Harrogate, so that the "
     "annual total of 6,204 was almost the same as the 6,211 a year before."),
)  # fmt: skip


@pytest.mark.parametrize("joint", [" ", "\n\n", "\n- "])
@pytest.mark.parametrize(("one", "other"), TWO_STATEMENTS)
def test_two_true_statements_contradict_nothing(
    check: Check, one: str, other: str, joint: str
) -> None:
    opening = "Members are asked to note:\n\n- " if joint == "\n- " else ""
    assert check(f"{opening}{one}{joint}{other}\n").contradicted == []


def test_the_items_of_a_list_are_of_different_things(check: Check) -> None:
    text = (
        "Members are asked to note:\n\n"
        "- Vehicle crime in Wakefield went from 269 offences in July 2017 to 312 in July 2018.\n"
        "- The fall in nuisance calls in Scarborough needs to be read with care.\n"
    )
    assert check(text).contradicted == []


def test_a_telephone_number_is_no_figure(check: Check) -> None:
    text = (
        "Burglary in Bradford fell from 615 offences in July 2017 to 533 in July 2018. To report "
        "anti-social behaviour that is not an emergency call the council on 01234 567890."
    )
    assert check(text).contradicted == []
