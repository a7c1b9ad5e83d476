"""A source is declared once (`flows/landing/sources/__init__.py`): every other list agrees.

A failing assertion names the place that has to follow.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from flows.landing.reader import Source
from flows.landing.sources import DATASETS, SOURCES, public_sources
from flows.landing.sources.rules.crime_categories import crime_types
from tests.conftest import PROJECT_ROOT

INTERMEDIATE = PROJECT_ROOT / "dbt_project" / "models" / "intermediate"
# Suites on the supply of all sources together.
OF_ALL_SOURCES = {"supply_extracts", "supply_months"}


def sql_of(model: str) -> str:
    (file,) = INTERMEDIATE.rglob(f"{model}.sql")
    return re.sub(r"--.*", "", file.read_text(encoding="utf-8"))


def sources_of_stated_figures() -> set[str]:
    """Name the sources of stated figures; of several that land in one table, the table's own."""
    of_dataset: dict[str, list[str]] = {}
    for name, source in SOURCES.items():
        for dataset in source.datasets:
            if dataset.grain == "stated":
                of_dataset.setdefault(dataset.name, []).append(name)
    return {table if table in names else names[0] for table, names in of_dataset.items()}


def test_the_seed_of_sources_says_what_the_sources_say() -> None:
    with (PROJECT_ROOT / "data/seeds/sources.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row.pop("source"): row for row in csv.DictReader(stream)}
    assert listed == {
        name: {
            "source_title": source.title,
            "is_public": str(source.is_public).lower(),
            "licence": source.licence,
        }
        for name, source in SOURCES.items()
    }, "data/seeds/sources.csv differs from flows/landing/sources/__init__.py"


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_a_source_has_a_reader_for_each_of_its_datasets(source: Source) -> None:
    assert [reader.dataset for reader in source.readers] == [one.name for one in source.datasets]


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_the_columns_that_name_areas_and_indicators_are_the_contracts(source: Source) -> None:
    for reader, dataset in zip(source.readers, source.datasets, strict=True):
        columns = {column.name for column in reader.landed_columns()}
        assert columns >= set(dataset.area_columns), dataset.name
        writes_names = {"area", "neighbour"} & columns
        assert writes_names == set(dataset.area_columns), dataset.name
        assert ("indicator_id" in columns) == dataset.names_indicators, dataset.name


def test_every_dataset_is_a_table_that_dbt_reads() -> None:
    (file,) = (PROJECT_ROOT / "dbt_project/models/staging").rglob("_landing__sources.yml")
    tables = yaml.safe_load(file.read_text(encoding="utf-8"))["sources"][0]["tables"]
    assert {table["name"] for table in tables} >= {dataset.name for dataset in DATASETS}, file


def test_every_source_that_states_figures_is_among_the_observations() -> None:
    models = re.findall(r"'(int_\w+observations)'", sql_of("int_observations"))
    assert set(models) == {
        "int_counted_observations",
        *(f"int_{name}__observations" for name in sources_of_stated_figures()),
    }, "int_observations.sql: observation_models"


def test_every_source_that_states_figures_has_its_vintages() -> None:
    sql = sql_of("int_stated_vintages")
    named = set(re.findall(r"'(\w+)' as source", sql)) | {
        name for name in SOURCES if re.search(rf"int_{name}__vintages|stg_{name}__", sql)
    }
    assert named == sources_of_stated_figures(), "int_stated_vintages.sql"


def test_record_sources_whose_counts_are_kept_have_their_indicators() -> None:
    named = set(re.findall(r"'(\w+)' as dataset", sql_of("int_source_indicators")))
    assert named == {one.name for one in DATASETS if one.counts_are_kept}, (
        "int_source_indicators.sql"
    )


def test_the_history_of_small_numbers_holds_every_source_of_counts() -> None:
    sql = sql_of("int_sensitive_vintages")
    assert "ref('int_record_vintages')" in sql
    assert "ref('int_stated_vintages')" in sql
    # lists of cases are counted by a model of their own, the other records by int_record_vintages
    of_lists = {
        name
        for name, source in SOURCES.items()
        for one in source.datasets
        if one.covers_whole_months and not one.counts_are_kept
    }
    assert set(re.findall(r"'(\w+)' as source", sql)) == of_lists, "int_sensitive_vintages.sql"


def test_the_readme_leads_to_the_page_of_every_source() -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    linked = re.findall(r"\[`(\w+)`\]\(docs/sources/(\w+)\.md\)", readme)
    assert {name for name, page in linked if name == page} == set(SOURCES), "README.md: raw/"
    for name in SOURCES:
        assert (PROJECT_ROOT / "docs" / "sources" / f"{name}.md").is_file()


def test_checks_are_of_sources_that_there_are() -> None:
    for folder, ending in (
        ("expectations/sources", "py"),
        ("flows/checking/frames/sources", "sql"),
    ):
        found = {path.stem for path in (PROJECT_ROOT / folder).glob(f"[!_]*.{ending}")}
        assert found - OF_ALL_SOURCES <= set(SOURCES), folder


def test_what_anybody_may_have_is_what_is_under_an_open_licence() -> None:
    assert public_sources() == {
        name for name, source in SOURCES.items() if source.licence.startswith("Open Government")
    }


def code_files() -> list[Path]:
    found = []
    for folder, ending in (
        ("flows", "py"),
        ("flows", "sql"),
        ("expectations", "py"),
        ("dbt_project/models", "sql"),
        ("dbt_project/models", "yml"),
        ("dbt_project/macros", "sql"),
        ("dbt_project/tests", "sql"),
    ):
        found += sorted((PROJECT_ROOT / folder).rglob(f"*.{ending}"))
    return [path for path in found if "demo" not in path.parts and "_unit_tests" not in path.name]


def test_crime_categories_csv_alone_lists_the_crime_types() -> None:
    types = {*crime_types()}
    assert len(types) > 14  # today's and those of older files
    # one that stands for itself (the example of a column, an exception) is no list
    found = {
        str(path.relative_to(PROJECT_ROOT)): named
        for path in code_files()
        for text in [path.read_text(encoding="utf-8")]
        if len(named := types.intersection(re.findall(r"""["']([A-Z][a-z -]+)["']""", text))) > 1
    }
    assert found == {}
