"""The semantic models and metrics: dbt accepts them, and they sum only what may be summed.

MetricFlow is not installed here; docs/bi.md says how it was tried. What dbt parsed is asked of the
published tables directly.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

Parsed = dict[str, Any]


@pytest.fixture(scope="module")
def parsed(sample_night: Path) -> Parsed:
    """What dbt wrote for a semantic layer."""
    file = sample_night / "warehouse" / "dbt" / "target" / "semantic_manifest.json"
    found: Parsed = json.loads(file.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def models(parsed: Parsed) -> dict[str, Parsed]:
    return {model["name"]: model for model in parsed["semantic_models"]}


def expression(element: Parsed) -> str:
    return str(element["expr"] or element["name"])


def test_only_the_table_that_may_be_summed_has_measures(models: dict[str, Parsed]) -> None:
    measured = {model["node_relation"]["alias"] for model in models.values() if model["measures"]}
    assert measured == {"fct_monthly_counts"}


def test_every_metric_is_a_sum_or_a_ratio_of_sums(parsed: Parsed) -> None:
    kinds = {metric["name"]: metric["type"] for metric in parsed["metrics"]}
    assert kinds["recorded_crimes"] == "simple"
    # cumulative and offset metrics would span months that nobody supplied
    assert set(kinds.values()) == {"simple", "ratio"}
    aggregations = {
        measure["agg"] for model in parsed["semantic_models"] for measure in model["measures"]
    }
    assert aggregations == {"sum"}


def test_entities_dimensions_and_measures_are_read_from_the_published_tables(
    models: dict[str, Parsed], published_database: Path
) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        for model in models.values():
            table = model["node_relation"]["alias"]
            for kind in ("entities", "dimensions"):
                for element in model[kind]:
                    rows = connection.execute(f"select {expression(element)} from {table}")
                    assert rows.fetchone() is not None, (table, element["name"])


def test_the_entities_of_counts_are_keys_of_the_other_models(models: dict[str, Parsed]) -> None:
    foreign = {entity["name"]: entity["expr"] for entity in models["monthly_counts"]["entities"]}
    primary = {
        entity["name"]: entity["expr"]
        for name in ("areas", "indicators")
        for entity in models[name]["entities"]
        if entity["type"] == "primary"
    }
    assert foreign == primary == {"area": "area_code", "indicator": "indicator_id"}


def test_the_sum_by_month_is_what_the_suppliers_file_holds(
    models: dict[str, Parsed], published_database: Path
) -> None:
    [measure] = [m for m in models["monthly_counts"]["measures"] if m["name"] == "crimes"]
    dimensions = {d["name"]: expression(d) for d in models["areas"]["dimensions"]}
    with duckdb.connect(str(published_database), read_only=True) as connection:
        [(crimes,)] = connection.execute(
            f"select {measure['agg']}({expression(measure)}) from fct_monthly_counts "
            f"join dim_areas using (area_code) where dim_areas.{dimensions['area_name']} = 'Leeds' "
            "and period_start = date '2018-07-01'"
        ).fetchall()
    # counted in the street file of July 2018
    assert crimes == 8865


def test_parts_are_never_more_than_their_whole(
    parsed: Parsed, models: dict[str, Parsed], published_database: Path
) -> None:
    expressions = {m["name"]: expression(m) for m in models["monthly_counts"]["measures"]}
    measured = {
        metric["name"]: expressions[metric["type_params"]["measure"]["name"]]
        for metric in parsed["metrics"]
        if metric["type"] == "simple"
    }
    ratios = [metric for metric in parsed["metrics"] if metric["type"] == "ratio"]
    assert ratios
    with duckdb.connect(str(published_database), read_only=True) as connection:
        for ratio in ratios:
            part, whole = (
                measured[ratio["type_params"][side]["name"]]
                for side in ("numerator", "denominator")
            )
            [(rows, broken)] = connection.execute(
                f"select count(*), count(*) filter (where {part} > {whole} or {part} < 0) "
                "from fct_monthly_counts"
            ).fetchall()
            assert rows > 0
            assert broken == 0, ratio["name"]


def test_days_cover_every_month_of_the_counts(
    sample_night: Path, parsed: Parsed, published_database: Path
) -> None:
    [spine] = parsed["project_configuration"]["time_spines"]
    assert spine["primary_column"] == {"name": "day", "time_granularity": "day"}
    days = f"{spine['node_relation']['schema_name']}.{spine['node_relation']['alias']}"
    with duckdb.connect() as connection:
        warehouse = sample_night / "warehouse" / "warehouse.duckdb"
        connection.execute(f"attach '{warehouse}' as warehouse (read_only)")
        connection.execute(f"attach '{published_database}' as published (read_only)")
        missing = connection.execute(
            "select period_start from published.fct_monthly_counts "
            f"except select day from warehouse.{days}"
        ).fetchall()
        [(rows, distinct)] = connection.execute(
            f"select count(*), count(distinct day) from warehouse.{days}"
        ).fetchall()
    assert missing == []
    assert rows == distinct > 365
