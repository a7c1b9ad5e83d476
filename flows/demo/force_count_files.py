"""Monthly counts from forces: for Dudley's illustrative family, and a provisional half-year.

Members of the family outside the West Midlands have no records here; their counts are made so
that Dudley has the second lowest rate of fifteen.
"""

from __future__ import annotations

from datetime import date

from flows.calendar_months import months_from
from flows.demo.inbox_writer import InboxWriter
from flows.demo.monthly_counts import monthly_counts
from flows.demo.places import residents_of
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.spreadsheet import Cell, workbook
from flows.demo.tables import csv_text
from flows.demo.yearly_levels import AREAS
from flows.landing.sources.force.reference import seed_rows

SOURCE = "force_counts"
_DUDLEY = "E22000337"
_HALF_YEAR = (date(2017, 4, 1), date(2017, 9, 1), date(2017, 10, 9))
# what was not yet recorded in October
_PROVISIONAL = 0.985


def family_of_dudley() -> list[tuple[str, str]]:
    """List code and name of its members by the illustrative seed, Dudley first."""
    names = {row["area_code"]: row["area_name"] for row in seed_rows("areas")}
    members = [
        row["neighbour_code"]
        for row in seed_rows("families")
        if row["area_code"] == _DUDLEY and row["scheme"] == "illustrative"
    ]
    return [(code, names[code]) for code in sorted(members, key=lambda one: one != _DUDLEY)]


def residents_drawn(plan: DemoPlan, area_code: str) -> dict[int, int]:
    """Give a member's residents: the seed's, or made up near Dudley's where it has none."""
    known = residents_of(area_code)
    if known:
        return known
    factor = plan.random("residents", area_code).uniform(0.82, 1.18)
    return {year: round(people * factor) for year, people in residents_of(_DUDLEY).items()}


def family_counts(plan: DemoPlan, area_code: str, name: str, rank: int) -> dict[date, int]:
    """Give a member's recorded crime by month; `rank` 1 is the only one below Dudley's rate."""
    if name in AREAS:
        return monthly_counts(plan, name, "total_recorded_crime")
    dudley = monthly_counts(plan, "Dudley", "total_recorded_crime")
    residents = residents_drawn(plan, area_code)[2017] / residents_of(_DUDLEY)[2017]
    chance = plan.random("family", area_code)
    factor = 0.9 if rank == 1 else chance.uniform(1.1, 1.5)
    return {
        month: round(count * residents * factor * chance.uniform(0.98, 1.02))
        for month, count in dudley.items()
    }


def write_force_counts(inbox: InboxWriter, plan: DemoPlan, delivery: Delivery) -> None:
    """Write a year's counts of the family; in the last year a provisional half-year before."""
    members = family_of_dudley()
    rows: list[list[Cell]] = [["month", "area", "indicator", "count"]]
    outside = 0
    for code, name in members:
        outside += name not in AREAS
        rank = outside if name not in AREAS else 0
        counts = family_counts(plan, code, name, rank)
        rows += [
            [f"{month:%b %Y}", name, "total_recorded_crime", counts[month]]
            for month in delivery.months
        ]
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"family-synthetic-{delivery.financial_year}.csv",
        csv_text(rows),
    )
    first, last, made = _HALF_YEAR
    if first in delivery.months:
        months = months_from(first, last)
        wide: list[list[Cell]] = [["Area", "Indicator", *(f"{month:%b %Y}" for month in months)]]
        for indicator in ("total_recorded_crime", "knife_crime", "domestic_abuse", "hate_crime"):
            for area in AREAS:
                known = monthly_counts(plan, area, indicator)
                counted = [round(known[month] * _PROVISIONAL) for month in months]
                wide.append([area, indicator, *counted])
        titles = ("SYNTHETIC DATA made by csp demo", "Provisional counts, April to September 2017")
        inbox.write(SOURCE, made, "half-year-synthetic-2017-18.xlsx", workbook(wide, titles))
