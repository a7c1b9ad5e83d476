"""Commands that must answer at once load none of the libraries that take seconds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from flows.data_folder import DataFolder
from flows.night.fingerprint import remember_publication, shape_fingerprint
from flows.settings import load_settings

HEAVY = {
    "dbt", "docx", "great_expectations", "numpy", "openpyxl", "pandas", "prefect", "pyarrow",
    "scipy", "uvicorn", "vl_convert",
}  # fmt: skip
# Of a run the publication alone is made up; inbox, fingerprint, lock and command are the real ones.
_COMMAND = """
import json, sys
import flows.publishing
from types import SimpleNamespace
if sys.argv[1] == "nightly":
    flows.publishing.current_publication = lambda folder: SimpleNamespace(
        publication_id="p", database="d")
from flows.command import main
try:
    main()
    code = 0
except SystemExit as end:
    code = end.code
loaded = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps({"code": code, "loaded": loaded}))
"""


def loaded_by(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *words], capture_output=True, text=True, check=False
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["code"] in (0, None), done.stdout + done.stderr
    if words[0] == "nightly":
        assert "Nothing new" in done.stdout
    return set(found["loaded"])


@pytest.fixture
def settled(folder: DataFolder) -> str:
    """A data folder with a run behind it and nothing new in its inbox."""
    folder.ensure()
    shape = shape_fingerprint(load_settings(folder.root))
    remember_publication(folder, shape=shape, publication_id="p", run_id="r")
    return str(folder.root)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["report", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert loaded_by(*words) & {*HEAVY, "duckdb"} == set()


def test_a_run_with_nothing_new_loads_nothing_heavy(settled: str) -> None:
    assert loaded_by("nightly", "--data", settled) & HEAVY == set()


def test_the_status_loads_nothing_heavy(settled: str) -> None:
    assert loaded_by("status", "--data", settled) & HEAVY == set()
