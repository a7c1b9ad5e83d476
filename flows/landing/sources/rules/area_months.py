"""In which of a list's months each of its areas is supplied: one rule for every list of areas.

A month without rows of an area is zero, unless so many are usual that none is no chance: then its
rows are missing, or stand under a name that means another area or none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from flows.calendar_months import month_start
from flows.landing.sources.rules.area_names import area_code_of, folded_key
from flows.landing.sources.rules.covered_months import spans
from flows.landing.sources.rules.filled_months import months_without_words

_NOTED = 5


@dataclass(slots=True)
class AreaMonths:
    """The rows of each area by month; a count of several records is as many rows.

    Fewer months in a row than `shortest` are never taken for missing: conferences are held every
    second month in some places, and a list with rows of a month is a list of that month.
    """

    shortest: int = 3
    _rows: dict[object, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    _names: dict[object, str] = field(default_factory=dict)

    def add(self, rows: Iterable[tuple[str, date | None, float | None]]) -> None:
        """Add rows: area as written, day, and how many records a row stands for (None: one)."""
        for area, day, records in rows:
            if day is None:
                continue
            key = folded_key("area", area)
            self._names.setdefault(key, area.strip())
            # a count of 0 says that the month is there
            self._rows[key][month_start(day)] += max(1, int(1 if records is None else records))

    def missing(self, area: str, months: Sequence[date]) -> set[date]:
        """Find the months without rows of an area that are no chance; `months` are in order."""
        return self._missing(folded_key("area", area), months)

    def notes(self, months: Sequence[date]) -> list[str]:
        """Say which months of which areas are taken for missing.

        A name that means no area counts nowhere in any month, as a check says.
        """
        said = []
        found = {key: self._missing(key, months) for key in self._rows}
        for key, missing in sorted(found.items(), key=lambda entry: self._names[entry[0]]):
            if missing and area_code_of(self._names[key]) is not None:
                usual = sum(self._rows[key].values()) / (len(months) - len(missing))
                said.append(
                    f"no row of '{self._names[key]}' is of {spans(missing)}, though {usual:,.0f} a "
                    "month are usual: not supplied, and no figure is made of "
                    f"{'it' if len(missing) == 1 else 'them'}. Expected: rows of every area in "
                    "every month. Next: ask for a file with them; they may stand under other names "
                    "of the area"
                )
        more = len(said) - _NOTED
        return [*said[:_NOTED], *([f"and so of {more} more areas"] if more > 0 else [])]

    def _missing(self, key: object, months: Sequence[date]) -> set[date]:
        missing = months_without_words(self._rows[key], dict.fromkeys(months, 1), months)
        runs = (
            list(run) for is_missing, run in groupby(months, missing.__contains__) if is_missing
        )
        return {month for run in runs if len(run) >= self.shortest for month in run}
