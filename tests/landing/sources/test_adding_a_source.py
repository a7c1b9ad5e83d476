"""The guide to adding a source, followed word by word on a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT_ROOT

GUIDE = PROJECT_ROOT / "docs" / "adding-a-source.md"
STEP = re.compile(
    r"^### (?:New file `(?P<new>[^`]+)`|In `(?P<old>[^`]+)`, after `(?P<after>[^\n]+)`)\n\n"
    r"```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PLACES = re.compile(r"^\| `([^`]+\.\w+)`(?: \(new\))? \|", re.MULTILINE)
FILES = {
    "2025-10-03/fires.csv": "month,area,Deliberate fires\n"
    "2024-07,Dudley,20\n2025-07,Dudley,12\n2025-08,E22000337,9\n2025-08,Dudley,9\n"
    "2025-09,Walsall,-1\n",
    "2025-10-04/fires.csv": "month,area,fires\n2025-09,Dudly,3\n2025-08,Walsall,4\n",
}
RUN = """
import json
import sys
from pathlib import Path

import duckdb

from flows.checking import check_sources
from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import Settings
from flows.warehouse import build_warehouse

folder = DataFolder(Path(sys.argv[1]))
report = land_inbox(folder)
write_catalog(folder)
failed = [r.check_id for r in check_sources(folder).results if r.status != "passed"]
built = build_warehouse(folder, Settings(), select=["+rpt_figures"])
with duckdb.connect(str(folder.database), read_only=True) as connection:
    rows = connection.execute(
        "select area_name, period_label, value, previous_value, source_title "
        "from main.rpt_figures where indicator_id = 'deliberate_fires' and period_type = 'month' "
        "order by all"
    ).fetchall()
print(json.dumps({
    "quarantined": [one.reason for one in report.quarantined],
    "rejected": report.rows_rejected,
    "failed": [one for one in failed if one.startswith("source.fires.")],
    "rows": rows,
}))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with the guide's steps taken."""
    copy = tmp_path / "project"
    for folder in ("flows", "expectations", "dbt_project", "data/seeds", "docs"):
        shutil.copytree(
            PROJECT_ROOT / folder,
            copy / folder,
            ignore=shutil.ignore_patterns("__pycache__", "target", "logs"),
        )
    for name in ("csp.toml", "pyproject.toml", "README.md"):
        shutil.copy(PROJECT_ROOT / name, copy / name)
    steps = list(STEP.finditer(GUIDE.read_text(encoding="utf-8")))
    assert len(steps) == GUIDE.read_text(encoding="utf-8").count("\n### ") == 6
    assert {step["new"] or step["old"] for step in steps} == {*PLACES.findall(GUIDE.read_text())}
    for step in steps:
        if step["new"]:
            path = copy / step["new"]
            assert not path.exists()
            path.parent.mkdir(exist_ok=True)
            path.write_text(step["text"])
            continue
        path = copy / step["old"]
        text = path.read_text()
        anchor = f"{step['after']}\n"
        assert anchor in text, f"{step['old']} no longer has the line {step['after']}"
        path.write_text(text.replace(anchor, anchor + step["text"], 1))
    return copy


@pytest.mark.slow
def test_the_guide_followed_leads_from_a_file_to_figures(project: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for place, text in FILES.items():
        path = data / "raw" / "fires" / place
        path.parent.mkdir(parents=True)
        path.write_text(text)
    finished = subprocess.run(
        [sys.executable, "-c", RUN, str(data)],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    found = json.loads(finished.stdout.splitlines()[-1])
    assert found["quarantined"] == []
    assert found["rejected"] == 2  # one count below zero, one that stands twice
    title = "Deliberate fires counted by the fire service"
    assert found["rows"] == [
        ["Dudley", "Aug 2025", 9.0, None, title],
        ["Dudley", "Jul 2024", 20.0, None, title],
        ["Dudley", "Jul 2025", 12.0, 20.0, title],
        ["Walsall", "Aug 2025", 4.0, None, title],
    ]
    assert found["failed"] == ["source.fires.areas_unknown", "source.fires.rows_rejected"]


def test_every_list_of_sources_agrees_once_the_guide_is_followed(project: Path) -> None:
    shutil.copytree(
        PROJECT_ROOT / "tests",
        project / "tests",
        ignore=shutil.ignore_patterns("__pycache__", "extract"),
    )
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *("--rootdir", str(project), "tests/landing/sources/test_declared.py"),
        ],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-3000:]


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"]])
def test_the_code_of_the_guide_keeps_the_projects_rules(project: Path, tool: list[str]) -> None:
    files = ["flows/landing/sources/fires.py", "flows/landing/sources/__init__.py"]
    finished = subprocess.run(
        [sys.executable, "-m", *tool, *files],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout
