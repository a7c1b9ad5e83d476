"""Every published column is an equation, NULL where a cell behind it is withheld, or public."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .nights import Nights
from .published_columns import NULL_WHERE, PUBLIC
from .published_facts import EQUATIONS, Publication, Row

pytestmark = pytest.mark.long

SEEDS = Path(__file__).resolve().parents[2] / "data" / "seeds"
Cell = tuple[str, str, str, str, tuple[int, int]]


def published_columns(publication: Publication) -> dict[str, dict[str, str]]:
    """Columns and their types by table."""
    with duckdb.connect() as connection:
        return {
            path.stem: {
                name: kind
                for name, kind, *_ in connection.execute(f"describe from '{path}'").fetchall()
            }
            for path in sorted(publication.parquet.glob("*.parquet"))
        }


def test_every_column_is_accounted_for(nights: Nights) -> None:
    published = published_columns(nights.last)
    assert len(published) > 20
    known = {
        table: {*EQUATIONS.get(table, ()), *NULL_WHERE.get(table, ()), *PUBLIC.get(table, ())}
        for table in {*published, *EQUATIONS, *NULL_WHERE, *PUBLIC}
    }
    unaccounted = [
        f"{table}.{column}"
        for table, columns in published.items()
        for column, kind in columns.items()
        if kind in ("BIGINT", "DOUBLE", "BOOLEAN") and column not in known[table]
    ]
    assert unaccounted == [], "say in published_columns.py what each tells of a withheld count"
    gone = [
        f"{table}.{column}"
        for table, columns in known.items()
        for column in columns
        if column not in published.get(table, {})
    ]
    assert gone == []


class Withheld:
    """What a publication withholds, as its readers see it: a row of values that says so."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._own = {
            _cell(row) for row in publication.rows("fct_indicator_values") if row["is_suppressed"]
        }
        areas = publication.rows("dim_areas")
        self._force = {row["area_code"]: row["force_code"] for row in areas}
        self._in_force = defaultdict(list)
        for row in areas:
            if row["area_type"] == "csp":
                self._in_force[row["force_code"]].append(row["area_code"])
        self._family = defaultdict(set)
        for row in publication.rows("dim_families"):
            self._family[row["area_code"]].add(row["neighbour_code"])

    def _is(self, cell: Cell) -> bool:
        return cell in self._own

    def own(self, row: Mapping[str, Any]) -> bool:
        return self._is(_cell(row))

    def own_of_cases(self, row: Mapping[str, Any]) -> bool:
        return self.own(row) and row["denominator_kind"] == "cases"

    def previous(self, row: Mapping[str, Any], years: int = 1) -> bool:
        return self._is(_before(_cell(row), years))

    def baseline(self, row: Mapping[str, Any]) -> bool:
        return any(self.previous(row, years) for years in (1, 2, 3))

    def family(self, row: Mapping[str, Any], years: int = 0) -> bool:
        # on the scorecard the rank may be of another source than the figure
        ranked = {**row, "source": row.get("family_source") or row["source"]}
        return self._circle(ranked, self._family[row["area_code"]], years)

    def previous_family(self, row: Mapping[str, Any]) -> bool:
        return self.family(row, 1)

    def force(self, row: Mapping[str, Any], years: int = 0) -> bool:
        return self._circle(row, self._in_force[self._force[row["area_code"]]], years)

    def previous_force(self, row: Mapping[str, Any]) -> bool:
        return self.force(row, 1)

    def _circle(self, row: Mapping[str, Any], areas: Any, years: int) -> bool:
        return any(self._is(_before(_cell({**row, "area_code": area}), years)) for area in areas)

    @cached_property
    def _series(self) -> set[tuple[str, str, str]]:
        return {cell[:3] for cell in self._own}

    def series(self, row: Mapping[str, Any]) -> bool:
        return (row["source"], row["indicator_id"], row["area_code"]) in self._series

    @cached_property
    def _benchmarks(self) -> set[tuple[Any, ...]]:
        return {_benchmark(row) for row in self._publication.rows("fct_funnel") if self.own(row)}

    def benchmark(self, row: Mapping[str, Any]) -> bool:
        return _benchmark(row) in self._benchmarks

    @cached_property
    def _bases(self) -> set[tuple[str, str]]:
        return {
            (row["area_code"], row["indicator_id"])
            for row in self._publication.rows("fct_headline_sensitivity", "is_base")
            if self.own(row) or self.previous(row) or self.family(row) or self.force(row)
        }

    def base(self, row: Mapping[str, Any]) -> bool:
        return (row["area_code"], row["indicator_id"]) in self._bases

    @cached_property
    def _closed(self) -> set[tuple[str, str, str]]:
        with (SEEDS / "withheld_together.csv").open(encoding="utf-8") as seed:
            together = [
                (row["sensitive_indicator_id"], row["indicator_id"]) for row in csv.DictReader(seed)
            ]
        found = set()
        for source, indicator, area in self._series:
            also = [other for sensitive, other in together if sensitive == indicator]
            for closed in (indicator, *also):
                found.add((source, self._force.get(area) or area, closed))
        return found

    def closed(self, row: Mapping[str, Any]) -> bool:
        return (row["source"], row["force_code"], row["indicator_id"]) in self._closed

    def row(self, row: Mapping[str, Any]) -> bool:
        return bool(row["is_suppressed"])

    def place(self, row: Mapping[str, Any]) -> bool:
        return row["records"] is None

    def restricted(self, row: Mapping[str, Any]) -> bool:
        if "subject" in row:
            failed_in_private = row["stage"] == "build" and row["status"] != "passed"
            return row["stage"] in ("source", "landing") or (
                failed_in_private and not row["subject"].startswith(("fct_", "dim_", "rpt_"))
            )
        return row["source"] not in ("police_uk", "population", "lookups")


