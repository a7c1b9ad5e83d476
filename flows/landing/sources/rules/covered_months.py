"""Which months a file of records covers: one rule for every source of records.

The window that the file's name or its mapping states; else the months that occur in it. A month
inside that span in which the whole file has no row is a gap, and a month that was not over when
the extract was taken is no month yet: neither is supplied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log

from flows.calendar_months import last_whole_month, month_start, months_apart, months_from

# What happens by chance so seldom is taken to have another cause.
UNLIKELY = 0.001
# A count that is expected to be this high or more is 0 in fewer than one month of a thousand
# (Poisson), so that an empty month of it is a missing month.
EXPECTED_TO_OCCUR = -log(UNLIKELY)

STATED_IN_NAME = "its name, as in 2017-04_to_2017-09"
_MONTHS_IN_NAME = re.compile(r"(\d{4})-(\d{2})[ _-]to[ _-](\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class CoveredMonths:
    """What a file covers, each month by its first day.

    `months` are supplied, a month without rows among them is zero; `gaps` are not supplied, and
    lie inside the span; `unfinished` have rows and were not over on the extract date, and
    `outside` have rows and lie outside the stated window.
    """

    months: tuple[date, ...]
    gaps: tuple[date, ...]
    unfinished: tuple[date, ...]
    outside: tuple[date, ...]

    def notes(self, rows: Mapping[date, int], how_to_state: str = "") -> list[str]:
        """Say what the file lacks and what of it is not counted; `rows` counts its rows by month.

        Months are named, rows only counted. `how_to_state` says where the supplier's window can be
        stated, for a file that has none.
        """
        quiet = f"; if nothing happened in them, state the file's months in {how_to_state}"
        said = []
        if self.gaps:
            said.append(
                f"no row is of {spans(self.gaps)}: not supplied, and no figure is made of "
                f"{'it' if len(self.gaps) == 1 else 'them'}. Expected: rows in every month from "
                "the first to the last. Next: if the supplier has rows of these months, ask for "
                f"a file with them{quiet if how_to_state else ''}"
            )
        if self.unfinished:
            kept = sum(rows.get(month, 0) for month in self.unfinished)
            said.append(
                f"{_rows(kept)} of {spans(self.unfinished)}, which was not over on the extract "
                "date: kept and not yet counted. Next: load the extract that is taken after "
                "the month's end"
            )
        return said


def covered_months(
    rows: Mapping[date, int],
    extract_date: date,
    stated: tuple[date, date] | None = None,
) -> CoveredMonths:
    """Find what a file covers from its rows by month, its extract date and its stated window.

    `rows` counts the rows of each month (by its first day) over the whole file, whatever the area
    or indicator; months without rows may be left out. `stated` is the first and last month that
    the file's name or mapping states. In a stated window an empty month is zero where so few rows
    are usual that none can be chance, and a gap where it cannot, or where no month has a row.
    """
    last = last_whole_month(extract_date)
    present = sorted(month for month, count in rows.items() if count)
    if stated is not None:
        inside = [month for month in present if stated[0] <= month <= stated[1]]
        span = months_from(stated[0], min(stated[1], last))
    else:
        inside = present
        span = months_from(present[0], min(present[-1], last)) if present else []
    whole = {month for month in inside if month <= last}
    usual = sum(rows[month] for month in whole) / len(whole) if whole else 0
    quiet_is_zero = stated is not None and 0 < usual < EXPECTED_TO_OCCUR
    return CoveredMonths(
        months=tuple(month for month in span if month in whole or quiet_is_zero),
        gaps=tuple(month for month in span if month not in whole and not quiet_is_zero),
        unfinished=tuple(month for month in inside if month > last),
        outside=tuple(month for month in present if month not in inside),
    )


def rows_by_month(days: Iterable[date | None]) -> Counter[date]:
    """Count days by their month; what has no day counts nowhere."""
    return Counter(month_start(day) for day in days if day is not None)


def months_named(name: str) -> tuple[date, date] | None:
    """Read first and last month from `… 2016-10_to_2017-09 …` in a name, if it has them."""
    found = _MONTHS_IN_NAME.search(name)
    if found is None:
        return None
    try:
        first = date(int(found.group(1)), int(found.group(2)), 1)
        last = date(int(found.group(3)), int(found.group(4)), 1)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def window_in_name(name: str) -> str:
    """Write the window that a file's name states, or '': it decides how the file is read."""
    stated = months_named(name)
    return "" if stated is None else f"{stated[0]:%Y-%m} to {stated[1]:%Y-%m}"


def spans(months: Iterable[date]) -> str:
    """Write months in words, neighbours as one span: `July 2024, October 2024 to March 2025`."""
    runs: list[list[date]] = []
    for month in sorted(set(months)):
        if runs and months_apart(runs[-1][-1], month) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(
        f"{run[0]:%B %Y}" if len(run) == 1 else f"{run[0]:%B %Y} to {run[-1]:%B %Y}" for run in runs
    )


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"
