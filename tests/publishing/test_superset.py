"""A Superset dashboard on the published file, and a run that publishes meanwhile.

    CSP_SUPERSET=../superset pytest -m superset

`../superset` is an environment of its own with superset_environment.txt: Superset needs an
SQLAlchemy that Prefect does not run on.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.publishing import publish
from flows.settings import Settings
from tests.publishing.small_warehouse import build_warehouse, describe
from tests.publishing.superset_server import Superset, running_superset

pytestmark = pytest.mark.superset

MONTHS = 6


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    environment = os.environ.get("CSP_SUPERSET")
    if not environment:
        pytest.skip("CSP_SUPERSET names no environment with Apache Superset")
    folder = tmp_path_factory.mktemp("superset")
    with running_superset(Path(environment).resolve(), folder) as started:
        yield started


def publish_counts(folder: DataFolder, settings: Settings, value: int) -> Path:
    """Publish `value` crimes of one indicator for each of two areas and six months."""
    build_warehouse(folder, value)
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute(
            """
            create table fct_monthly_counts as
            select
                'total_recorded_crime' as indicator_id,
                area.code as area_code,
                area.name as area_name,
                cast(date '2017-04-01' + to_months(month::integer) as date) as period_start,
                last_day(period_start) as period_end,
                $value::bigint as value
            from (values ('E22000001', 'Dudley'), ('E22000002', 'Walsall')) as area (code, name)
            cross join range($months) as months (month)
            """,
            {"value": value, "months": MONTHS},
        )
        describe(connection, "fct_monthly_counts", "table")
    publish(folder, settings, run_id=f"run-{value}")
    return folder.published / "community_safety.duckdb"


def make_dataset(superset: Superset, file: Path, table: str) -> tuple[int, int]:
    """Add the published file as a database, and one of its tables as a dataset; give both ids."""
    database = superset.post(
        "database/",
        {
            "database_name": f"published file, for {table}",
            "sqlalchemy_uri": f"duckdb:///{file}?access_mode=read_only",
        },
    )
    dataset = superset.post(
        "dataset/",
        {"database": database["id"], "schema": "main", "table_name": table},
    )
    return int(database["id"]), int(dataset["id"])


def make_dashboard(superset: Superset, dataset: int) -> int:
    """Make a dashboard with one chart, the sum of crimes by area; give its id."""
    crimes = {
        "expressionType": "SIMPLE",
        "column": {"column_name": "value"},
        "aggregate": "SUM",
        "label": "crimes",
    }
    query = {"columns": ["area_name"], "metrics": [crimes], "row_limit": 100}
    chart = superset.post(
        "chart/",
        {
            "slice_name": "Recorded crimes by area",
            "viz_type": "table",
            "datasource_id": dataset,
            "datasource_type": "table",
            "params": json.dumps(
                {
                    "datasource": f"{dataset}__table",
                    "viz_type": "table",
                    "query_mode": "aggregate",
                    "groupby": ["area_name"],
                    "metrics": [crimes],
                }
            ),
            "query_context": json.dumps(
                {
                    "datasource": {"id": dataset, "type": "table"},
                    "queries": [query],
                    "result_type": "full",
                    "result_format": "json",
                }
            ),
        },
    )["id"]
    dashboard = superset.post(
        "dashboard/",
        {
            "dashboard_title": "Community safety",
            "published": True,
            "position_json": json.dumps(_one_chart(chart)),
        },
    )["id"]
    superset.put(f"chart/{chart}", {"dashboards": [dashboard]})
    return int(dashboard)


def _one_chart(chart: int) -> dict[str, Any]:
    """The layout of a dashboard with one chart in one row."""
    return {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": ["ROW"], "parents": ["ROOT_ID"]},
        "ROW": {
            "type": "ROW",
            "id": "ROW",
            "children": ["CHART"],
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        },
        "CHART": {
            "type": "CHART",
            "id": "CHART",
            "children": [],
            "parents": ["ROOT_ID", "GRID_ID", "ROW"],
            "meta": {"chartId": chart, "width": 6, "height": 50},
        },
    }


def shown(superset: Superset, dashboard: int, *, refreshed: bool = False) -> dict[str, int]:
    """The crimes by area that the charts of a dashboard show; `refreshed` as by its menu."""
    found: dict[str, int] = {}
    force = "?force=true" if refreshed else ""
    for chart in superset.get(f"dashboard/{dashboard}/charts")["result"]:
        for row in superset.get(f"chart/{chart['id']}/data/{force}")["result"][0]["data"]:
            found[row["area_name"]] = row["crimes"]
    return found


def test_a_dashboard_shows_the_next_publication_when_its_cache_time_is_over(
    superset: Superset, folder: DataFolder, settings: Settings
) -> None:
    file = publish_counts(folder, settings, 100)
    database, dataset = make_dataset(superset, file, "fct_monthly_counts")
    dashboard = make_dashboard(superset, dataset)
    assert shown(superset, dashboard) == {"Dudley": 600, "Walsall": 600}
    publish_counts(folder, settings, 250)
    # a day in the cache, as Superset has it by itself, unless somebody refreshes the dashboard
    assert shown(superset, dashboard) == {"Dudley": 600, "Walsall": 600}
    superset.put(f"database/{database}", {"cache_timeout": 3})
    assert shown(superset, dashboard, refreshed=True) == {"Dudley": 1500, "Walsall": 1500}
    publish_counts(folder, settings, 300)
    time.sleep(4)
    assert shown(superset, dashboard) == {"Dudley": 1800, "Walsall": 1800}


def test_superset_shows_what_columns_mean(
    superset: Superset, folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="run")
    file = folder.published / "community_safety.duckdb"
    _, dataset = make_dataset(superset, file, "fct_indicator_values")
    columns = superset.get(f"dataset/{dataset}")["result"]["columns"]
    described = {column["column_name"]: column["description"] for column in columns}
    assert described["value"] == "What value means"
    assert {column["column_name"] for column in columns if column["is_dttm"]} == {
        "period_start",
        "period_end",
    }
