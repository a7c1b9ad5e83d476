"""Residents by single year of age and sex, households, and residents of neighbourhoods.

The partnerships' residents add up to the seed's; ages, households, neighbourhoods and the years
and areas that the seed does not have are made up.
"""

from __future__ import annotations

from math import exp

from flows.demo.force_count_files import family_of_dudley, residents_drawn
from flows.demo.inbox_writer import InboxWriter
from flows.demo.monthly_counts import spread
from flows.demo.places import Partnership
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.spreadsheet import Cell, workbook
from flows.demo.tables import csv_text
from flows.demo.yearly_levels import AREAS

SOURCE = "population"
_FIRST_YEAR, _LAST_YEAR = 2015, 2017
_AGES = 91
_HOUSEHOLD_SIZE = 2.45


def write_population(
    inbox: InboxWriter, plan: DemoPlan, delivery: Delivery, places: list[Partnership]
) -> None:
    """Write the tables, with the estimates of mid-year up to the year before the delivery."""
    day = delivery.extract_date
    years = range(_FIRST_YEAR, min(_LAST_YEAR, day.year - 1) + 1)
    names = ["0", *(str(age) for age in range(1, _AGES - 1)), "90+"]
    rows: list[list[Cell]] = [["Code", "Name", "Sex", "Year", *names]]
    for place in places:
        for year in years:
            females, males = _by_age(place.residents[year])
            rows.append([place.lad_code, place.name, "Females", year, *females])
            rows.append([place.lad_code, place.name, "Males", year, *males])
    titles = ("SYNTHETIC DATA made by csp demo", "Residents by single year of age and sex")
    inbox.write(SOURCE, day, f"residents-by-age-synthetic-{years[-1]}.xlsx", workbook(rows, titles))

    totals: list[list[Cell]] = [
        ["Area code", "Area name", *(f"population_{year}" for year in years)]
    ]
    for code, name in family_of_dudley():
        if name not in AREAS:
            known = residents_drawn(plan, code)
            totals.append([code, name, *(known[year] for year in years)])
    inbox.write(SOURCE, day, f"family-residents-synthetic-{years[-1]}.csv", csv_text(totals))

    homes: list[list[Cell]] = [
        ["Area code", "Area name", *(f"households_{year}" for year in years)]
    ]
    homes += [
        [p.lad_code, p.name, *(round(p.residents[year] / _HOUSEHOLD_SIZE) for year in years)]
        for p in places
    ]
    inbox.write(SOURCE, day, f"households-synthetic-{years[-1]}.csv", csv_text(homes))

    small: list[list[Cell]] = [
        ["LSOA code", "LSOA name", *(f"population_{year}" for year in years)]
    ]
    for place in places:
        chance = plan.random("residents of neighbourhoods", place.name)
        weights = [chance.uniform(0.8, 1.25) for _ in place.neighbourhoods]
        parts = [spread(place.residents[year], weights) for year in years]
        small += [
            [one.lsoa_code, one.lsoa_name, *(part[at] for part in parts)]
            for at, one in enumerate(place.neighbourhoods)
        ]
    inbox.write(SOURCE, day, f"neighbourhood-residents-synthetic-{years[-1]}.csv", csv_text(small))


def _by_age(residents: int) -> tuple[list[int], list[int]]:
    """Part residents over ages by a made-up profile: level to 50, then falling; 90+ is last."""
    females, males = spread(residents, (0.506, 0.494))
    profile = [1.0 if age < 50 else exp(-(((age - 50) / 28) ** 2)) for age in range(_AGES)]
    return spread(females, profile), spread(males, profile)
