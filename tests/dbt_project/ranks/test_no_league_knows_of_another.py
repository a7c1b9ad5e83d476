"""Ranks and funnels of an indicator and period are the same alone and among others."""

from __future__ import annotations

import random
from datetime import date
from itertools import product
from typing import Any

import pytest

from .conftest import FAMILY_MODELS, JULY, MadeUpWarehouse, Row, family, figure

AREAS = {"a": "F", "b": "F", "c": "F", "d": "G", "e": "G", "f": "G"}
MODELS = ("int_family_comparisons", "int_family_ranks", "int_force_ranks", "int_funnel")
Series = tuple[str, str, str, date]
SERIES: list[Series] = list(
    product(("s", "t"), ("i", "j"), ("month", "ytd"), (JULY, date(2019, 7, 31)))
)


def figures(series: Series) -> list[Row]:
    draw = random.Random("".join(map(str, series)))  # noqa: S311 - made-up counts, no secret
    source, indicator, kind, end = series
    rows = []
    for area, force in AREAS.items():
        value, people = draw.randint(5, 400), float(draw.randint(900, 9000))
        rate = value * 1000 / people
        rows.append(
            figure(
                area,
                value,
                people,
                source=source,
                indicator_id=indicator,
                period_type=kind,
                period_end=end,
                force_code=force,
                rate_lower=rate * 0.9,
                rate_upper=rate * 1.1,
                change_pct=float(draw.randint(-40, 40)),
                change_pct_is_unreliable=False,
            )
        )
    return rows


def built(warehouse: MadeUpWarehouse, chosen: list[Series]) -> dict[str, list[Row]]:
    warehouse.fill(
        "areas",
        [{"area_code": a, "area_name": a, "area_type": "csp", "force_code": f}
         for a, f in AREAS.items()],
    )  # fmt: skip
    lists = [*family("a", "b", "d", "e"), *family("d", "a", "c", "f"), *family("b", "f", "a")]
    lists += family("a", "f", scheme="illustrative")
    warehouse.fill("int_family_lists", lists)
    warehouse.fill("int_indicator_values", [row for s in chosen for row in figures(s)])
    warehouse.connection.execute(
        "create or replace table int_home_areas as select area_code, force_code from areas"
    )
    warehouse.build(*FAMILY_MODELS, "int_force_ranks", "int_funnel")
    return {model: warehouse.rows(f"from {model} order by all") for model in MODELS}


def of(rows: list[Row], series: Series) -> list[Row]:
    keys = ("source", "indicator_id", "period_type", "period_end")
    return [row for row in rows if tuple(row[key] for key in keys) == series]


@pytest.mark.parametrize("series", SERIES[::3], ids=str)
def test_alone_and_among_others(warehouse: MadeUpWarehouse, series: Series) -> None:
    together: dict[str, Any] = built(warehouse, SERIES)
    alone = built(warehouse, [series])
    for model in MODELS:
        assert alone[model], model
        assert of(together[model], series) == alone[model], model
