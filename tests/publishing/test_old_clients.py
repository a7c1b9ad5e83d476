"""The published file in the DuckDB clients that people have: pytest -m old_clients."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.publishing import logical_hash, publish
from flows.settings import Settings

PROJECT_ROOT = Path(__file__).parents[2]

READ = """
import importlib.util, json, sys
import duckdb
folder, module = sys.argv[1:]
# the file alone: its package imports what a client of DuckDB has not
spec = importlib.util.spec_from_file_location("logical_hash", module)
loaded = importlib.util.module_from_spec(spec)
spec.loader.exec_module(loaded)
logical_hash = loaded.logical_hash
tables = json.load(open(f"{folder}/manifest.json"))["tables"]
connection = duckdb.connect(f"{folder}/community_safety.duckdb", read_only=True)
found = {}
for name, table in tables.items():
    columns = [(column["name"], column["data_type"]) for column in table["columns"]]
    found[name] = logical_hash(connection, name, columns)
    file = f"read_parquet('{folder}/parquet/{name}.parquet')"
    assert logical_hash(connection, file, columns) == found[name], name
print(json.dumps([duckdb.__version__, found]))
"""


@pytest.mark.old_clients
@pytest.mark.parametrize("version", ["1.2.2", "1.3.2", "1.4.4", "1.5.5", "2.0.0"])
def test_a_client_of_another_version_reads_the_same_hashes(
    folder: DataFolder, settings: Settings, tmp_path: Path, version: str
) -> None:
    published = publish(folder, settings, run_id="night-1")
    environment = tmp_path / "client"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", f"duckdb=={version}"], check=True
    )
    read = subprocess.run(
        [str(python), "-c", READ, str(published.folder), logical_hash.__file__],
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert read.returncode == 0, read.stderr
    client, found = json.loads(read.stdout)
    assert client == version
    assert found == {
        table.name: [table.rows, table.logical_hash] for table in published.manifest.tables
    }
