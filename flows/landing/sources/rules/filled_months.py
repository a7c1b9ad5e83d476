"""In which months a column that marks rows is filled: one rule for every source of records.

A column can be filled only from some month on, or only in part. Empty cells that mean "no" in
other months mean nothing there: zeros made of them would be false.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

from flows.landing.sources.rules.covered_months import UNLIKELY

# A figure of a mark that is unread in more than a tenth of the rows would be too low. The same
# share of records may lack a place before a check speaks of it.
UNREAD_SHARE_MAX = 0.1


def is_no_chance(share: float, words: int) -> bool:
    """Say whether so many words all miss a share of the rows for another cause than chance.

    Each word falls on a row at random; with no word at all nothing can be said.
    """
    return words > 0 and (1 - share) ** words <= UNLIKELY


def months_without_words(
    words: Mapping[date, int], rows: Mapping[date, int], months: Sequence[date]
) -> set[date]:
    """Find the runs of months without a word of the column that are no chance.

    `words` counts by month the rows in which the column has a word, `rows` all of them; a month
    that either lacks has none. `months` are in order.
    """
    in_all = sum(rows.get(month, 0) for month in months)
    number = sum(words.get(month, 0) for month in months)
    found: set[date] = set()
    run: list[date] = []
    for month in [*months, None]:
        if month is not None and not words.get(month):
            run.append(month)
            continue
        inside = sum(rows.get(silent, 0) for silent in run)
        if run and is_no_chance(inside / in_all if in_all else 0, number):
            found.update(run)
        run = []
    return found


def months_unread(
    unread: Mapping[date, int], rows: Mapping[date, int], months: Sequence[date]
) -> set[date]:
    """Find the months in which a column is unread in more than a tenth of the rows."""
    return {
        month for month in months if unread.get(month, 0) > UNREAD_SHARE_MAX * rows.get(month, 0)
    }


def fills_most_rows(
    words: Mapping[date, int], rows: Mapping[date, int], months: Sequence[date]
) -> bool:
    """Say whether a column has a word in nearly every row, so that an empty cell says nothing."""
    shares = [words[month] / rows[month] for month in months if words.get(month)]
    return bool(shares) and median(shares) >= 1 - UNREAD_SHARE_MAX
