"""The process of dbt is watching its starter before any of the seconds in which dbt is imported."""

from __future__ import annotations

import json
import subprocess
import sys

from flows.child_process import module_environment

_HEAVY = {"dbt", "dbt_common", "duckdb", "pandas", "platformdirs", "prefect", "pyarrow", "pydantic"}


def loaded_by(module: str) -> set[str]:
    program = f"import json, sys, {module}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env=module_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_it_begins_with_nothing_of_a_run_and_nothing_heavy() -> None:
    loaded = loaded_by("flows.dbt_process.__main__")
    assert loaded & _HEAVY == set()
    assert {name for name in loaded if name.split(".")[0] in {"flows", "expectations"}} == {
        "flows",
        "flows.child_process",
        "flows.data_folder",
        "flows.dbt_process",
        "flows.dbt_process.__main__",
    }


def test_who_starts_it_imports_no_dbt() -> None:
    loaded = loaded_by("flows.warehouse.dbt_ready")
    assert "flows.dbt_process" in loaded
    assert {name for name in loaded if name.split(".")[0] in {"dbt", "dbt_common"}} == set()
