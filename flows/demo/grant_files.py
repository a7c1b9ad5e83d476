"""Grants: the printed totals, and made-up lines, spend and outcomes beneath them."""

from __future__ import annotations

from collections.abc import Iterator

from flows.demo.inbox_writer import InboxWriter
from flows.demo.monthly_counts import spread
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.published_counts import GRANT_LINES_2015_16
from flows.demo.spreadsheet import Cell
from flows.demo.tables import csv_text

SOURCE = "grant"
_LINES = (
    "Domestic abuse services",
    "Youth mentoring",
    "Drug and alcohol treatment",
    "Victim support",
    "Offender management",
    "Community events",
    "Gangs and youth violence",
)
_UNIT = "people supported"
# area: financial year: total as printed, and pounds carried into it
_TOTALS: dict[str, dict[str, tuple[int, int | None]]] = {
    "Wolverhampton": {
        "2015/16": (493_000, None),
        "2016/17": (369_000, None),
        "2017/18": (369_000, 38_000),
        "2018/19": (229_000, 21_000),
        "2021/22": (150_000, None),
    },
    "Dudley": {"2017/18": (267_857, None)},
}
_HEADER: list[Cell] = [
    "area",
    "period",
    "line_type",
    "budget_line",
    "allocation",
    "spend",
    "forecast",
    "carry_forward_in",
    "outcomes",
    "outcome_unit",
    "source_document",
    "note",
]


def write_grant(inbox: InboxWriter, plan: DemoPlan, delivery: Delivery) -> None:
    """Write a whole year's grant lines; the last one brings the totals of years to come."""
    if len(delivery.months) < 12:
        return
    start = delivery.months[0].year
    year = f"{start}/{(start + 1) % 100:02d}"
    later = ("2018/19", "2021/22") if delivery == plan.deliveries[-1] else ()
    rows = [
        row
        for area, totals in _TOTALS.items()
        for period in (year, *later)
        if period in totals
        for row in _year(plan, area, period, with_lines=period == year)
    ]
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"grant-synthetic-{delivery.financial_year}.csv",
        csv_text([_HEADER, *rows]),
    )


def _year(plan: DemoPlan, area: str, period: str, *, with_lines: bool) -> Iterator[list[Cell]]:
    total, carried = _TOTALS[area][period]
    document = f"SYNTHETIC grant return {period}"

    def row(
        when: str,
        kind: str,
        line: str,
        allocation: int | None,
        spend: int | None = None,
        forecast: int | None = None,
        outcomes: int | None = None,
    ) -> list[Cell]:
        carry = carried if kind == "total" else None
        unit = _UNIT if outcomes is not None else None
        return [
            area, when, kind, line, allocation, spend, forecast, carry, outcomes, unit, document,
            "SYNTHETIC",
        ]  # fmt: skip

    yield row(period, "total", "Total", total)
    if not with_lines:
        return
    chance = plan.random("grant", area, period)
    printed = (area, period) == ("Wolverhampton", "2015/16")
    amounts = GRANT_LINES_2015_16 if printed else spread(total, GRANT_LINES_2015_16)
    for line, amount in zip(_LINES, amounts, strict=True):
        used = round(amount * chance.uniform(0.93, 1.0))
        yield row(period, "line", line, amount, forecast=used)
        for number, spent in enumerate(spread(used, (23, 25, 25, 27)), 1):
            when = f"{period} Q{number}"
            yield row(when, "line", line, None, spent, outcomes=spent // 1_100)
