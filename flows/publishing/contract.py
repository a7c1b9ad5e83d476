"""What may be published: the marts of the warehouse, and what each must bring with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.publishing.failures import PublishFailedError
from flows.sql_text import literal

if TYPE_CHECKING:
    import duckdb

PUBLISHED_TYPES = ("BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "VARCHAR", "BOOLEAN")
PUBLISHED_PREFIXES = ("fct_", "dim_", "rpt_")

# Earlier versions built beside the final name and renamed; a killed build of theirs left these.
_DBT_LEFTOVERS = ("__dbt_tmp", "__dbt_backup")


@dataclass(frozen=True, slots=True)
class Column:
    """One published column; `nullable` is False only where the warehouse guarantees it."""

    name: str
    data_type: str
    nullable: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Mart:
    """One published table: its comment (the grain comes first) and columns."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def typed_columns(self) -> list[tuple[str, str]]:
        """(name, type) in order, as the logical hash wants them."""
        return [(column.name, column.data_type) for column in self.columns]


def marts_of(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Mart]:
    """List the marts in schema `main` of an attached database, by name.

    Raises `PublishFailedError` naming every table and column that breaks the contract: a type other
    than the six published ones, or a missing comment.
    """
    marts = [mart for mart in _described(connection, catalog) if _is_published(mart.name)]
    breaches = [breach for mart in marts for breach in _breaches(mart)]
    if breaches:
        raise PublishFailedError(
            "The marts break their contract:\n"
            + "\n".join(f"  {breach}" for breach in breaches)
            + "\nFix the model or its description in dbt_project/models and run `csp nightly`."
        )
    return marts


def _is_published(name: str) -> bool:
    return name.startswith(PUBLISHED_PREFIXES) and not name.endswith(_DBT_LEFTOVERS)


def _breaches(mart: Mart) -> list[str]:
    breaches = []
    if not mart.comment.strip():
        breaches.append(f"table {mart.name}: expected a comment, found none")
    for column in mart.columns:
        where = f"table {mart.name}, column {column.name}"
        if column.data_type not in PUBLISHED_TYPES:
            breaches.append(
                f"{where}: expected one of {', '.join(PUBLISHED_TYPES)}, found {column.data_type}"
            )
        if not column.comment.strip():
            breaches.append(f"{where}: expected a comment, found none")
    return breaches


def _described(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Mart]:
    # written into the SQL: with a parameter DuckDB imports pandas and PyArrow
    of_catalog = f"database_name = {literal(catalog)} and schema_name = 'main' and not internal"
    comments = connection.execute(
        f"""
        select table_name, coalesce(comment, '') from duckdb_tables()
        where {of_catalog}
        union all
        select view_name, coalesce(comment, '') from duckdb_views()
        where {of_catalog}
        order by all
        """
    ).fetchall()
    columns: dict[str, list[Column]] = {}
    for table, name, data_type, nullable, comment in connection.execute(
        f"""
        select table_name, column_name, data_type, is_nullable, coalesce(comment, '')
        from duckdb_columns()
        where {of_catalog}
        order by table_name, column_index
        """
    ).fetchall():
        columns.setdefault(table, []).append(Column(name, data_type, bool(nullable), comment))
    return [Mart(name, comment, tuple(columns.get(name, ()))) for name, comment in comments]
