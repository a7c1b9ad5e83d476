"""Variables of dbt: each is a setting that a model reads, and `csp` gives each its value."""

from __future__ import annotations

import re

import yaml

from flows.settings import Settings
from flows.warehouse.dbt_ready import DBT_PROJECT
from flows.warehouse.variables import dbt_variables


def test_each_variable_is_declared_given_and_read() -> None:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    read = {
        name
        for folder in ("macros", "models", "tests")
        for file in (DBT_PROJECT / folder).rglob("*.sql")
        for name in re.findall(r"\bvar\(['\"](\w+)['\"]\)", file.read_text(encoding="utf-8"))
    }
    assert set(project["vars"]) == set(dbt_variables(Settings())) == read
