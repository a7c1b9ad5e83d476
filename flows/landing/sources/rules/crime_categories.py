"""The crime categories of data.police.uk: one list, and which indicators a file of them covers.

The list is `data/seeds/crime_categories.csv`, which dbt counts by: what a file may hold, what the
checks know and what is counted cannot differ.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from flows.data_folder import PROJECT_ROOT
from flows.landing.sources.rules.covered_months import EXPECTED_TO_OCCUR

SOURCE = "police_uk"
_ALL_CRIME = "total_recorded_crime"
# The shares were measured on four forces; a category may be this many times rarer elsewhere.
RARER_ELSEWHERE = 3
# A file of fewer rows is no force's month; the check of volumes against other months judges it.
ROWS_TO_JUDGE_BY = 20
# British Transport Police publishes none, in any of the months looked at: not supplied, and no
# news. The categories are those of the seed.
NEVER_PUBLISHED = {"btp": frozenset({"Anti-social behaviour"})}


@dataclass(frozen=True, slots=True)
class CategoryIndicator:
    """One row of the seed: a category that counts in an indicator, and from when to when."""

    category: str
    indicator_id: str
    valid_from: date
    valid_to: date
    smallest_share: float


@dataclass(frozen=True, slots=True)
class CoveredIndicators:
    """What a street file covers: indicators ('*' for all), and the categories it should have."""

    indicators: tuple[str, ...]
    missing: tuple[str, ...]


@cache
def category_indicators() -> tuple[CategoryIndicator, ...]:
    """Read the seed's rows of data.police.uk."""
    with (PROJECT_ROOT / "data" / "seeds" / "crime_categories.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        return tuple(
            CategoryIndicator(
                row["category"],
                row["indicator_id"],
                date.fromisoformat(row["valid_from"] or "0001-01-01"),
                date.fromisoformat(row["valid_to"] or "9999-12-31"),
                float(row["smallest_share"] or 0),
            )
            for row in csv.DictReader(stream)
            if row["source"] == SOURCE
        )


def crime_types() -> tuple[str, ...]:
    """Give every category that data.police.uk uses or used, as written in its files."""
    return tuple(sorted({row.category for row in category_indicators()}))


def indicators_published(month: date, force: str) -> frozenset[str]:
    """Give the indicators that a whole street file of a force and month gives."""
    never = NEVER_PUBLISHED.get(force, frozenset())
    in_use = [row for row in category_indicators() if row.valid_from <= month <= row.valid_to]
    return frozenset(row.indicator_id for row in in_use) - {
        row.indicator_id for row in in_use if row.category in never
    }


def covered_indicators(rows: Mapping[str, int], month: date, force: str) -> CoveredIndicators:
    """Judge by its rows of each category which indicators a force's street file of a month covers.

    A category without rows is zero where none can be chance. Where the categories without rows are
    together so common that a whole file of this size has some (in all but one of a thousand), the
    file is not whole: it covers none of these, and no indicator that they are a part of.
    """
    in_use = [row for row in category_indicators() if row.valid_from <= month <= row.valid_to]
    shares = {row.category: row.smallest_share / RARER_ELSEWHERE for row in in_use}
    never = NEVER_PUBLISHED.get(force, frozenset())
    absent = {name for name in shares if not rows.get(name) and name not in never}
    missing = absent if _is_no_chance(rows, shares, absent) else set()
    not_covered = missing | never
    indicators = {row.indicator_id for row in in_use}
    indicators -= {
        row.indicator_id
        for row in in_use
        if row.category in not_covered and not rows.get(row.category)
    }
    everything = {row.indicator_id for row in category_indicators()}
    return CoveredIndicators(
        ("*",) if indicators == everything else tuple(sorted(indicators)), tuple(sorted(missing))
    )


def categories_left_out(
    records: Mapping[str, int], further: Mapping[str, float], unknown: int
) -> tuple[str, ...]:
    """Name the categories of which an extract of so many crimes has none, where that is no chance.

    Anti-social behaviour is no crime, and in no extract of crimes. `further` are shares at least
    of what is counted beside the categories, `unknown` how many records may be of any category. In
    the year to December 2024 each of the 314 partnerships of England and Wales had more of each
    than is asked for here, or little less (ONS).
    """
    shares = dict(further) | {
        row.category: row.smallest_share / RARER_ELSEWHERE
        for row in category_indicators()
        if row.indicator_id == _ALL_CRIME and row.smallest_share  # not those of before 2013
    }
    absent = {name for name in shares if not records.get(name)}
    return tuple(sorted(absent)) if _is_no_chance(records, shares, absent, unknown) else ()


def _is_no_chance(
    rows: Mapping[str, int], shares: Mapping[str, float], absent: Collection[str], unknown: int = 0
) -> bool:
    """Whether a whole file of so many rows has some of these categories (999 of 1,000 have)."""
    total = sum(rows.values())
    share = sum(shares[name] for name in absent)
    expected = total * share / (1 - share) - unknown
    return total >= ROWS_TO_JUDGE_BY and expected >= EXPECTED_TO_OCCUR
