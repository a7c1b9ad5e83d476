"""Publishing again costs what has changed: equal tables are not hashed, copied or written again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.publishing import candidate, current_publication, publish, verify
from flows.publishing import publication as publication_module
from flows.publishing.logical_hash import logical_hash
from flows.publishing.row_fingerprint import row_fingerprint
from flows.settings import Settings

pytestmark = pytest.mark.usefixtures("verified_in_this_process")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The relations of which a logical hash was calculated, by the writer or the verification."""
    seen: list[str] = []

    def noted(
        connection: duckdb.DuckDBPyConnection, relation: str, columns: list[tuple[str, str]]
    ) -> tuple[int, str]:
        seen.append(relation)
        return logical_hash(connection, relation, columns)

    for module in (candidate, verify):
        monkeypatch.setattr(module, "logical_hash", noted)
    return seen


def change(folder: DataFolder, statement: str) -> None:
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute(statement)


def inodes(published: Path) -> dict[str, int]:
    return {path.stem: path.stat().st_ino for path in (published / "parquet").iterdir()}


def test_each_table_is_hashed_once_the_first_time_and_never_when_equal(
    folder: DataFolder,
    settings: Settings,
    hashed: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(folder, settings, run_id="run-1")
    assert sorted(hashed) == [
        'warehouse.main."dim_areas"',
        'warehouse.main."fct_indicator_values"',
        'warehouse.main."rpt_checks"',
    ]
    hashed.clear()
    monkeypatch.setattr(publication_module, "copy_marts", pytest.fail)
    assert publish(folder, settings, run_id="run-2").unchanged
    assert hashed == []


def test_only_the_table_that_changed_is_hashed_and_written_as_parquet(
    folder: DataFolder, settings: Settings, hashed: list[str]
) -> None:
    first = publish(folder, settings, run_id="run-1")
    hashed.clear()
    change(folder, "update dim_areas set value = value + 1")
    second = publish(folder, settings, run_id="run-2")
    assert hashed == ['warehouse.main."dim_areas"']
    before, after = inodes(first.folder), inodes(second.folder)
    assert {name for name in before if before[name] == after[name]} == {
        "fct_indicator_values",
        "rpt_checks",
    }
    # each publication is whole by itself, and stays so when the other is removed
    for one in (first, second):
        assert verify.differences(one.folder) == []
    publish(folder, Settings(publications_kept=1), run_id="run-3")
    change(folder, "update dim_areas set value = value + 1")
    third = publish(folder, Settings(publications_kept=1), run_id="run-4")
    assert not first.folder.exists()
    assert verify.differences(third.folder) == []


def test_an_equal_table_has_the_hash_that_it_would_get_by_itself(
    folder: DataFolder, settings: Settings, tmp_path: Path
) -> None:
    publish(folder, settings, run_id="run-1")
    change(folder, "update dim_areas set value = value + 1")
    second = publish(folder, settings, run_id="run-2")
    alone = DataFolder(tmp_path / "alone")
    alone.ensure()
    (alone.landing / "catalog").mkdir(parents=True)
    for file in ("warehouse.duckdb", "landing/catalog/loads.parquet"):
        (alone.warehouse / file).write_bytes((folder.warehouse / file).read_bytes())
    from_nothing = publish(alone, settings, run_id="run-1")
    assert second.manifest.tables == from_nothing.manifest.tables


@pytest.mark.parametrize(
    "damage",
    [
        "copy (select value + 1 as value, area_code from '{file}') to '{file}.new' "
        "(format parquet)",
        "copy (select area_code from '{file}') to '{file}.new' (format parquet)",
        "copy (select 1 as x) to '{file}.new' (format csv)",
    ],
)
def test_a_damaged_parquet_file_is_not_taken_over(
    folder: DataFolder, settings: Settings, damage: str
) -> None:
    first = publish(folder, settings, run_id="run-1")
    file = first.folder / "parquet" / "dim_areas.parquet"
    duckdb.execute(damage.format(file=file))
    file.with_name(f"{file.name}.new").replace(file)
    # nothing has changed, and then something else has
    for statement in ("select 1", "update fct_indicator_values set value = 9"):
        change(folder, statement)
        again = publish(folder, settings, run_id="run-2")
        assert not again.unchanged
        assert verify.differences(again.folder) == []


def test_a_damaged_table_gives_no_hash(folder: DataFolder, settings: Settings) -> None:
    first = publish(folder, settings, run_id="run-1")
    database = first.folder / "community_safety.duckdb"
    database.chmod(0o644)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update dim_areas set value = value + 1")
    again = publish(folder, settings, run_id="run-2")
    assert not again.unchanged
    assert verify.differences(again.folder) == []
    assert again.manifest.logical_hashes == first.manifest.logical_hashes


def test_a_database_that_cannot_be_opened_is_replaced(
    folder: DataFolder, settings: Settings
) -> None:
    first = publish(folder, settings, run_id="run-1")
    database = first.folder / "community_safety.duckdb"
    database.chmod(0o644)
    database.write_bytes(b"no database")
    again = publish(folder, settings, run_id="run-2")
    assert verify.differences(again.folder) == []
    found = current_publication(folder)
    assert found is not None
    assert found.publication_id == again.publication_id


def test_another_description_is_written_into_the_parquet_file(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="run-1")
    change(folder, "comment on column dim_areas.value is 'Another meaning'")
    second = publish(folder, settings, run_id="run-2")
    file = second.folder / "parquet" / "dim_areas.parquet"
    said = duckdb.execute(
        "select decode(value) from parquet_kv_metadata($file) where decode(key) = 'columns'",
        {"file": str(file)},
    ).fetchall()
    assert "Another meaning" in str(said)


def test_without_links_the_file_is_copied(
    folder: DataFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "links are not allowed here")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    first = publish(folder, settings, run_id="run-1")
    change(folder, "update dim_areas set value = value + 1")
    second = publish(folder, settings, run_id="run-2")
    assert not set(inodes(first.folder).values()) & set(inodes(second.folder).values())
    assert verify.differences(second.folder) == []


def test_a_change_beyond_the_twelfth_digit_is_none(folder: DataFolder, settings: Settings) -> None:
    """Threads add up in any order: the last digits of a sum differ between equal builds."""
    first = publish(folder, settings, run_id="run-1")
    change(folder, "update fct_indicator_values set rate = rate * (1 + 1e-15)")
    second = publish(folder, settings, run_id="run-2")
    assert second.unchanged
    assert second.publication_id == first.publication_id


_A = "(values (1, 'a', 1.5), (2, 'b', null), (2, 'b', null)) as t(x, y, z)"


@pytest.mark.parametrize(
    ("relation", "equal"),
    [
        ("(values (2, 'b', null), (1, 'a', 1.5), (2, 'b', null)) as t(x, y, z)", True),
        ("(values (1, 'a', 1.5), (2, 'b', null)) as t(x, y, z)", False),
        ("(values (1, 'a', 1.5), (1, 'a', 1.5), (2, 'b', null)) as t(x, y, z)", False),
        ("(values (1, 'b', 1.5), (2, 'a', null), (2, 'b', null)) as t(x, y, z)", False),
        ("(values (1, 'a', 1.5), (2, 'b', 0.0), (2, 'b', null)) as t(x, y, z)", False),
    ],
)
def test_a_fingerprint_tells_rows_apart_in_any_order(relation: str, equal: bool) -> None:
    with duckdb.connect() as connection:
        found = [row_fingerprint(connection, one, ("x", "y", "z")) for one in (_A, relation)]
    assert (found[0] == found[1]) is equal


def test_a_fingerprint_depends_on_the_order_of_columns() -> None:
    with duckdb.connect() as connection:
        rows = "(values (1, 2), (3, 4)) as t(x, y)"
        found = {row_fingerprint(connection, rows, names) for names in ("xy", "yx")}
    assert len(found) == 2


def test_marts_that_are_the_same_are_seen_by_their_rows_not_by_their_number(
    folder: DataFolder, settings: Settings, rebuild: Callable[[int], None]
) -> None:
    first = publish(folder, settings, run_id="run-1")
    rebuild(7)  # as many rows, other values
    second = publish(folder, settings, run_id="run-2")
    assert not second.unchanged
    same = {
        name
        for name, digest in second.manifest.logical_hashes.items()
        if digest == first.manifest.logical_hashes[name]
    }
    assert same == {"rpt_checks"}
