"""Anti-social behaviour: calls counted by ward, incidents of two partnerships a row each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from flows.calendar_months import month_end
from flows.demo.inbox_writer import InboxWriter
from flows.demo.monthly_counts import monthly_counts, spread
from flows.demo.places import Partnership
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.spreadsheet import Cell
from flows.demo.tables import csv_text

SOURCE = "asb"
# their analysts get incidents a row each; the others are counted
RECORD_LEVEL = ("Dudley", "Wolverhampton")
_CATEGORIES = ("nuisance", "personal", "environmental")
_CATEGORY_WEIGHTS = (67, 27, 6)
_CALLS_HEADER: list[Cell] = ["Record Type", "Area", "Date", "Category", "Ward", "Count"]
_CALLS = (("asb", 0.44), ("public_safety_and_welfare", 0.56))


def write_asb(
    inbox: InboxWriter, plan: DemoPlan, delivery: Delivery, places: list[Partnership]
) -> int:
    """Write a year's calls and incidents; gives the number of rows."""
    span = f"{delivery.months[0]:%Y-%m}_to_{delivery.months[-1]:%Y-%m}"
    calls = [row for place in places for row in _calls(plan, delivery, place)]
    incidents = [row for place in places for row in _incidents(plan, delivery, place)]
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"west-midlands-synthetic-calls-{span}.csv",
        csv_text([_CALLS_HEADER, *calls]),
    )
    header: list[Cell] = [
        "Record Type",
        "Area",
        "Date",
        "Category",
        "Youth",
        "Ward",
        "LSOA",
        "Count",
        "Reference",
        "Caller Key",
        "Location Key",
    ]
    # a category is never empty in what counts; this line lost it on the way
    broken: list[Cell] = [
        "incident",
        "Dudley",
        delivery.months[0].isoformat(),
        "",
        "no",
        "",
        "",
        1,
        "",
        "",
        "",
    ]
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"west-midlands-synthetic-incidents-{span}.csv",
        csv_text([header, *incidents, broken], "\r\n"),
    )
    return len(calls) + len(incidents)


def _calls(plan: DemoPlan, delivery: Delivery, place: Partnership) -> Iterator[list[Cell]]:
    counts = monthly_counts(plan, place.name, "asb_calls_for_service")
    wards: dict[str, float] = defaultdict(float)
    for one in place.neighbourhoods:
        wards[one.ward_name] += one.weight
    for month in delivery.months:
        by_category = spread(counts[month], [share for _, share in _CALLS])
        for (category, _), total in zip(_CALLS, by_category, strict=True):
            for ward, count in zip(wards, spread(total, list(wards.values())), strict=True):
                yield ["call", place.name, month.isoformat(), category, ward, count]


def _incidents(plan: DemoPlan, delivery: Delivery, place: Partnership) -> Iterator[list[Cell]]:
    counts = monthly_counts(plan, place.name, "asb_incidents")
    youth = monthly_counts(plan, place.name, "asb_youth")
    for month in delivery.months:
        if place.name not in RECORD_LEVEL:
            young = spread(youth[month], _CATEGORY_WEIGHTS)
            old = spread(counts[month] - youth[month], _CATEGORY_WEIGHTS)
            for says, parts in (("yes", young), ("no", old)):
                for category, part in zip(_CATEGORIES, parts, strict=True):
                    first = month.isoformat()
                    yield ["incident", place.name, first, category, says, "", "", part, "", "", ""]
            continue
        chance = plan.random("incidents", place.name, month)
        total = counts[month]
        where = chance.choices(
            place.neighbourhoods, cum_weights=list(place.summed_weights), k=total
        )
        categories = chance.choices(_CATEGORIES, _CATEGORY_WEIGHTS, k=total)
        for number in range(total):
            day = month + timedelta(days=chance.randrange(month_end(month).day))
            spot = where[number]
            # few callers call often, few places come again and again
            caller = min(int(chance.paretovariate(0.45)), 99_999)
            door = min(int(chance.paretovariate(0.8)), 400)
            yield [
                "incident",
                place.name,
                day.isoformat(),
                categories[number],
                "yes" if number < youth[month] else "no",
                spot.ward_name,
                "" if chance.random() < 0.02 else spot.lsoa_code,
                1,
                f"SYN-A{place.lad_code[-2:]}{month:%y%m}{number:05d}",
                f"SYN-C{place.lad_code[-2:]}{caller:05d}",
                f"SYN-L{spot.lsoa_code[-4:]}{door:03d}",
            ]
