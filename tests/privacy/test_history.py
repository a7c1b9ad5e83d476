"""What was published before, from every source, and what is public anyway, tell no small count.

Each area has a history of its own, shaped so that a rule which knows only today's figures, or only
its own, gives a small count back. Every figure is made up.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.sources.rules import hash_key
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt

from .attacker import Attacker, Month

EXTRACTS = ("2016-10-10", "2017-01-10")
YEAR = [date(2015 + (3 + n) // 12, (3 + n) % 12 + 1, 1) for n in range(21)]  # to December 2016
Q1, Q2, Q3 = YEAR[12:15], YEAR[15:18], YEAR[18:21]

#: cases by quarter from April 2016 (Solihull: from April 2015), as each return says
RETURNED = {
    "Dudley": ((3, 12), (20, 12)),  # a small quarter is revised to a large one
    "Walsall": ((12, 3), (12, 20)),
    "Sandwell": ((9, 12), (9, 12, 3)),
    "Solihull": ((12, 3, 9, 9, 14, 14), (12, 20, 9, 9, 14, 14, 14)),  # July to December told 12
}
#: cases of the lists by month from April 2016
LISTED = {"Coventry": ((3, 12, 9, 8, 9, 7), (20, 12, 9, 8, 9, 7))}
#: modern slavery by month from April 2015: the force's counts, and Home Office open data by quarter
COUNTED = {
    "Leeds": (*[6] * 12, 1, 0, 2, 4, 9, 9, 8, 8, 8),  # public: 3 from April to June 2016
    "Bradford": (*[6] * 12, 3, 9, 9, 9, 9, 9, 3, 8, 8),
    "Wakefield": (*[6] * 12, 2, 0, 0, 9, 9, 9, 8, 8, 8),
}


@dataclass(frozen=True)
class Published:
    """A figure of one publication and the versions of the months that it sums."""

    months: tuple[Month, ...]
    value: float | None
    cell: str


def _first_month(area: str) -> int:
    return 0 if area == "Solihull" else 12


def _write(path: Path, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])


def _fill_inbox(raw: Path, number: int) -> None:
    extract = EXTRACTS[number]
    _write(
        raw / "marac" / extract / "return.csv",
        "area,quarter,measure,breakdown,count",
        [
            (area, f"{2015 + quarter // 4}/{16 + quarter // 4} Q{quarter % 4 + 1}", "cases", "", n)
            for area, versions in RETURNED.items()
            for quarter, n in enumerate(versions[number], start=_first_month(area) // 3)
        ],
    )
    _write(
        raw / "marac" / extract / "case-list-2016-04_to_2016-09.csv",
        "area,victim key,perpetrator keys,referral date,discussed date,any abuse,"
        "potentially criminal,referring agency",
        [
            (area, f"V{month}-{n}", f"P{month}-{n}", month, month.replace(day=n % 28 + 1),
             "yes", "no", "Police")
            for area, versions in LISTED.items()
            for month, cases in zip(YEAR[12:], versions[number], strict=False)
            for n in range(cases)
        ],
    )  # fmt: skip
    months = YEAR[: 18 if number == 0 else 21]
    _write(
        raw / "force_counts" / extract / f"counts-{extract}.csv",
        "month,area,indicator,count",
        [
            (f"{month:%Y-%m}", area, "modern_slavery", n)
            for area, counts in COUNTED.items()
            for month, n in zip(months, counts, strict=False)
        ],
    )
    _write(
        raw / "recorded_crime_open_data" / extract / f"open-data-{extract}.csv",
        "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Code,Number of Offences",
        [
            (f"{2015 + quarter // 4}/{16 + quarter // 4}", quarter % 4 + 1, "West Yorkshire", area,
             "106", sum(counts[3 * quarter : 3 * quarter + 3]))
            for area, counts in COUNTED.items()
            for quarter in range(len(months) // 3)
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def publications(tmp_path_factory: pytest.TempPathFactory) -> list[list[Published]]:
    """The figures of both publications, shown or withheld."""
    root = tmp_path_factory.mktemp("history")
    folder = DataFolder(root / "data")
    settings = Settings(home_areas=["Dudley"], hash_key_file=root / "hash.key")
    hash_key.forget_keys()
    made = []
    for number in range(len(EXTRACTS)):
        _fill_inbox(folder.raw, number)
        folder.ensure()
        landed = land_inbox(folder)
        assert not landed.quarantined, landed.quarantined
        assert not landed.rows_rejected
        write_catalog(folder, None)
        build_without_dbt(folder, settings, select=["+fct_indicator_values"])
        with duckdb.connect(str(folder.database), read_only=True) as connection:
            rows = connection.execute(
                "select source, indicator_id, area_name, period_label, period_start, period_end,"
                " value, previous_value, is_complete from main.fct_indicator_values"
                " where indicator_id in ('marac_cases', 'modern_slavery') and area_type = 'csp'"
            ).fetchall()
        figures = []
        for source, indicator, area, label, start, end, value, previous, complete in rows:
            name = f"{source} {area} {label} of {number}"
            for years, figure in ((0, value), (1, previous)):
                months = _months(number, indicator, area, start, end, years)
                if months and (complete or figure is None):
                    figures.append(Published(months, figure, f"{name} -{years}"))
        made.append(figures)
    hash_key.forget_keys()
    return made


def _months(
    number: int, indicator: str, area: str, start: date, end: date, years: int
) -> tuple[Month, ...]:
    """Months of a period that are in the data, each in the version that the publication knew."""
    versions: Mapping[str, tuple[tuple[int, ...], ...]] = {**RETURNED, **LISTED}
    found = []
    for month in YEAR:
        if (
            not start.replace(year=start.year - years)
            <= month
            <= end.replace(year=end.year - years, day=1)
        ):
            continue
        version = 0
        if area in versions:
            old, new = versions[area]
            at = YEAR.index(month) - _first_month(area)
            place = at // 3 if area in RETURNED else at
            if at < 0 or place >= len(new):
                return ()
            version = number if place >= len(old) or old[place] != new[place] else 0
        found.append((indicator, area, month, version))
    return tuple(found)


def _attacker(publications: list[list[Published]]) -> Attacker:
    attacker = Attacker()
    for figures in publications:
        for figure in figures:
            if figure.value is not None:
                attacker.learn(dict.fromkeys(figure.months, 1.0), figure.value)
    return attacker


def _of(area: str, months: Iterable[date], version: int = 0) -> list[Month]:
    indicator = "modern_slavery" if area in COUNTED else "marac_cases"
    return [(indicator, area, month, version) for month in months]


CELLS = {
    "3 cases that the next return revised to 20": _of("Dudley", Q1),
    "3 cases of the second quarter, revised": _of("Walsall", Q2),
    "3 cases of the newest quarter": _of("Sandwell", Q3, 1),
    "3 cases of a quarter within a year, revised to 20": _of("Solihull", YEAR[3:6]),
    "3 cases of a month whose list was replaced": _of("Coventry", YEAR[12:13]),
    "4 offences of a month after a public quarter": _of("Leeds", YEAR[15:16]),
    "1 offence of a month in a public quarter": _of("Leeds", YEAR[12:13]),
    "3 offences of a month": _of("Bradford", YEAR[12:13]),
    "3 offences of a month of a running year": _of("Bradford", YEAR[18:19]),
    "2 offences of a month and none of the two after": _of("Wakefield", YEAR[12:13]),
}


def test_the_supplies_arrived(publications: list[list[Published]]) -> None:
    areas = {figure.months[0][1] for figures in publications for figure in figures}
    assert areas == {*RETURNED, *LISTED, *COUNTED}


@pytest.mark.parametrize("cell", CELLS)
def test_no_small_count_follows(publications: list[list[Published]], cell: str) -> None:
    assert _attacker(publications).recovered({cell: CELLS[cell]}) == []


def test_what_public_sources_say_costs_nothing(publications: list[list[Published]]) -> None:
    """Years and quarters stand in the public source, so the force's own figures may stand too."""
    shown = {figure.cell: figure.value for figure in publications[-1] if figure.value is not None}
    for area in COUNTED:
        assert shown[f"force_counts {area} 2015/16 of 1 -0"] == 72
        assert f"force_counts {area} 2016/17 YTD to Sep of 1 -0" in shown
        assert f"force_counts {area} 2016/17 Q3 of 1 -0" in shown
