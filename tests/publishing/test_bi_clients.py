"""What BI tools and notebooks do with a publication: docs/bi.md says what is tried here."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool, QueuePool

from flows.data_folder import DataFolder
from flows.publishing import publish
from flows.settings import Settings
from tests.publishing.small_warehouse import build_warehouse

FIGURES = "select sum(value) as total from fct_indicator_values"


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
