"""MARAC: Dudley's list of cases, from which repeats follow, and the others' quarterly returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flows.calendar_months import add_months, financial_quarter_label, month_end, months_from
from flows.demo.inbox_writer import InboxWriter
from flows.demo.monthly_counts import monthly_counts, spread
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.spreadsheet import Cell, workbook
from flows.demo.tables import csv_text
from flows.demo.yearly_levels import AREAS

SOURCE = "marac"
LISTED = "Dudley"
_FIRST_MONTH = date(2014, 4, 1)
_AGENCIES = ("Police", "IDVA", "Health", "Housing", "Children's services")
_AGENCY_WEIGHTS = (58, 20, 9, 6, 7)
_CASES_HEADER = (
    "Area",
    "Victim Key",
    "Perpetrator Keys",
    "Referral Date",
    "Discussed Date",
    "Referring Agency",
    "Any Abuse",
    "Potentially Criminal",
)
# from its referral a case is discussed within so many days
_WAIT = (6, 20)
# a victim comes again after at least so many days, and within 12 months of the last referral
_AGAIN = (35, 330)


@dataclass(frozen=True, slots=True)
class Case:
    """One referral; keys are references that stand for nobody."""

    victim: str
    perpetrators: str
    referred: date
    discussed: date | None
    agency: str
    criminal: bool


def cases_of(plan: DemoPlan) -> list[Case]:
    """Draw the cases of the listed partnership from April 2014 on.

    So many a month as the counts say; exactly so many of them follow a referral of the same
    victim and perpetrator within twelve months.
    """
    chance = plan.random("marac cases")
    cases = monthly_counts(plan, LISTED, "marac_cases")
    repeats = monthly_counts(plan, LISTED, "marac_repeat_cases")
    last_referral: dict[int, date] = {}
    made: list[Case] = []
    number = 0
    for month in months_from(_FIRST_MONTH, date(2018, 3, 1)):
        for at in range(cases[month]):
            discussed = month + timedelta(days=chance.randrange(month_end(month).day))
            referred = discussed - timedelta(days=chance.randint(*_WAIT))
            # nobody can come again before there is somebody
            again = [
                victim
                for victim, last in last_referral.items()
                if _AGAIN[0] <= (referred - last).days <= _AGAIN[1]
            ]
            if at < repeats[month] and again:
                victim = chance.choice(again)
            else:
                number += 1
                victim = number
            last_referral[victim] = referred
            made.append(
                Case(
                    f"SYN-V{victim:05d}",
                    f"SYN-P{victim:05d}" + ("; SYN-P99999" if victim % 40 == 0 else ""),
                    referred,
                    discussed,
                    chance.choices(_AGENCIES, _AGENCY_WEIGHTS)[0],
                    chance.random() < 0.7,
                )
            )
    return made


def write_marac(inbox: InboxWriter, plan: DemoPlan, delivery: Delivery) -> None:
    """Write a year's list of cases and quarterly returns.

    The first list reaches a year further back, since repeats need the year before; the first
    return brings the year before to compare with.
    """
    first, last = delivery.months[0], delivery.months[-1]
    is_first = delivery == plan.deliveries[0]
    since = add_months(first, -12) if is_first else first
    chosen = [
        case
        for case in cases_of(plan)
        if case.discussed is not None and since <= case.discussed.replace(day=1) <= last
    ]
    span = f"{since:%Y-%m}_to_{last:%Y-%m}"
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"dudley-synthetic-case-list-{span}.csv",
        csv_text([_CASES_HEADER, *_case_rows(chosen)]),
    )
    months = months_from(since, last)
    quarters = {financial_quarter_label(m) for m in months}
    whole = sorted(q for q in quarters if sum(financial_quarter_label(m) == q for m in months) == 3)
    if not whole:
        return
    rows: list[list[Cell]] = [
        ["Area", "Quarter", "Measure", "Breakdown", "Count", "Source Document"]
    ]
    for area in AREAS:
        if area != LISTED:
            rows += _quarterly(plan, area, whole)
    inbox.write(
        SOURCE,
        delivery.extract_date,
        f"west-midlands-synthetic-quarterly-{delivery.financial_year}.xlsx",
        workbook(rows, ("SYNTHETIC DATA made by csp demo", "MARAC quarterly return")),
    )


def _case_rows(cases: list[Case]) -> Iterator[list[Cell]]:
    for at, case in enumerate(cases):
        yield [
            LISTED,
            case.victim,
            case.perpetrators,
            case.referred.isoformat(),
            case.discussed.isoformat() if case.discussed else "",
            case.agency,
            "yes",
            "yes" if case.criminal else "no",
        ]
        if at % 90 == 50:  # referred, not discussed yet: no case
            yield [LISTED, f"SYN-W{at:04d}", "", case.referred.isoformat(), "", "Police", "yes", ""]
    if cases:  # a day that no calendar has
        yield [LISTED, "SYN-X", "SYN-Y", "31/02/2015", "", "Police", "yes", "no"]


def _quarterly(plan: DemoPlan, area: str, quarters: list[str]) -> Iterator[list[Cell]]:
    cases = monthly_counts(plan, area, "marac_cases")
    repeats = monthly_counts(plan, area, "marac_repeat_cases")
    document = "SYNTHETIC MARAC return"
    for quarter in quarters:
        months = [month for month in cases if financial_quarter_label(month) == quarter]
        counted = sum(cases[month] for month in months)
        repeated = sum(repeats[month] for month in months)
        chance = plan.random("marac quarterly", area, quarter)
        yield [area, quarter, "cases", None, counted, document]
        yield [area, quarter, "repeats", "any_abuse", repeated, document]
        yield [area, quarter, "repeats", "potentially_criminal", round(repeated * 0.7), document]
        yield [area, quarter, "children", None, round(counted * chance.uniform(1.1, 1.4)), document]
        parts = spread(counted, _AGENCY_WEIGHTS)
        for agency, part in zip(_AGENCIES, parts, strict=True):
            yield [area, quarter, "referrals", agency, part, document]
        for group, share in (("Black and minority ethnic", 0.24), ("Disability", 0.07)):
            yield [area, quarter, "diversity", group, round(counted * share), document]
