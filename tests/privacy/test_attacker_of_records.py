"""The attacker on what is made of records and returns: harm, outcomes, places, MARAC, partners."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from . import made_up_records as records
from .attacker import Attacker, Month
from .made_up_returns import MONTHS
from .nights import Nights
from .published_facts import EQUATIONS, READ, NotedRow, Publication, tell

pytestmark = pytest.mark.long

FORCE = "E23000010"
UNKNOWN = f"{FORCE}_unknown"
#: indicators of the made-up extract by the offence codes that they count
COUNTED = {
    "sexual_offences": ("17A",),
    "modern_slavery": ("106",),
    "violence_with_injury": ("8N",),
    "violence_without_injury": ("106", "105A"),
    "stalking_and_harassment": ("8L",),
    "violence_against_the_person": ("8N", "106", "105A", "8L"),
    "violence_and_sexual_offences": ("17A", "8N", "106", "105A", "8L"),
    "robbery": ("34B",),
    "shoplifting": ("46",),
    "total_recorded_crime": ("17A", "106", "105A", "8N", "8L", "34B", "46"),
}
SMALL = {("106", "Leeds", date(2017, 6, 1)): 3}
REVISED = {("17A", "Leeds", date(2017, 9, 1)), ("106", "Bradford", date(2017, 8, 1))}


def of_the_extract(nights: Nights, publication: Publication) -> Publication:
    """The publication with what the attacker knows of the extract: its months and revisions."""
    areas = {nights.codes[area]: area for area in records.FORCE_AREAS}

    def is_revised(indicator: str, area: str, month: date) -> bool:
        return any(
            (code in COUNTED[indicator] and where in (areas.get(area), area) and month == when)
            or (area == FORCE and code in COUNTED[indicator] and month == when)
            for code, where, when in REVISED
        )

    return replace(publication, first_month=MONTHS[8], is_revised=is_revised)


def by_code(nights: Nights, publication: Publication, month: Month) -> dict[Month, float]:
    """A month of an indicator as the offences that it counts, all of the force where it is one."""
    indicator, area, when, number = month
    parts = [nights.codes[name] for name in records.FORCE_AREAS] if area == FORCE else [area]
    if area == UNKNOWN:
        return {}  # every record has its area
    revised = {(code, nights.codes[name], month) for code, name, month in REVISED}
    return {
        (code, part, when, number if (code, part, when) in revised else 0): 1.0
        for part in parts
        for code in COUNTED[indicator]
    }


def test_severity_and_outcomes_tell_no_small_count(nights: Nights) -> None:
    """Counts and severities over known weights, of every indicator that shares an offence."""
    attacker = Attacker()
    for known in nights.everything:
        publication = of_the_extract(nights, known)
        told = Attacker()
        tell(told, publication, COUNTED, "force_extract")
        places = {place: month for month, place in told.places.items()}
        for row, total in zip(told.rows, told.sums, strict=True):
            weights: dict[Month, float] = defaultdict(float)
            for place, weight in row.items():
                for code, one in by_code(nights, publication, places[place]).items():
                    weights[code] += weight * one
            if weights:
                attacker.learn(weights, total)
        for harm in publication.rows("fct_harm", "severity is not null"):
            if harm["indicator_id"] not in COUNTED:
                continue
            weights = defaultdict(float)
            for month in publication.months(harm, harm["period_start"]):
                for code in by_code(nights, publication, month):
                    weights[code] += records.WEIGHTS[code[0]]
            if weights:
                attacker.learn(weights, harm["severity"])
    assert len(attacker.rows) > 1000
    cells = {
        f"{code} {area} {month}": [(code, nights.codes[area], month, 0)]
        for code, area, month in SMALL
    }
    assert attacker.recovered(cells) == []
    # what is published of others would tell it if its own indicator were shown
    robbery = ("34B", nights.codes["Leeds"], date(2017, 6, 1), 0)
    assert attacker.recovered({"robbery": [robbery]})


def test_few_charges_are_not_told(nights: Nights) -> None:
    """3 of 26 were charged, after a revision; all outcomes less the others' would tell."""
    rows = nights.last.rows("fct_outcomes", "indicator_id = 'sexual_offences'")
    assert rows
    assert {row["positive_outcomes"] for row in rows} == {None}
    attacker = Attacker()
    for known in nights.everything:
        publication = of_the_extract(nights, known)
        for row in publication.rows("fct_outcomes", "positive_outcomes is not null"):
            if row["indicator_id"] not in COUNTED or row["source"] != "force_extract":
                continue
            weights: dict[Month, float] = defaultdict(float)
            for month in publication.months(row, row["period_start"]):
                for code, one in by_code(nights, publication, month).items():
                    weights[code] += one
            if weights:
                attacker.learn(weights, row["positive_outcomes"])
    leeds = ("17A", nights.codes["Leeds"], date(2017, 9, 1), 1)
    assert attacker.recovered({"3 charges": [leeds]}) == []
    # another kind of offence, which is published by itself, is known to the last one
    assert attacker.recovered({"harm": [("8N", nights.codes["Leeds"], date(2017, 9, 1), 0)]})


