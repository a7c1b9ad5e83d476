"""The conventions of the dbt project, held over its manifest: a failing row says how to fix it.

The manifest is that of a finished night, so that compiled SQL is at hand without another dbt run.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

Node = dict[str, Any]

PREFIXES = {"staging": ("stg_",), "intermediate": ("int_",), "marts": ("fct_", "dim_", "rpt_")}
SCHEMAS = {"staging": "staging", "intermediate": "intermediate", "marts": "main"}
PUBLISHED_TYPES = {"bigint", "double", "date", "timestamp", "varchar", "boolean"}

# The commit mark of every landed row, and the one model of its layer that others may join.
LOADS = "stg_landing__loads"

# Models that read what is no landed rows, and so need no load record.
WITHOUT_COMMIT_MARK = {
    "stg_landing__loads": "is the list of load records itself",
    "stg_landing__coverage": "is written from the load records",
    "stg_landing__area_spellings": "is the rule of names, not landed rows",
    "stg_checks__results": "checks are written by the night, not by a supplier",
    "stg_reference__authority_partnerships": "comes with the project, in no load",
    "stg_reference__population": "comes with the project, in no load",
    "stg_reference__small_areas": "comes with the project, in no load",
}

# Models without a key test, each with its reason.
WITHOUT_KEY_TEST = {
    "stg_police_uk__street": "whole rows repeat and are real; 20 million rows at national scale",
    "stg_police_uk__outcomes": "whole rows can repeat; millions of rows at national scale",
    "stg_police_uk__stop_and_search": "whole rows can repeat; the publisher gives no key",
    "int_ons_pfa_tables__located": "a force's airport and its unassigned row are one area's cells",
    "int_days": "a view of one series of days, which repeats none",
    "int_area_lookups": "lines of lookups, which may repeat; what is made of them is keyed",
    "int_family_comparisons": "a view fifteen times as long as the figures; its sums are keyed",
    "int_policy_rates": "a view twice as long as the figures; int_period_rates is keyed",
    "int_neighbourhood_figures": "a view that fct_neighbourhoods alone reads, which is keyed",
    "int_revisions": "a view that fct_revisions alone reads, which is keyed",
    "int_force_searches": "a view that fct_stop_and_search alone reads, which is keyed",
    "int_force_extract__located": "a view on records; int_force_extract__area_counts is keyed",
    "int_force_extract__indicators": "a view on records; int_force_extract__area_counts is keyed",
}

# Columns of a mart's key that may be NULL, each with its reason.
OPEN_KEYS = {("dim_families", "valid_from"): "a membership without a known first day is open"}

# Whatever only DuckDB understands, as it turns up in compiled SQL. Spark and PostgreSQL do not.
DUCKDB_ONLY = (
    r"::",
    r"//",
    r"\bqualify\b",
    r"\basof\b",
    r"\bunnest\s*\(",
    r"\bgenerate_series\s*\(",
    r"\blist(_\w+)?\s*\(",
    r"\bstruct_pack\s*\(",
    r"\blambda\b",
    r"\b(arg_max|arg_min|max_by|min_by|bool_or|bool_and|count_if)\s*\(",
    r"\bfilter\s*\(",
    r"\bby name\b",
    r"\bexclude\s*\(",
    r"\* replace\s*\(",
    r"\bgroup by all\b",
    r"\border by all\b",
    r"\btry_cast\s*\(",
    r"\b(strftime|strptime|make_date|to_months|to_days|last_day)\s*\(",
    r"\bstring_(agg|split)\s*\(",
    r"\bilike\b",
    r"\bread_(parquet|csv)\s*\(",
    r"\binterval\b",
)


@pytest.fixture(scope="module")
def manifest(sample_night: Path) -> Node:
    text = (sample_night / "warehouse" / "dbt" / "target" / "manifest.json").read_text("utf-8")
    loaded: Node = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def models(manifest: Node) -> dict[str, Node]:
    found = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    assert len(found) > 100, "expected the models of a whole night in the manifest"
    return found


@pytest.fixture(scope="module")
def seeds(manifest: Node) -> dict[str, Node]:
    return {
        node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "seed"
    }


def layer_of(node: Node) -> str:
    """The folder right below models/: staging, intermediate or marts."""
    return str(Path(node["original_file_path"]).parts[1])


def in_layer(models: dict[str, Node], layer: str) -> list[Node]:
    found = [node for node in models.values() if layer_of(node) == layer]
    assert found, f"expected models in the layer {layer}"
    return found


def parents(node: Node, kind: str) -> list[str]:
    """What a node reads of a kind (model, source, seed): names, or folder.table for sources."""
    read = [parent.split(".") for parent in node["depends_on"]["nodes"]]
    return [
        ".".join(parts[2:]) if kind == "source" else parts[2] for parts in read if parts[0] == kind
    ]


def without_comments(sql: str) -> str:
    sql = re.sub(r"\{#.*?#\}", " ", sql, flags=re.DOTALL)
    sql = re.sub(r"/\*.*?\*/", " ", sql, flags=re.DOTALL)
    return re.sub(r"--[^\n]*", " ", sql)


def without_literals(sql: str) -> str:
    return re.sub(r"'(?:[^']|'')*'", "''", without_comments(sql))


def attached_to(manifest: Node, name: str) -> dict[str, list[Node]]:
    """The tests of one model by the name of the generic test."""
    found: dict[str, list[Node]] = defaultdict(list)
    for node in manifest["nodes"].values():
        attached = node.get("attached_node") or ""
        if node["resource_type"] == "test" and attached.split(".")[-1] == name:
            found[(node.get("test_metadata") or {}).get("name", node["name"])].append(node)
    return found


def rules_of(manifest: Node, name: str) -> list[dict[str, Any]]:
    """The named rules of one model, without their names."""
    return [
        rule
        for test in attached_to(manifest, name).get("rules_hold", [])
        for rule in test["test_metadata"]["kwargs"]["rules"].values()
    ]


def key_of(manifest: Node, name: str) -> list[str]:
    """The columns that a key test holds to be unique together; none without such a test."""
    tests = attached_to(manifest, name)
    for test in tests.get("unique_combination", []):
        return list(test["test_metadata"]["kwargs"]["columns"])
    for rule in rules_of(manifest, name):
        if "key" in rule:
            return list(rule["key"])
    return [str(test["column_name"]) for test in tests.get("unique", [])][:1]


def nothing(rows: Iterator[str] | list[str]) -> None:
    """Fail with every row that breaks the convention, one a line."""
    found = list(rows)
    assert not found, "\n" + "\n".join(found)


def test_the_layer_of_a_model_is_its_folder_its_prefix_and_its_schema(
    models: dict[str, Node],
) -> None:
    def broken() -> Iterator[str]:
        for name, node in models.items():
            layer = layer_of(node)
            if layer not in PREFIXES:
                yield f"{node['original_file_path']}: move it to staging, intermediate or marts"
            elif not name.startswith(PREFIXES[layer]):
                yield f"{name}: in {layer} a name begins with {' or '.join(PREFIXES[layer])}"
            elif node["schema"] != SCHEMAS[layer]:
                yield f"{name}: schema {node['schema']}, expected {SCHEMAS[layer]} (drop +schema)"

    nothing(broken())


def test_a_staging_model_is_named_after_its_folder_and_what_a_row_is(
    models: dict[str, Node],
) -> None:
    nothing(
        f"{node['name']}: expected stg_{folder}__<what a row is>, after its folder {folder}"
        for node in in_layer(models, "staging")
        for folder in [Path(node["original_file_path"]).parts[2]]
        if not re.fullmatch(rf"stg_{folder}__[a-z][a-z0-9_]*", node["name"])
    )


def test_staging_reads_one_source_and_the_load_records_only(models: dict[str, Node]) -> None:
    def broken() -> Iterator[str]:
        for node in in_layer(models, "staging"):
            sources = parents(node, "source")
            if len(sources) != 1:
                yield f"{node['name']}: reads {sources}; a staging model reads one source"
            others = sorted({*parents(node, "model"), *parents(node, "seed")} - {LOADS})
            if others:
                yield f"{node['name']}: reads {others}; join them in an intermediate model"

    nothing(broken())


def test_staging_knows_only_rows_with_a_load_record(models: dict[str, Node]) -> None:
    names = {node["name"] for node in in_layer(models, "staging")}
    assert set(WITHOUT_COMMIT_MARK) <= names, "an exception names a model that is gone: remove it"
    nothing(
        f"{node['name']}: inner join {LOADS} by load_id: rows without a load record do not exist"
        for node in in_layer(models, "staging")
        if node["name"] not in WITHOUT_COMMIT_MARK and LOADS not in parents(node, "model")
    )


def test_only_staging_reads_sources(models: dict[str, Node]) -> None:
    nothing(
        f"{node['name']}: reads {parents(node, 'source')}; read them in staging and ref that model"
        for node in models.values()
        if layer_of(node) != "staging" and parents(node, "source")
    )


def test_intermediate_models_never_read_marts(models: dict[str, Node]) -> None:
    nothing(
        f"{node['name']}: reads {parent}; read the intermediate model that the mart reads"
        for node in in_layer(models, "intermediate")
        for parent in parents(node, "model")
        if layer_of(models[parent]) == "marts"
    )


# Marts that are made from published figures, so that they cannot show what those withhold.
MADE_FROM_MARTS = {"rpt_figures", "fct_contributions", "fct_monthly_counts"}


def test_marts_read_intermediate_models_and_seeds_only(models: dict[str, Node]) -> None:
    """Seeds are reference lists kept by hand, beside the layers: marts take labels there."""
    nothing(
        f"{node['name']}: reads {parent} of {layer_of(models[parent])}; put an int_ model between"
        for node in in_layer(models, "marts")
        for parent in parents(node, "model")
        if layer_of(models[parent]) != "intermediate"
        and not (node["name"] in MADE_FROM_MARTS and layer_of(models[parent]) == "marts")
    )


def test_every_model_is_read_by_another_or_published(
    manifest: Node, models: dict[str, Node]
) -> None:
    read = {parent for node in models.values() for parent in parents(node, "model")}
    read |= {name for name, node in models.items() if node["time_spine"]}
    judged = {
        node["name"]
        for node in in_layer(models, "intermediate")
        if any(
            test["test_metadata"]["name"] in ("accepted_values", "rules_hold")
            for tests in attached_to(manifest, node["name"]).values()
            for test in tests
            if test.get("test_metadata")
        )
    }
    nothing(
        f"{name}: nothing reads it and no test judges its values; use it or remove it"
        for name, node in models.items()
        if layer_of(node) != "marts" and name not in read | judged
    )


def test_every_model_says_in_its_first_words_what_one_row_is(models: dict[str, Node]) -> None:
    nothing(
        f"{name}: begin the description in its yml with 'One row per …'"
        for name, node in models.items()
        if not node["description"].startswith("One row per ")
    )


def test_every_column_of_a_model_is_described(models: dict[str, Node], sample_night: Path) -> None:
    import duckdb

    with duckdb.connect(
        str(sample_night / "warehouse" / "warehouse.duckdb"), read_only=True
    ) as warehouse:
        built = warehouse.execute(
            "select table_schema, table_name, column_name from information_schema.columns"
        ).fetchall()
    columns = defaultdict(list)
    for schema, table, column in built:
        columns[schema, table].append(column)

    def broken() -> Iterator[str]:
        for name, node in models.items():
            there = columns[node["schema"], name]
            if not there:
                yield f"{name}: not in the warehouse of the night"
            described = {
                column for column, about in node["columns"].items() if about["description"].strip()
            }
            if missing := [column for column in there if column not in described]:
                yield f"{name}: describe {', '.join(missing)} in its yml"
            if gone := [column for column in node["columns"] if column not in there]:
                yield f"{name}: its yml describes {', '.join(gone)}, which it does not have"

    nothing(broken())


def test_what_many_columns_share_is_written_once(models: dict[str, Node]) -> None:
    """Long texts of one column that stand word for word in several yml files belong in docs/."""
    root = Path(__file__).resolve().parents[2] / "dbt_project" / "models"
    written: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in sorted(root.rglob("*.yml")):
        inline = re.findall(
            r"- name: (\w+)\n(?: +data_type: \w+\n)? +description: >\n((?: {10,}\S.*\n)+)",
            file.read_text("utf-8"),
        )
        for column, text in inline:
            written[column, " ".join(text.split())].append(file.name)
    assert written, "expected inline descriptions in the yml files"
    nothing(
        f"{column}: '{text}' stands in {', '.join(sorted(set(files)))}; make it a block of "
        f"docs/columns.md and refer to it by doc()"
        for (column, text), files in written.items()
        if len(set(files)) > 2
    )


def test_every_table_has_a_key_test(manifest: Node, models: dict[str, Node]) -> None:
    assert set(WITHOUT_KEY_TEST) <= set(models), (
        "an exception names a model that is gone: remove it"
    )
    nothing(
        f"{name}: add unique_combination, or a rule with key, on the columns of 'One row per …'"
        for name in models
        if name not in WITHOUT_KEY_TEST and not key_of(manifest, name)
    )


def test_the_key_of_a_table_is_made_of_its_described_columns(
    manifest: Node, models: dict[str, Node]
) -> None:
    nothing(
        f"{name}: its key test names {column}, which its yml does not describe"
        for name, node in models.items()
        for column in key_of(manifest, name)
        if column not in node["columns"]
    )


def test_every_mart_keeps_an_enforced_contract_of_plain_types(models: dict[str, Node]) -> None:
    def broken() -> Iterator[str]:
        for node in in_layer(models, "marts"):
            if not node["config"]["contract"]["enforced"]:
                yield f"{node['name']}: set contract: enforced: true"
            for column, about in node["columns"].items():
                if (about["data_type"] or "").lower() not in PUBLISHED_TYPES:
                    yield (
                        f"{node['name']}.{column}: data_type {about['data_type']}; cast it to one "
                        f"of {', '.join(sorted(PUBLISHED_TYPES))}"
                    )

    nothing(broken())


def test_the_key_of_a_mart_is_never_null(manifest: Node, models: dict[str, Node]) -> None:
    def broken() -> Iterator[str]:
        for node in in_layer(models, "marts"):
            held = {
                column
                for rule in rules_of(manifest, node["name"])
                if "where" not in rule
                for column in rule.get("never_null", [])
            }
            for column in key_of(manifest, node["name"]):
                if column not in held and (node["name"], column) not in OPEN_KEYS:
                    yield f"{node['name']}.{column}: add it to never_null, it is part of the key"

    nothing(broken())


def test_marts_name_every_column_that_they_publish(models: dict[str, Node]) -> None:
    def broken() -> Iterator[str]:
        for node in in_layer(models, "marts"):
            final = without_comments(node["compiled_code"]).rpartition("\n)\n")[2]
            if re.search(r"(?:select|,)\s+(?:\w+\.)?\*", final):
                yield f"{node['name']}: name the columns of the final select instead of *"

    nothing(broken())


# Marts that calculate; why it cannot be done before them.
CALCULATE = {
    "fct_contributions": "made from published figures, so that it cannot show what they withhold",
    "fct_monthly_counts": "made from published figures, so that it cannot show what they withhold",
    "fct_repeat_locations": "how many places of a month are withheld decides which are listed",
    "rpt_coverage": "places of unknown name are numbered",
}
_CALCULATION = re.compile(
    r"(?<!select) \* \w| / \w|percent_change"
    r"|\b(?:sum|count|avg|rank|dense_rank|row_number|lag|first_value)\("
)


def test_marts_calculate_nothing_that_a_model_before_them_can(models: dict[str, Node]) -> None:
    found = {
        node["name"]
        for node in in_layer(models, "marts")
        if _CALCULATION.search(without_literals(without_comments(node["raw_code"])))
    }
    assert found == set(CALCULATE)


def test_the_record_layer_carries_its_tag(models: dict[str, Node]) -> None:
    def broken() -> Iterator[str]:
        for node in in_layer(models, "intermediate"):
            if Path(node["original_file_path"]).parts[2] != "records":
                continue
            if "records" not in node["tags"]:
                yield f"{node['name']}: tag it records (dbt_project.yml does so for the folder)"
            for parent in parents(node, "model"):
                if (
                    layer_of(models[parent]) == "staging"
                    and "records" not in models[parent]["tags"]
                ):
                    yield f"{parent}: {node['name']} reads it; tag its folder records"

    nothing(broken())


def test_the_record_layer_uses_no_function_that_only_duckdb_has(models: dict[str, Node]) -> None:
    tagged = [node for node in models.values() if "records" in node["tags"]]
    assert tagged, "expected models with the tag records"

    def broken() -> Iterator[str]:
        for node in tagged:
            # how a source is reached is the adapter's business, and differs by engine anyway
            sql = re.sub(
                r"\(?read_parquet\([^)]*\)\)?", " ", without_comments(node["compiled_code"])
            )
            for words in DUCKDB_ONLY:
                if used := re.search(words, without_literals(sql)):
                    yield (
                        f"{node['name']}: '{used.group(0).strip()}' is DuckDB's own; use a "
                        f"cross-database macro of dbt, or move the step behind the monthly counts"
                    )

    nothing(broken())


def test_no_model_names_a_database_schema_or_file(models: dict[str, Node]) -> None:
    def broken() -> Iterator[str]:
        for name, node in models.items():
            sql = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " jinja ", without_comments(node["raw_code"]))
            for used in re.findall(r"\b(?:from|join)\s+\"?(\w+\"?\.\"?\w+)", sql):
                yield f"{name}: reads {used}; use ref() or source()"
            for used in re.findall(r"(read_\w+\s*\(|\w+\.duckdb\b|\.parquet\b)", sql):
                yield f"{name}: '{used}' names a file; declare a source"

    nothing(broken())


def test_every_source_table_is_described_and_read(manifest: Node, models: dict[str, Node]) -> None:
    read = {source for node in models.values() for source in parents(node, "source")}

    def broken() -> Iterator[str]:
        for source in manifest["sources"].values():
            table = f"{source['source_name']}.{source['name']}"
            if table not in read:
                yield f"{table}: no staging model reads it; write one or remove the table"
            if not source["description"].startswith("One row per "):
                yield f"{table}: begin its description with 'One row per …'"

    nothing(broken())


def test_every_seed_is_described_typed_and_read(
    models: dict[str, Node], seeds: dict[str, Node]
) -> None:
    read = {seed for node in models.values() for seed in parents(node, "seed")}
    root = Path(__file__).resolve().parents[2] / "data" / "seeds"

    def broken() -> Iterator[str]:
        for name, node in seeds.items():
            header = (root / f"{name}.csv").read_text("utf-8-sig").partition("\n")[0].strip()
            columns = [column.strip('"') for column in header.split(",")]
            if name not in read:
                yield f"{name}: no model reads it; use it or remove it"
            if not node["description"].startswith("One row per "):
                yield f"{name}: begin its description in _seeds.yml with 'One row per …'"
            for column in columns:
                if not node["columns"].get(column, {}).get("description"):
                    yield f"{name}.{column}: describe it in _seeds.yml"
                if column not in (node["config"].get("column_types") or {}):
                    yield f"{name}.{column}: give its column_types, or dbt turns 001 into 1"

    nothing(broken())


def test_every_macro_says_what_it_does_where_it_stands(manifest: Node) -> None:
    root = Path(__file__).resolve().parents[2] / "dbt_project"

    def broken() -> Iterator[str]:
        for macro in manifest["macros"].values():
            if macro["package_name"] != "community_safety":
                continue
            text = (root / macro["original_file_path"]).read_text("utf-8")
            name = macro["name"].removeprefix("test_")
            if not macro["description"].strip() and not re.match(r"\{#-? \S", text):
                yield f"{macro['original_file_path']}: {name} needs a comment or a description"

    nothing(broken())


def test_no_two_models_are_the_same_query(models: dict[str, Node]) -> None:
    by_query = defaultdict(list)
    for name, node in models.items():
        by_query[" ".join(without_comments(node["compiled_code"]).split())].append(name)
    nothing(
        f"{', '.join(sorted(names))}: the same query; keep one and refer to it"
        for names in by_query.values()
        if len(names) > 1
    )


def test_whoever_reads_the_published_tables_is_an_exposure_with_an_owner(
    manifest: Node, models: dict[str, Node]
) -> None:
    exposures = {exposure["name"]: exposure for exposure in manifest["exposures"].values()}
    assert {"assessment_pack", "scorecard", "published_database"} <= set(exposures)

    def broken() -> Iterator[str]:
        for name, exposure in exposures.items():
            if not (exposure["owner"]["name"] and exposure["description"]):
                yield f"{name}: give it an owner (a role, no person) and a description"
            for parent in parents(exposure, "model"):
                if layer_of(models[parent]) != "marts":
                    yield f"{name}: depends on {parent}; only marts are published"
        published = {node["name"] for node in in_layer(models, "marts")}
        for mart in sorted(published - set(parents(exposures["published_database"], "model"))):
            yield f"{mart}: list it in the exposure published_database, which holds every mart"

    nothing(broken())
