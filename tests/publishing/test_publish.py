"""What a publication holds, and what stops one."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.publishing import (
    PublishFailedError,
    current_publication,
    list_publications,
    publish,
    verify,
)
from flows.publishing import candidate as candidate_module
from flows.publishing import layout as layout_module
from flows.publishing import publication as publication_module
from flows.settings import Settings
from tests.publishing.small_warehouse import FIGURE_COLUMNS, build_warehouse, everything_below

Rebuild = Callable[[int], None]

pytestmark = pytest.mark.usefixtures("verified_in_this_process")


def query(database: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def change_warehouse(folder: DataFolder, *statements: str) -> None:
    with duckdb.connect(str(folder.database)) as connection:
        for statement in statements:
            connection.execute(statement)


def version_names(folder: DataFolder) -> list[str]:
    return sorted(path.name for path in (folder.published / "versions").iterdir())


def test_only_marts_are_published(folder: DataFolder, settings: Settings) -> None:
    published = publish(folder, settings, run_id="night-1")
    assert query(published.database, "select table_name from duckdb_tables() order by 1") == [
        ("dim_areas",),
        ("fct_indicator_values",),
        ("rpt_checks",),
    ]
    assert (
        query(published.database, "select view_name from duckdb_views() where not internal") == []
    )
    assert b"secret" not in published.database.read_bytes()
    assert published.database == folder.published / "community_safety.duckdb"


def test_rows_types_comments_and_not_nulls_come_over(
    folder: DataFolder, settings: Settings
) -> None:
    published = publish(folder, settings, run_id="night-1")
    every = "select * from fct_indicator_values order by all"
    assert query(published.database, every) == query(folder.database, every)
    described = """
        select table_name, column_name, data_type, comment from duckdb_columns()
        where schema_name = 'main' and table_name in ('dim_areas', 'fct_indicator_values',
            'rpt_checks') order by table_name, column_index
    """
    assert query(published.database, described) == query(folder.database, described)
    assert query(
        published.database, "select comment from duckdb_tables() where table_name = 'dim_areas'"
    ) == [("One row per thing of dim_areas, it's small Key: area_code.",)]
    assert ("fct_indicator_values", "value", True) in query(
        published.database, "select table_name, column_name, is_nullable from duckdb_columns()"
    )
    assert ("fct_indicator_values", "source", False) in query(
        published.database, "select table_name, column_name, is_nullable from duckdb_columns()"
    )


def test_rows_lie_in_the_order_of_the_key(folder: DataFolder, settings: Settings) -> None:
    # area_code is the key of dim_areas, though not its first column, and rows lie backwards
    change_warehouse(
        folder,
        "delete from dim_areas",
        "insert into dim_areas select i, 'E' || (22000009 - i) from range(10) as r(i)",
    )
    published = publish(folder, settings, run_id="night-1")
    for relation in (
        "dim_areas",
        f"read_parquet('{folder.published / 'parquet' / 'dim_areas.parquet'}')",
    ):
        codes = [row[0] for row in query(published.database, f"select area_code from {relation}")]
        assert codes == [f"E{22000000 + i}" for i in range(10)]


def test_the_file_has_the_storage_format_of_duckdb_1_2(
    folder: DataFolder, settings: Settings
) -> None:
    published = publish(folder, settings, run_id="night-1")
    found = query(
        published.database,
        "select tags['storage_version'] from duckdb_databases() where not internal",
    )
    assert found == [("v1.2.0+",)]


def test_the_parquet_files_keep_the_descriptions(folder: DataFolder, settings: Settings) -> None:
    publish(folder, settings, run_id="n1")
    file = folder.published / "parquet" / "dim_areas.parquet"
    with duckdb.connect() as connection:
        found = {
            bytes(key).decode(): bytes(value).decode()
            for key, value in connection.execute(
                "select key, value from parquet_kv_metadata($file)", {"file": str(file)}
            ).fetchall()
        }
    with duckdb.connect(str(folder.published / "community_safety.duckdb"), read_only=True) as own:
        comments = dict(
            own.execute(
                "select column_name, comment from duckdb_columns() where table_name = 'dim_areas'"
            ).fetchall()
        )
        [(table,)] = own.execute(
            "select comment from duckdb_tables() where table_name = 'dim_areas'"
        ).fetchall()
    assert found["description"] == table
    assert json.loads(found["columns"]) == comments


def test_the_parquet_files_hold_the_same_rows(folder: DataFolder, settings: Settings) -> None:
    publish(folder, settings, run_id="night-1")
    files = sorted(path.name for path in (folder.published / "parquet").iterdir())
    assert files == ["dim_areas.parquet", "fct_indicator_values.parquet", "rpt_checks.parquet"]
    found = duckdb.execute(
        "select * from read_parquet($file) order by all",
        {"file": str(folder.published / "parquet" / "fct_indicator_values.parquet")},
    ).fetchall()
    assert found == query(folder.database, "select * from fct_indicator_values order by all")


def test_the_manifest_says_what_went_in_and_what_made_it(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="night-1")
    manifest = json.loads((folder.published / "manifest.json").read_text())
    assert manifest["run_id"] == "night-1"
    assert manifest["previous_publication_id"] is None
    # Rows of a restricted file may be its cases, and its hash could be tried.
    assert manifest["loads"] == [
        {
            "load_id": None,
            "source": "partner_returns",
            "file": "return.csv",
            "extract_date": "2017-10-20",
            "rows": None,
            "is_synthetic": False,
        },
        {
            "load_id": "cd34",
            "source": "police_uk",
            "file": "street.csv",
            "extract_date": "2017-10-21",
            "rows": 50,
            "is_synthetic": False,
        },
    ]
    assert manifest["tools"]["duckdb"] == duckdb.__version__
    assert {"dbt-core", "dbt-duckdb", "prefect", "great-expectations"} <= manifest["tools"].keys()
    assert manifest["settings"]["suppression_threshold"] == 5
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        "dim_areas": 10,
        "fct_indicator_values": 40,
        "rpt_checks": 1,
    }
    assert all(table["logical_hash"].startswith("lh1:") for table in manifest["tables"].values())


def test_rows_without_a_key_lie_in_the_order_of_all_columns(
    folder: DataFolder, settings: Settings
) -> None:
    change_warehouse(
        folder,
        "create table fct_keyless as from fct_indicator_values order by random()",
        "comment on table fct_keyless is 'One row'",
        *(f"comment on column fct_keyless.{name} is 'Meaning'" for name, _ in FIGURE_COLUMNS),
    )
    published = publish(folder, settings, run_id="night-1")
    as_they_lie = query(published.database, "select * from fct_keyless")
    assert as_they_lie == query(published.database, "select * from fct_keyless order by all")
    comment = "select comment from duckdb_tables() where table_name = 'fct_keyless'"
    assert query(published.database, comment) == [("One row",)]


def test_readers_may_read_and_nobody_may_write(folder: DataFolder, settings: Settings) -> None:
    published = publish(folder, settings, run_id="night-1")
    modes = {
        path.relative_to(published.folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (published.folder, *published.folder.rglob("*"))
    }
    assert modes["."] == modes["parquet"] == 0o755
    assert modes["community_safety.duckdb"] == modes["parquet/dim_areas.parquet"] == 0o444
    assert modes["manifest.json"] == 0o444


def test_nothing_but_the_publication_is_left_behind(folder: DataFolder, settings: Settings) -> None:
    published = publish(folder, settings, run_id="night-1")
    assert sorted(path.name for path in folder.published.iterdir()) == [
        "community_safety.duckdb",
        "current",
        "manifest.json",
        "parquet",
        "versions",
    ]
    assert sorted(path.name for path in published.folder.iterdir()) == [
        "community_safety.duckdb",
        "manifest.json",
        "parquet",
    ]
    assert not (folder.published / "current").readlink().is_absolute()


def test_a_small_warehouse_is_read_with_one_thread(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert candidate_module.duckdb_settings(folder.database)["threads"] == 1
    monkeypatch.setattr(candidate_module, "_BYTES_WORTH_THREADS", 1000)
    assert "threads" not in candidate_module.duckdb_settings(folder.database)


def test_an_equal_night_changes_nothing(folder: DataFolder, settings: Settings) -> None:
    new: list[str] = []
    first = publish(folder, settings, run_id="night-1", on_new=lambda: new.append("night-1"))
    before = everything_below(folder.published)
    build_warehouse(folder)  # other bytes, equal rows
    second = publish(folder, settings, run_id="night-2", on_new=lambda: new.append("night-2"))
    assert second.unchanged
    assert new == ["night-1"]
    assert second.publication_id == first.publication_id
    assert everything_below(folder.published) == before


def test_another_tool_version_or_load_is_a_new_publication(
    folder: DataFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(folder, settings, run_id="night-1")
    tools = {**first.manifest.tools, "scipy": "9.9"}
    monkeypatch.setattr(publication_module, "tool_versions", lambda: tools)
    second = publish(folder, settings, run_id="night-2")
    assert not second.unchanged
    assert second.manifest.previous_publication_id == first.publication_id
    assert second.manifest.logical_hashes == first.manifest.logical_hashes
    other = (replace(first.manifest.loads[0], load_id="cd34"),)
    monkeypatch.setattr(publication_module, "loads_in", lambda *_: other)
    assert not publish(folder, settings, run_id="night-3").unchanged
    assert publish(folder, settings, run_id="night-4").unchanged


def test_a_damaged_current_publication_is_replaced_though_nothing_changed(
    folder: DataFolder, settings: Settings
) -> None:
    first = publish(folder, settings, run_id="night-1")
    (first.folder / "parquet" / "dim_areas.parquet").unlink()
    second = publish(folder, settings, run_id="night-2")
    assert not second.unchanged
    assert (folder.published / "parquet" / "dim_areas.parquet").is_file()


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (
            ["create table fct_wide as select 1::hugeint as total"],
            "table fct_wide, column total: expected one of BIGINT, DOUBLE, DATE, TIMESTAMP, "
            "VARCHAR, BOOLEAN, found HUGEINT",
        ),
        (
            ["alter table dim_areas add column members integer"],
            "table dim_areas, column members: expected one of BIGINT, DOUBLE, DATE, TIMESTAMP, "
            "VARCHAR, BOOLEAN, found INTEGER",
        ),
        (
            ["comment on column dim_areas.value is null"],
            "table dim_areas, column value: expected a comment, found none",
        ),
        (
            ["comment on table dim_areas is ' '"],
            "table dim_areas: expected a comment, found none",
        ),
        (
            ["comment on view rpt_checks is null"],
            "table rpt_checks: expected a comment, found none",
        ),
    ],
)
def test_a_broken_contract_is_named_and_publishes_nothing(
    folder: DataFolder, settings: Settings, statements: list[str], named: str
) -> None:
    publish(folder, settings, run_id="night-1")
    before = everything_below(folder.published)
    change_warehouse(folder, *statements)
    with pytest.raises(PublishFailedError) as failure:
        publish(folder, settings, run_id="night-2")
    assert named in str(failure.value)
    assert everything_below(folder.published) == before


def test_a_warehouse_without_marts_or_catalogue_is_refused(
    folder: DataFolder, settings: Settings
) -> None:
    (folder.landing / "catalog" / "loads.parquet").unlink()
    with pytest.raises(PublishFailedError, match="expected the catalogue of loads"):
        publish(folder, settings, run_id="night-1")
    build_warehouse(folder)
    change_warehouse(
        folder, "drop view rpt_checks", "drop table dim_areas", "drop table fct_indicator_values"
    )
    with pytest.raises(PublishFailedError, match="holds no table"):
        publish(folder, settings, run_id="night-1")
    folder.database.unlink()
    with pytest.raises(PublishFailedError, match="expected the warehouse that dbt builds"):
        publish(folder, settings, run_id="night-1")
    assert current_publication(folder) is None


def test_an_error_of_duckdb_is_told_without_the_value_it_quotes(
    folder: DataFolder, settings: Settings
) -> None:
    change_warehouse(
        folder,
        "create table intermediate.refs as select 'private-reference' as reference",
        "create view rpt_broken as select reference::bigint as n from warehouse.intermediate.refs",
        "comment on view rpt_broken is 'One row'",
        "comment on column rpt_broken.n is 'A number'",
    )
    with pytest.raises(PublishFailedError) as failure:
        publish(folder, settings, run_id="night-1")
    assert "Conversion Error" in str(failure.value)
    assert "private-reference" not in str(failure.value)
    assert failure.value.__cause__ is None


def test_a_disk_that_is_full_leaves_the_last_publication(
    folder: DataFolder, settings: Settings, rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(folder, settings, run_id="night-1")
    before = everything_below(folder.published)
    rebuild(7)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(publication_module, "flush_tree", full)
    with pytest.raises(PublishFailedError, match="somewhere: No space left on device"):
        publish(folder, settings, run_id="night-2")
    assert everything_below(folder.published) == before


def test_a_file_of_somebody_else_is_not_replaced(folder: DataFolder, settings: Settings) -> None:
    folder.published.mkdir(exist_ok=True)
    theirs = folder.published / "manifest.json"
    theirs.write_text("mine")
    with pytest.raises(PublishFailedError, match="Move it away"):
        publish(folder, settings, run_id="night-1")
    assert theirs.read_text() == "mine"
    assert list_publications(folder) == []


def test_an_as_at_night_publishes_into_a_folder_of_its_own(
    folder: DataFolder, settings: Settings
) -> None:
    current = publish(folder, settings, run_id="night-1")
    build_warehouse(folder, 9096)
    day = date(2017, 10, 1)
    earlier = publish(folder, settings, as_at=day, run_id="night-2")
    root = folder.published / "as_at" / "2017-10-01"
    assert earlier.database == root / "community_safety.duckdb"
    assert query(earlier.database, "select distinct value from fct_indicator_values") == [(9096,)]
    assert query(current.database, "select distinct value from fct_indicator_values") == [(10545,)]
    assert json.loads((root / "manifest.json").read_text())["as_at"] == "2017-10-01"
    assert [p.publication_id for p in list_publications(folder, as_at=day)] == [
        earlier.publication_id
    ]


def test_old_publications_go_and_the_newest_stay(
    folder: DataFolder, settings: Settings, rebuild: Rebuild
) -> None:
    made = []
    for value in range(5):
        rebuild(value)
        made.append(publish(folder, settings, run_id="night").publication_id)
    kept = [found.publication_id for found in list_publications(folder)]
    assert kept == made[:1:-1]
    assert version_names(folder) == made[2:]


def test_a_publication_that_cannot_be_removed_is_left_for_the_next_night(
    folder: DataFolder, rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Settings(publications_kept=1)
    first = publish(folder, one, run_id="night-1")
    rebuild(7)

    def held_open(path: Path) -> None:
        if path.name.endswith(".removing"):
            raise PermissionError(13, "in use", str(path))
        shutil.rmtree(path)

    monkeypatch.setattr(layout_module, "remove_tree", held_open)
    second = publish(folder, one, run_id="night-2")
    assert second.is_current
    monkeypatch.undo()
    assert list((folder.published / "versions").glob(f"{first.publication_id}*"))
    rebuild(8)
    third = publish(folder, one, run_id="night-3")
    assert version_names(folder) == [third.publication_id]


def test_numbers_go_up_when_the_clock_goes_back(folder: DataFolder, settings: Settings) -> None:
    first = publish(folder, settings, run_id="night-1")
    later = first.folder.with_name("000007-20991231T235959Z")
    first.folder.rename(later)
    (folder.published / "current").unlink()
    (folder.published / "current").symlink_to(Path("versions") / later.name)
    build_warehouse(folder, 7)
    second = publish(folder, settings, run_id="night-2")
    assert second.publication_id.startswith("000008-")
    assert list_publications(folder)[0].publication_id == second.publication_id


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("delete from dim_areas where value > 0", "table dim_areas: expected 10 rows, found 0"),
        ("update dim_areas set value = value + 1", "table dim_areas: expected logical hash"),
        ("drop table dim_areas", "table dim_areas: in the manifest, not in the database"),
        ("comment on table dim_areas is 'Other'", "table dim_areas: its comment is not"),
        ("comment on column dim_areas.value is 'Other'", "table dim_areas: columns, types"),
        ("alter table dim_areas alter value type double", "table dim_areas: columns, types"),
        ("alter table dim_areas alter area_code drop not null", "table dim_areas: columns, types"),
        ("create table fct_more as select 1::bigint as n", "fct_more"),
    ],
)
def test_verification_names_what_differs(
    folder: DataFolder, settings: Settings, damage: str, said: str
) -> None:
    published = publish(folder, settings, run_id="night-1")
    assert verify.differences(published.folder) == []
    file = published.folder / "community_safety.duckdb"
    file.chmod(0o644)
    with duckdb.connect(str(file)) as connection:
        connection.execute(damage)
    assert said in "\n".join(verify.differences(published.folder))


def test_verification_names_files_and_storage_that_do_not_fit(
    folder: DataFolder, settings: Settings
) -> None:
    published = publish(folder, settings, run_id="night-1")
    parquet = published.folder / "parquet"
    (parquet / "dim_areas.parquet").rename(parquet / "dim_places.parquet")
    found = verify.differences(published.folder)
    assert found == [
        "parquet/dim_places.parquet: not in the manifest",
        "parquet/dim_areas.parquet: in the manifest, not in the folder",
    ]
    newer = published.folder / "newer.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published.folder}/community_safety.duckdb' as o (read_only)")
        connection.execute(f"attach '{newer}' as n (storage_version 'v1.4.0')")
        connection.execute("copy from database o to n")
    newer.replace(published.folder / "community_safety.duckdb")
    assert any("expected storage v1.2.0" in line for line in verify.differences(published.folder))
    (published.folder / "manifest.json").chmod(0o644)
    (published.folder / "manifest.json").write_text("{")
    assert "expected a manifest" in verify.differences(published.folder)[0]
    assert verify.main([str(published.folder)]) == 1


def test_verification_looks_at_the_types_in_parquet(folder: DataFolder, settings: Settings) -> None:
    published = publish(folder, settings, run_id="night-1")
    file = published.folder / "parquet" / "dim_areas.parquet"
    duckdb.execute(
        f"copy (select value::integer as value, area_code from read_parquet('{file}')) "
        f"to '{file}.new' (format parquet)"
    )
    file.with_name(f"{file.name}.new").replace(file)
    (found,) = verify.differences(published.folder)
    assert found.startswith("parquet/dim_areas.parquet: expected columns")


def test_the_warehouse_is_only_read(folder: DataFolder, settings: Settings) -> None:
    """Opening it for writing would fail here: another process is reading it."""
    reading = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); "
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reading, str(folder.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"
        assert publish(folder, settings, run_id="night-1").is_current
        reader.communicate()