def test_all_crime_keeps_what_is_published_of_it(nights: Nights) -> None:
    """Its count, its outcomes, and the severity of every period that protects the part in it."""
    for publication in nights.publications:
        # an incomplete period has no figure at all
        crimes = ("source = 'force_extract' and indicator_id = 'total_recorded_crime' "
                  "and is_complete")  # fmt: skip
        harm = publication.rows("fct_harm", crimes)
        assert harm
        assert all(row["value"] is not None for row in harm)
        assert all(row["positive_outcomes"] is not None
                   for row in publication.rows("fct_outcomes", crimes))  # fmt: skip
        # here every offence is counted alone, so that months would tell the 3 of modern slavery
        years = [row for row in harm if row["period_type"] == "calendar_year"]
        assert any(row["severity"] is not None for row in years)
        june = [row["severity"] for row in harm
                if (row["area_name"], row["period_label"]) == ("Leeds", "Jun 2017")]  # fmt: skip
        assert june == [None]


def test_breakdowns_of_marac_tell_no_small_agency_or_rest(nights: Nights) -> None:
    """Agencies sum to the cases; of a diversity group the others are the rest."""
    attacker = Attacker()
    cells: dict[str, list[Month]] = {}
    coventry = nights.codes["Coventry"]
    returned = records.marac_return()
    revised = records.revised_marac_return(returned)
    for publication in nights.everything:
        truth = revised if publication.number else returned

        def key(quarter: str, measure: str, part: str, of: Any = publication) -> Month:
            name = (quarter, measure, part)
            changed = returned.get(name) != revised.get(name)
            return (f"{measure} {part}", coventry, quarter, of.number if changed else 0)

        quarters = {quarter for quarter, _, _ in truth}
        shown = {
            (row["period_label"], row["measure"], row["breakdown"]): row["counted"]
            for row in publication.rows("fct_marac_breakdowns")
            if row["area_code"] == coventry
        }
        for name, counted in shown.items():
            if counted is not None:
                attacker.learn({key(*name): 1.0}, counted)
        values = {
            (row["indicator_id"], row["period_label"]): row["value"]
            for row in publication.rows("fct_indicator_values", "source = 'marac'")
            if row["area_code"] == coventry and row["period_type"] == "quarter"
        }
        for quarter in quarters:
            cases = values["marac_cases", quarter]
            assert cases == truth[quarter, "cases", ""]
            agencies = [name for name in shown if name[:2] == (quarter, "referrals")]
            parts = {key(*name): 1.0 for name in agencies}
            attacker.learn({**parts, key(quarter, "referrals", "not listed"): 1.0}, cases)
            if sum(truth[name] for name in agencies) == cases:
                # a supplier that lists every agency is known to
                attacker.learn({key(quarter, "referrals", "not listed"): 1.0}, 0)
            group = key(quarter, "diversity", "BME")
            rest: Month = (f"rest {cases}", coventry, quarter, 0)
            attacker.learn({group: 1.0, rest: 1.0}, cases)
            if 0 < cases - truth[quarter, "diversity", "BME"] < 5:
                cells[f"{quarter} rest"] = [rest]
        cells |= {
            f"{name} of {publication.number}": [key(*name)]
            for name, counted in truth.items()
            if name[1] == "referrals" and 0 < counted < 5
        }
    cells["not listed"] = [("referrals not listed", coventry, "2016/17 Q3", 0)]
    assert len(cells) == 3
    assert attacker.recovered(cells) == []


