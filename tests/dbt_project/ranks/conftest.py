"""The rank models' own SQL on made-up families, without dbt and without a night before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pytest

from flows.landing.sources.rules.area_names import spellings_of
from tests.dbt_project.model_sql import compiled
from tests.dbt_project.statistics_connection import connection_with_statistics

Row = dict[str, Any]

#: Columns of the tables that the rank models read, in the types of the warehouse.
INPUTS = {
    "areas": "area_code varchar, area_name varchar, area_type varchar, lad_code varchar,"
    " force_code varchar",
    "stg_landing__area_spellings": "spelling varchar, area_code varchar",
    "int_family_lists": "scheme varchar, area_code varchar, neighbour_code varchar,"
    " valid_from date, valid_to date, source varchar",
    "int_indicator_values": "source varchar, indicator_id varchar, area_code varchar,"
    " area_name varchar, area_type varchar, force_code varchar, period_type varchar,"
    " period_label varchar, period_end date, polarity varchar, value_kind varchar,"
    " is_complete boolean, numerator double, value double, denominator double, rate_per bigint,"
    " rate double, rate_lower double, rate_upper double, change_pct double,"
    " change_pct_is_unreliable boolean, break_note varchar",
    "int_indicators": "indicator_id varchar, is_headline boolean, polarity varchar,"
    " denominator_kind varchar, rate_per bigint, value_kind varchar,"
    " numerator_indicator_id varchar, denominator_indicator_id varchar",
    "int_headline_sources": "source varchar, indicator_id varchar, area_code varchar",
    "int_period_values": "source varchar, indicator_id varchar, area_code varchar,"
    " period_type varchar, period_label varchar, period_start date, period_end date,"
    " financial_year bigint, months_expected bigint, is_complete boolean, value_kind varchar,"
    " numerator double, stated_denominator double, value double",
    "int_source_denominators": "source varchar, area_code varchar, population_kind varchar,"
    " period_start date, period_end date, population_year bigint, population double",
    "int_periods": "financial_year bigint",
    "int_population": "area_code varchar, year bigint, population_kind varchar, population bigint",
}

#: What a test fills stands for the seed as well as for the model that adds what has landed to it.
STANDS_FOR = {"families": "int_family_lists", "population": "int_population"}


@dataclass
class MadeUpWarehouse:
    """Tables that a test fills, and the models that it builds from them."""

    connection: duckdb.DuckDBPyConnection
    settings: dict[str, Any] = field(default_factory=dict)

    def fill(self, table: str, rows: Sequence[Row]) -> None:
        """Make `table` again with these rows; a column that a row leaves out is NULL."""
        self.connection.execute(f"create or replace table {table} ({INPUTS[table]})")
        if not rows:
            return
        names = sorted({name for row in rows for name in row})
        places = f"({', '.join('?' * len(names))})"
        # one statement for all rows: one each took most of the time of these tests
        self.connection.execute(
            f"insert into {table} ({', '.join(names)}) values {', '.join([places] * len(rows))}",
            [row.get(name) for row in rows for name in names],
        )

    def build(self, *models: str) -> None:
        """Build the models in this order, each as a table of its own name."""
        for model in models:
            if model == "int_area_spellings":
                spellings = spellings_of(self.rows("from areas"))
                self.fill(
                    "stg_landing__area_spellings",
                    [{"spelling": key, "area_code": code} for key, code in spellings.items()],
                )
            sql = compiled(model, lambda name: STANDS_FOR.get(name, name), self.settings)
            self.connection.execute(f"create or replace table {model} as {sql}")

    def rows(self, query: str) -> list[Row]:
        """Answer a query, a dictionary per row."""
        answer = self.connection.execute(query)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def row(self, query: str) -> Row:
        """Answer a query that has one row."""
        (only,) = self.rows(query)
        return only


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with connection_with_statistics() as opened:
        yield opened


@pytest.fixture(scope="module")
def warehouse(connection: duckdb.DuckDBPyConnection) -> MadeUpWarehouse:
    """One warehouse a module: every test fills the tables that it reads."""
    return MadeUpWarehouse(connection)


@pytest.fixture(autouse=True)
def emptied(warehouse: MadeUpWarehouse) -> None:
    warehouse.settings = {}
    for table in INPUTS:
        warehouse.fill(table, [])


FAMILY_MODELS = (
    "int_area_spellings",
    "int_families",
    "int_family_comparisons",
    "int_family_ranks",
)

JULY = date(2018, 7, 31)


def family(area: str, *neighbours: str, scheme: str = "msf", **dated: Any) -> list[Row]:
    """A membership list as a supplier gives it."""
    listed = {"scheme": scheme, "area_code": area, "source": "a list", **dated}
    return [{**listed, "neighbour_code": neighbour} for neighbour in neighbours]


def figure(area: str, value: float, denominator: float | None = 1000.0, **other: Any) -> Row:
    """A complete month of one indicator, with the rate that its count and denominator make."""
    rate_per = other.get("rate_per", 1000)
    rate = value * rate_per / denominator if denominator else None
    if other.get("value_kind") == "proportion":
        rate = value
    return {
        "source": "s",
        "indicator_id": "i",
        "area_code": area,
        "area_name": area,
        "area_type": "csp",
        "force_code": "F",
        "period_type": "month",
        "period_label": "",
        "period_end": JULY,
        "polarity": "lower_is_better",
        "value_kind": "count",
        "is_complete": True,
        "value": float(value),
        "denominator": denominator,
        "rate_per": rate_per,
        "rate": rate,
        **other,
    }
