"""Made-up returns of one force, shaped so that careless withholding gives small counts back.

Seven partnerships and the force itself, monthly, two financial years; a first extract that ends a
month early and a second that has the last month and two revisions. Nothing here is anybody's
figure.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

FORCE = "E23000014"
UNKNOWN = "E23000014_unknown"
PARTNERSHIPS = (
    "Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall", "Wolverhampton",
)  # fmt: skip
MONTHS = tuple(
    date(2016 + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(24)
)  # April 2016 to March 2018
FIRST_EXTRACT, SECOND_EXTRACT = "2018-03-10", "2018-04-10"
HEADER = ("area", "indicator", "period_start", "period_end", "numerator", "denominator",
          "source_document")  # fmt: skip

Counts = dict[tuple[str, str, date], int]


def counts(seed: int) -> Counts:
    """True counts by indicator, area and month, the force's included as their sum."""
    random = Random(seed)  # noqa: S311 - made-up figures, the same in every run
    made: Counts = {}
    for place, area in enumerate(PARTNERSHIPS):
        for month in MONTHS:
            made["hate_crime", area, month] = random.randint(12, 60)
            made["modern_slavery", area, month] = random.choice((0, 0, 0, 1, 1, 2, 3, 6))
            made["sexual_offences", area, month] = random.randint(6, 40)
            made["violence_with_injury", area, month] = random.randint(100, 300)
            made["violence_without_injury", area, month] = random.randint(100, 300)
            made["drug_offences", area, month] = random.randint(0, 4 + place)
    # one small month between public ones, and a small one a year before
    made["hate_crime", "Dudley", date(2017, 5, 1)] = 3
    made["hate_crime", "Walsall", date(2016, 8, 1)] = 2
    # two areas small at once, and so again with a third in the month after
    made["hate_crime", "Sandwell", date(2016, 11, 1)] = 4
    made["hate_crime", "Solihull", date(2016, 11, 1)] = 2
    made["hate_crime", "Sandwell", date(2017, 11, 1)] = 4
    made["hate_crime", "Solihull", date(2017, 11, 1)] = 2
    made["hate_crime", "Coventry", date(2017, 12, 1)] = 1
    # the last month of the first extract, and the last of all
    made["hate_crime", "Wolverhampton", date(2018, 2, 1)] = 2
    made["hate_crime", "Dudley", date(2018, 3, 1)] = 1
    # a whole quarter that is small
    for month in (date(2017, 10, 1), date(2017, 11, 1), date(2017, 12, 1)):
        made["sexual_offences", "Solihull", month] = 1
    made["sexual_offences", "Dudley", date(2017, 7, 1)] = 4
    for month in MONTHS:
        for area in PARTNERSHIPS:
            made["violence_against_the_person", area, month] = (
                made["violence_with_injury", area, month]
                + made["violence_without_injury", area, month]
            )
            made["violence_and_sexual_offences", area, month] = (
                made["violence_against_the_person", area, month]
                + made["sexual_offences", area, month]
            )
        made["hate_crime", UNKNOWN, month] = random.randint(5, 12)
        for indicator in ("modern_slavery", "sexual_offences"):
            made[indicator, UNKNOWN, month] = 0 if random.random() < 0.8 else random.randint(1, 7)
    add_force(made)
    return made


def add_force(made: Counts) -> None:
    """Set the force to the sum of its areas, as who subtracts will assume."""
    for indicator in {indicator for indicator, _, _ in made}:
        for month in MONTHS:
            made[indicator, FORCE, month] = sum(
                made.get((indicator, area, month), 0) for area in (*PARTNERSHIPS, UNKNOWN)
            )


def revised(made: Counts) -> Counts:
    """The same a month later: one month came down to a small count, one went up from it."""
    later = dict(made)
    later["hate_crime", "Birmingham", date(2018, 1, 1)] = 3
    later["hate_crime", "Wolverhampton", date(2018, 2, 1)] = 9
    add_force(later)
    return later


def write_inbox(raw: Path, made: Counts, extract: str, until: date) -> None:
    """Write one return of all monthly counts up to `until`, and the MARAC figures by quarter."""
    folder = raw / "partner_returns" / extract
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"made-up-{extract}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for (indicator, area, month), counted in sorted(made.items()):
            if month <= until:
                writer.writerow((area, indicator, month, _last_day(month), counted, "", "made up"))
        for area, cases, repeats in _marac():
            for place, start in enumerate(MONTHS[::3]):
                end = _last_day(MONTHS[3 * place + 2])
                if MONTHS[3 * place + 2] > until:
                    continue
                n, d = cases[place], repeats[place]
                writer.writerow((area, "marac_cases", start, end, n, "", "made up"))
                writer.writerow((area, "marac_repeat_cases", start, end, d, "", "made up"))
                writer.writerow((area, "marac_repeat_rate", start, end, d, n, "made up"))


def _marac() -> list[tuple[str, list[int], list[int]]]:
    return [
        ("Dudley", [40, 41, 44, 40, 42, 39, 40, 43], [12, 2, 9, 11, 10, 12, 13, 8]),
        ("Walsall", [30, 31, 30, 33, 31, 30, 30, 32], [28, 12, 9, 11, 10, 12, 13, 8]),
        ("Solihull", [20, 21, 24, 20, 22, 29, 20, 23], [5, 8, 9, 6, 10, 12, 5, 8]),
    ]


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