def test_places_of_repeat_incidents_tell_no_small_place(nights: Nights) -> None:
    """Places of a month sum to the figure of the area; a listed place has a record at least."""
    attacker, cells = Attacker(), {}
    made = records.places()
    revised = records.revised_places(made)
    for publication in nights.everything:
        truth = revised if publication.number else made
        months = {(area, month) for area, month, _ in truth}
        listed: defaultdict[tuple[Any, Any], dict[Any, Any]] = defaultdict(dict)
        for row in publication.rows("fct_repeat_locations"):
            listed[row["area_name"], row["month"]][row["place"]] = row
        totals = {
            (row["area_name"], row["period_start"]): row["value"]
            for row in publication.rows("fct_indicator_values", "source = 'asb'")
            if row["indicator_id"] == "asb_incidents" and row["period_type"] == "month"
        }
        for area, month in months:
            # he knows which places of the month were revised, and which were not
            wards = {
                ward: (
                    ward,
                    area,
                    month,
                    publication.number
                    if made[area, month, ward] != revised[area, month, ward]
                    else 0,
                )
                for ward in "ABCD"
            }
            attacker.learn(dict.fromkeys(wards.values(), 1.0), totals[area, month])
            for place, row in listed[area, month].items():
                if row["records"] is None:
                    attacker.least[wards[place]] = 1.0
                else:
                    attacker.learn({wards[place]: 1.0}, row["records"])
            for ward, cell in wards.items():
                if 0 < truth[area, month, ward] < 5:
                    cells[f"{area} {month} {ward} of {publication.number}"] = [cell]
                    assert listed[area, month].get(ward, {"records": None})["records"] is None
    assert len(cells) >= 6
    assert attacker.recovered(cells) == []
    assert any(row["records"] for row in nights.last.rows("fct_repeat_locations"))


def test_repeats_and_their_rest_are_not_told_by_partner_values(nights: Nights) -> None:
    """Quarters of cases and repeats: 2 of 41 are repeats, and of 28 of 30 the rest is 2."""
    attacker, cells = Attacker(), {}
    for publication in nights.everything:
        tell(attacker, publication, ("marac_cases", "marac_repeat_cases"))
        for row in publication.rows("fct_partner_values", "indicator_id = 'marac_repeat_rate'"):
            months = publication.months(row, row["period_start"])
            if row["denominator"] is not None:
                cases = {("marac_cases", *month[1:]): 1.0 for month in months}
                attacker.learn(cases, row["denominator"])
            if row["numerator"] is not None:
                repeats = {("marac_repeat_cases", *month[1:]): 1.0 for month in months}
                attacker.learn(repeats, row["numerator"])
    true = {
        (row["area_name"], row["indicator_id"], row["period_end"]): row
        for row in nights.truth
        if row["source"] == "partner_returns" and row["period_type"] == "quarter"
    }
    for (area, indicator, end), figure in true.items():
        if indicator != "marac_repeat_cases":
            continue
        months = nights.last.months(figure, figure["period_start"])
        rest = [("rest", *month[1:]) for month in months]
        for month, left in zip(months, rest, strict=True):
            of = ("marac_cases", *month[1:])
            attacker.learn({month: 1.0, left: 1.0, of: -1.0}, 0.0)
        others = true[area, "marac_cases", end]["value"] - figure["value"]
        if 0 < figure["value"] < 5:
            cells[f"{area} {end} repeats"] = months
        if 0 < others < 5:
            cells[f"{area} {end} rest"] = rest
    assert len(cells) == 2, sorted(cells)
    assert attacker.recovered(cells) == []


def test_a_small_number_is_no_comparator(nights: Nights) -> None:
    rows = nights.last.rows(
        "fct_partner_values", "indicator_id in ('domestic_homicide_reviews', 'adult_reoffending')"
    )
    told = {
        (row["indicator_id"], column): row[column]
        for row in rows
        for column in ("region_value", "region_gap", "top_quartile_value", "top_quartile_gap")
    }
    assert told["adult_reoffending", "region_value"] is not None
    assert told["domestic_homicide_reviews", "region_value"] is None
    assert told["domestic_homicide_reviews", "region_gap"] is None
    assert told["domestic_homicide_reviews", "top_quartile_value"] is None


def test_the_attacker_reads_what_he_is_said_to(nights: Nights) -> None:
    READ.clear()
    first, last = nights.publications
    for publication, source, indicators in (
        (last, "partner_returns", ("hate_crime", "marac_cases", "sexual_offences")),
        (of_the_extract(nights, last), "force_extract", tuple(COUNTED)),
        # the first alone has forecasts of these
        (first, "partner_returns", ("hate_crime",)),
    ):
        tell(Attacker(), replace(publication, kind_of_row=NotedRow), indicators, source)
    said = {(table, column) for table, columns in EQUATIONS.items() for column in columns}
    assert said - READ == set()