def _cell(row: Mapping[str, Any]) -> Cell:
    end = row["period_end"]
    kind = row.get("period_type") or ("month" if "month" in row else "financial_year")
    return (row["source"], row["indicator_id"], row["area_code"], kind, (end.year, end.month))


def _before(cell: Cell, years: int) -> Cell:
    (year, month) = cell[4]
    return (*cell[:4], (year - years, month))


def _benchmark(row: Mapping[str, Any]) -> tuple[Any, ...]:
    names = ("benchmark", "benchmark_code", "source", "indicator_id", "period_type", "period_end")
    return tuple(row[name] for name in names)


@pytest.fixture(scope="module", params=("last", "first", "as at"))
def looked_at(request: pytest.FixtureRequest, nights: Nights) -> Publication:
    first, last = nights.publications
    return {"last": last, "first": first, "as at": nights.as_at}[request.param]


def test_a_column_is_null_where_a_cell_behind_it_is_withheld(looked_at: Publication) -> None:
    withheld = Withheld(looked_at)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    told = []
    for table, columns in NULL_WHERE.items():
        conditions: dict[str, Callable[[Row], bool]] = {
            name: getattr(withheld, name) for cells in columns.values() for name in cells
        }
        for row in looked_at.rows(table):
            held = {name for name, asks in conditions.items() if asks(row)}
            for column, cells in columns.items():
                because = held & set(cells)
                for name in because:
                    seen[table, name] += 1
                if because and row[column] is not None:
                    told.append((table, column, sorted(because), row[column]))
    assert told[:20] == []
    if looked_at.number == 0:
        return
    # the last night withholds something for every table and reason, or this sees nothing
    never = {
        (table, name)
        for table, columns in NULL_WHERE.items()
        for cells in columns.values()
        for name in cells
        if not seen[table, name]
    }
    assert never <= MAY_BE_ABSENT, sorted(never - MAY_BE_ABSENT)


# What the made-up nights do not have: they run no checks, no series of a headline indicator that is
# withheld has a year to forecast, no newest period of one was small a year before, and the extract
# with the offences that are weighted ends within a year of its small month. Nor has a sensitive
# indicator of theirs a programme: tests/dbt_project/figures/test_programmes.py has one.
MAY_BE_ABSENT = {
    ("fct_forecasts", "series"),
    ("fct_harm", "previous"),
    ("fct_headline_sensitivity", "previous"),
    ("fct_programme_values", "row"),
    ("rpt_checks", "restricted"),
    ("rpt_scorecard", "previous"),
    ("rpt_scorecard", "previous_force"),
}
