"""What BI tools and notebooks do with a publication: docs/bi.md says what is tried here."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool, QueuePool

from flows.data_folder import DataFolder
from flows.publishing import publish
from flows.settings import Settings
from tests.publishing.small_warehouse import build_warehouse

FIGURES = "select sum(value) as total from fct_indicator_values"
# What a column of a fact refers to, by the columns that both tables have.
REFERENCES = {
    "dim_areas": ("area_code",),
    "dim_indicators": ("indicator_id",),
    "dim_periods": ("period_type", "period_end"),
}
# Its rows are also of a whole return (`*`) and of items that are no indicator.
NO_REFERENCE = {("rpt_coverage", "dim_indicators")}


def _engine(database: Path, pool: type) -> sqlalchemy.Engine:
    """An engine as Superset makes it from duckdb:///…?access_mode=read_only."""
    return sqlalchemy.create_engine(f"duckdb:///{database}?access_mode=read_only", poolclass=pool)


def _total(engine: sqlalchemy.Engine) -> float:
    with engine.connect() as connection:
        return float(connection.execute(sqlalchemy.text(FIGURES)).scalar_one())


def test_sqlalchemy_without_a_pool_shows_the_next_publication(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="n1")
    engine = _engine(folder.published / "community_safety.duckdb", NullPool)
    before = _total(engine)
    build_warehouse(folder, value=20000)
    publish(folder, settings, run_id="n2")
    assert _total(engine) > before


def test_a_pool_that_is_kept_shows_the_old_figures_until_it_is_closed(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="n1")
    engine = _engine(folder.published / "community_safety.duckdb", QueuePool)
    before = _total(engine)
    build_warehouse(folder, value=20000)
    publish(folder, settings, run_id="n2")
    assert _total(engine) == before
    engine.dispose()
    assert _total(engine) > before


def test_sqlalchemy_lists_tables_and_columns(folder: DataFolder, settings: Settings) -> None:
    publish(folder, settings, run_id="n1")
    engine = _engine(folder.published / "community_safety.duckdb", NullPool)
    inspector = sqlalchemy.inspect(engine)
    assert "fct_indicator_values" in inspector.get_table_names()
    names = {column["name"] for column in inspector.get_columns("fct_indicator_values")}
    assert {"area_code", "value"} <= names


def test_sqlalchemy_reads_the_key_of_a_table(folder: DataFolder, settings: Settings) -> None:
    publish(folder, settings, run_id="n1")
    engine = _engine(folder.published / "community_safety.duckdb", NullPool)
    comment = sqlalchemy.inspect(engine).get_table_comment("fct_indicator_values")["text"]
    assert comment.endswith(" Key: source, indicator_id, area_code, period_type, period_end.")


def test_parquet_and_manifest_keep_the_key(folder: DataFolder, settings: Settings) -> None:
    publish(folder, settings, run_id="n1")
    manifest = json.loads((folder.published / "manifest.json").read_text())
    for table, key in (("dim_areas", ["area_code"]), ("rpt_checks", ["check_id", "subject"])):
        metadata = pq.read_schema(folder.published / "parquet" / f"{table}.parquet").metadata
        assert json.loads(metadata[b"key"]) == key
        assert manifest["tables"][table]["key"] == key


def test_every_published_table_names_columns_that_no_two_rows_share(
    published_database: Path,
) -> None:
    manifest = json.loads(published_database.with_name("manifest.json").read_text())
    with duckdb.connect(str(published_database), read_only=True) as connection:
        comments = connection.execute("select table_name, comment from duckdb_tables()").fetchall()
        assert len(comments) > 25
        for table, comment in comments:
            key = comment.rpartition(" Key: ")[2].removesuffix(".")
            assert key.split(", ") == manifest["tables"][table]["key"]
            repeated = f"select {key} from {table} group by {key} having count(*) > 1"
            assert connection.execute(repeated).fetchall() == [], table


def test_areas_indicators_and_periods_of_every_table_are_in_their_dimension(
    published_database: Path,
) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        columns: dict[str, set[str]] = {}
        for table, column in connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'main'"
        ).fetchall():
            columns.setdefault(table, set()).add(column)
        references = [
            (table, dimension, ", ".join(shared))
            for table in sorted(columns)
            for dimension, shared in REFERENCES.items()
            if columns[table].issuperset(shared) and (table, dimension) not in NO_REFERENCE
        ]
        assert len(references) > 40
        for table, dimension, shared in references:
            unknown = f"select {shared} from {table} except select {shared} from {dimension}"
            assert connection.execute(unknown).fetchall() == [], (table, dimension)


def test_a_client_that_asks_to_write_is_refused(folder: DataFolder, settings: Settings) -> None:
    publish(folder, settings, run_id="n1")
    engine = _engine(folder.published / "community_safety.duckdb", NullPool)
    with (
        engine.connect() as connection,
        pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only"),
    ):
        connection.execute(sqlalchemy.text("delete from fct_indicator_values"))


def test_pandas_reads_the_database_and_the_parquet_alike(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="n1")
    with duckdb.connect(
        str(folder.published / "community_safety.duckdb"), read_only=True
    ) as connection:
        from_database = connection.sql("select * from fct_indicator_values").df()
    engine = _engine(folder.published / "community_safety.duckdb", NullPool)
    by_engine = pd.read_sql("select * from fct_indicator_values", engine)
    from_parquet = pd.read_parquet(folder.published / "parquet" / "fct_indicator_values.parquet")
    assert len(from_database) == len(by_engine) == len(from_parquet) > 10
    assert from_database["value"].sum() == from_parquet["value"].sum() == by_engine["value"].sum()
