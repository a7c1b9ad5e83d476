"""Partner returns: treatment, reoffending, surveys, young people, training, enforcement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.calendar_months import month_end
from flows.demo.inbox_writer import InboxWriter
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.published_counts import (
    ALCOHOL_COMPLETIONS,
    ALCOHOL_COMPLETIONS_ENGLAND,
    OPIATE_CLIENTS,
    OPIATE_COMPLETIONS,
    OPIATE_TOP_QUARTILE,
)
from flows.demo.spreadsheet import Cell, workbook
from flows.demo.yearly_levels import AREAS

SOURCE = "partner_returns"
_DOCUMENT = "SYNTHETIC partner return"
_HEADER: list[Cell] = [
    "Area",
    "Indicator",
    "Period Start",
    "Period End",
    "Numerator",
    "Denominator",
    "Value",
    "Area Type",
    "Comparator",
    "Cohort",
    "Follow Up",
    "Source Document",
    "Note",
]
# indicator: people asked, treated or followed, and the share of them
_PROPORTIONS = {
    "opiate_completions": (900, 0.075),
    "non_opiate_completions": (210, 0.38),
    "adult_reoffending": (520, 0.29),
    "youth_reoffending": (90, 0.38),
    "victim_satisfaction": (400, 0.80),
    "asb_satisfaction": (300, 0.74),
    "public_confidence": (600, 0.64),
}
_COUNTS = {
    "first_time_entrants": 70,
    "youth_offences": 260,
    "people_trained": 420,
    "enforcement_actions": 95,
}
_FOLLOWED = {
    "adult_reoffending": ("adults released in the year before", "12 months"),
    "youth_reoffending": ("young people sentenced in the year before", "12 months"),
}
# more than the share of any other partnership can be
_MOST_CONFIDENT = ("Wolverhampton", 0.74)


def write_partner_returns(inbox: InboxWriter, plan: DemoPlan, delivery: Delivery) -> None:
    """Write a whole year's return as a workbook; a part of a year has none."""
    if len(delivery.months) < 12:
        return
    rows = [_HEADER, *_rows(plan, delivery)]
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"partners-synthetic-{delivery.financial_year}.xlsx",
        workbook(rows, ("SYNTHETIC DATA made by csp demo", "Return of the partners")),
    )


def _rows(plan: DemoPlan, delivery: Delivery) -> Iterator[list[Cell]]:
    start, end = delivery.months[0], month_end(delivery.months[-1])
    chance = plan.random("partner returns", delivery.financial_year)
    for area in AREAS:
        for indicator, (people, share) in _PROPORTIONS.items():
            asked = round(people * chance.uniform(0.85, 1.15))
            part = share * chance.uniform(0.93, 1.07)
            if indicator == "public_confidence" and area == _MOST_CONFIDENT[0]:
                part = _MOST_CONFIDENT[1]
            numerator = round(asked * part)
            if (area, indicator, start.year) == ("Wolverhampton", "opiate_completions", 2015):
                numerator, asked = OPIATE_COMPLETIONS, OPIATE_CLIENTS
            yield _row(area, indicator, start, end, numerator, asked)
        for indicator, level in _COUNTS.items():
            yield _row(area, indicator, start, end, round(level * chance.uniform(0.8, 1.2)), None)
        alcohol = round(chance.uniform(36, 44), 1)
        if (area, start.year) == ("Wolverhampton", 2015):
            alcohol = ALCOHOL_COMPLETIONS
        yield _row(area, "alcohol_completions", start, end, None, None, alcohol)
    yield _row(
        "England", "alcohol_completions", start, end, None, None,
        ALCOHOL_COMPLETIONS_ENGLAND, "country",
    )  # fmt: skip
    for area in AREAS:
        yield _row(
            area, "opiate_completions", start, end, None, None,
            OPIATE_TOP_QUARTILE, "", "top_quartile",
        )  # fmt: skip
    for area in AREAS:
        reviews = int(chance.random() < 0.2)
        yield _row(area, "domestic_homicide_reviews", start, end, reviews, None)


def _row(
    area: str,
    indicator: str,
    start: date,
    end: date,
    numerator: int | None,
    denominator: int | None,
    value: float | None = None,
    area_type: str = "",
    comparator: str = "",
) -> list[Cell]:
    cohort, follow_up = _FOLLOWED.get(indicator, ("", ""))
    return [
        area,
        indicator,
        start.isoformat(),
        end.isoformat(),
        numerator,
        denominator,
        value,
        area_type,
        comparator,
        cohort,
        follow_up,
        _DOCUMENT,
        "SYNTHETIC",
    ]
