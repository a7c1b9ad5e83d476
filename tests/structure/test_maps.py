"""Pages that say where things are name each folder of models, and no file that is not there."""

from __future__ import annotations

import re

from tests.conftest import PROJECT_ROOT

DBT_PROJECT = PROJECT_ROOT / "dbt_project"


def test_the_dbt_projects_page_names_every_folder_of_the_intermediate_layer() -> None:
    page = (DBT_PROJECT / "README.md").read_text(encoding="utf-8")
    table = page.partition("| folder |")[2].partition("\n\n")[0]
    named = [
        name
        for line in table.splitlines()
        for name in re.findall(r"`(\w+)`", line.split("|")[1] if line.count("|") > 1 else "")
    ]
    folders = [path.name for path in (DBT_PROJECT / "models/intermediate").iterdir()]
    assert sorted(named) == sorted(folders)


def test_every_file_that_the_architecture_names_is_there() -> None:
    page = (PROJECT_ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    roots = "flows|dbt_project|expectations|tests|docs"
    named = set(re.findall(rf"`((?:{roots})/[\w./]+)`", page))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (PROJECT_ROOT / name).exists()] == []


def test_every_package_says_in_its_first_line_what_it_does() -> None:
    packages = [path.parent for path in (PROJECT_ROOT / "flows").rglob("__init__.py")]
    silent = [
        folder.name
        for folder in packages
        if not (folder / "__init__.py").read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []
