"""What a demo is to hold: seed, months, and the deliveries in which suppliers send them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from flows.calendar_months import add_months, months_from

LAST_MONTH = date(2018, 3, 1)
MONTHS_MAX = 36
_REVISED_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """One year's delivery: the months (first days) that are new, and those sent again, revised.

    `will_be_revised` are the new months that the next delivery sends again.
    """

    extract_date: date
    months: tuple[date, ...]
    revised: tuple[date, ...]
    will_be_revised: tuple[date, ...]

    @property
    def financial_year(self) -> str:
        """The financial year of its new months, as `2016-17`."""
        year = self.extract_date.year
        return f"{year - 1}-{year % 100:02d}"


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """Seed and number of months, the last of which is March 2018.

    `share` is the part of the counts to make, for trials: the published counts come out at 1.
    """

    seed: int = 2017
    months: int = MONTHS_MAX
    share: float = 1.0

    def __post_init__(self) -> None:
        """Raise ValueError for months that the demo does not know."""
        if not 1 <= self.months <= MONTHS_MAX:
            raise ValueError(f"months is {self.months}; expected 1 to {MONTHS_MAX}")

    def random(self, *purpose: object) -> Random:
        """Give the random numbers of one purpose: they depend on seed and purpose alone."""
        return Random("|".join(map(str, (self.seed, *purpose))))  # noqa: S311 - no secret

    @property
    def all_months(self) -> tuple[date, ...]:
        """First day of every month, oldest first."""
        return tuple(months_from(add_months(LAST_MONTH, 1 - self.months), LAST_MONTH))

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """One delivery for each financial year, oldest first; extracts are made on 9 April."""
        years: dict[int, list[date]] = {}
        for month in self.all_months:
            years.setdefault(month.year + (month.month >= 4), []).append(month)
        made = []
        before: tuple[date, ...] = ()
        for year, months in sorted(years.items()):
            again = () if year == LAST_MONTH.year else tuple(months[-_REVISED_MONTHS:])
            made.append(Delivery(date(year, 4, 9), tuple(months), before, again))
            before = again
        return tuple(made)
