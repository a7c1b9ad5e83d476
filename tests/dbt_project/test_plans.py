"""No outer join compares every row with every other one.

DuckDB joins by hash where each condition of an outer join holds a column of each side. One with
`or`, or one that asks a single side (`left_side.area_type = 'csp'`), makes it compare all pairs:
three of them took a run of every partnership of England and Wales nine minutes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT_ROOT
from tests.dbt_project.statistics_connection import connection_with_statistics

# Models that may, since one of the two sides is short in every warehouse; which side, and of what.
MAY_COMPARE_ALL_PAIRS = {
    "int_coverage": "months that are missing: as many as suppliers leave out",
    "int_current_coverage": "what a dataset can count: one row per indicator",
    "int_families": "families: fifteen neighbours an area",
    "int_harm_by_month": "severity weights: one row per offence code",
    "int_partner_values": "comparators that partner returns state",
    "int_population_estimates": "names of authorities: one row each",
}
WITHHOLDING = PROJECT_ROOT / "dbt_project" / "duckdb_functions" / "withholding"


def all_pairs(node: dict[str, Any]) -> bool:
    """Say whether a plan has an outer join of all pairs."""
    kind = node.get("extra_info", {}).get("Join Type", "INNER")
    return (node.get("name", "").strip() == "BLOCKWISE_NL_JOIN" and kind != "INNER") or any(
        all_pairs(child) for child in node.get("children", [])
    )


@pytest.fixture(scope="module")
def plans(sample_night: Path) -> dict[str, list[dict[str, Any]]]:
    """The plan of each model over the finished warehouse of the sample, by the model's name."""
    warehouse = sample_night / "warehouse"
    manifest = json.loads((warehouse / "dbt" / "target" / "manifest.json").read_text("utf-8"))
    found = {}
    with connection_with_statistics() as connection, pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(WITHHOLDING))
        from register_withholding import register_withholding

        register_withholding(connection)
        connection.execute(f"attach '{warehouse / 'warehouse.duckdb'}' as warehouse (read_only)")
        connection.execute("use warehouse")
        for node in manifest["nodes"].values():
            if node["resource_type"] == "model" and node.get("compiled_code"):
                # what dbt leaves of a run names the folders of none (`flows.dbt_process`)
                sql = node["compiled_code"]
                for name in ("landing", "checks"):
                    sql = sql.replace(f"<CSP_{name.upper()}>", str(warehouse / name))
                answer = connection.execute(f"explain (format json) {sql}")
                found[node["name"]] = json.loads(answer.fetchall()[0][1])
    return found


def test_only_joins_with_a_short_side_compare_all_pairs(
    plans: dict[str, list[dict[str, Any]]],
) -> None:
    assert len(plans) > 150
    found = {name for name, plan in plans.items() if any(map(all_pairs, plan))}
    assert found == set(MAY_COMPARE_ALL_PAIRS)


def test_a_condition_on_one_side_is_seen() -> None:
    with connection_with_statistics() as connection:
        connection.execute("create table one as select range as a, 'x' as kind from range(9)")
        answer = connection.execute(
            "explain (format json) select * from one left join (from one) as other "
            "on one.a = other.a and one.kind = 'x'"
        )
        assert any(map(all_pairs, json.loads(answer.fetchall()[0][1])))
