"""What `pytest` leaves out is run by a job: a suite that nothing runs shows nothing."""

from __future__ import annotations

import re
import tomllib

import yaml

from tests.conftest import PROJECT_ROOT

PYTEST = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
LEFT_OUT = re.findall(r"not (\w+)", PYTEST["ini_options"]["addopts"])


def _commands(workflow: str) -> list[str]:
    """The commands of a workflow's jobs, once for each row of their matrix."""
    text = (PROJECT_ROOT / ".github" / "workflows" / workflow).read_text("utf-8")
    found = []
    for job in yaml.safe_load(text)["jobs"].values():
        suites = job.get("strategy", {}).get("matrix", {}).get("suite", [""])
        commands = [step["run"] for step in job["steps"] if "run" in step]
        found += [
            command.replace("${{ matrix.suite }}", suite)
            for suite in suites
            for command in commands
        ]
    return found


def test_each_suite_that_the_default_leaves_out_has_a_job() -> None:
    assert len(LEFT_OUT) >= 4
    commands = [*_commands("tests.yml"), *_commands("weekly.yml")]
    assert [name for name in LEFT_OUT if f"pytest -m {name}" not in commands] == []


def test_what_is_long_runs_at_each_push_as_the_default_does() -> None:
    assert {"bash .ci/run", "pytest -m long"} <= set(_commands("tests.yml"))


def test_random_inputs_reach_what_is_long_too() -> None:
    of_more = [name for name in LEFT_OUT if name != "long"]
    assert f"pytest -m '{' and '.join(f'not {name}' for name in of_more)}'" in _commands(
        "weekly.yml"
    )
