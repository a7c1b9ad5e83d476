"""What changed between two publications, by table and by figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from flows.publishing.failures import PublishFailedError
from flows.publishing.layout import DATABASE_FILE, PublishedFolder
from flows.publishing.logical_hash import canonical_text
from flows.publishing.manifest import PublishedTable
from flows.publishing.publication import Publication, publication
from flows.sql_text import identifier, literal

if TYPE_CHECKING:
    import duckdb

    from flows.data_folder import DataFolder

FIGURES = "fct_indicator_values"
# One row per source, indicator, area and period; labels are left out, they may be reworded.
FIGURE_KEY = (
    "source",
    "indicator_id",
    "area_code",
    "area_type",
    "period_type",
    "period_start",
    "period_end",
)

# A column that each new extract moves on in every row: that alone is no change of a figure.
EXTRACT_DATE = "extract_date"

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One table that is not the same in both; rows are None where the table is not there.

    A column whose type changed went and came: it is in both lists, and left out of the figures.
    """

    table: str
    old_rows: int | None
    new_rows: int | None
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """One row of `fct_indicator_values` that came, went or changed.

    `columns` names what differs, in the order of the table and empty for rows that came or went;
    `old_texts` and `new_texts` are what stood in each of them, in words, None for NULL. A value is
    None when it is NULL or its row is not there.
    """

    change: Change
    source: str
    indicator_id: str
    area_code: str
    area_name: str
    period_type: str
    period_label: str
    old_value: float | None
    new_value: float | None
    columns: tuple[str, ...]
    old_texts: tuple[str | None, ...] = ()
    new_texts: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationDifference:
    """Two publications side by side. `figures` may be cut short; the counts never are.

    `only_newer_extract` counts rows of which nothing but the extract date differs, and that is
    later now. They are neither among those changed nor listed.
    """

    old: Publication
    new: Publication
    tables: tuple[TableDifference, ...]
    figures_added: int
    figures_removed: int
    figures_changed: int
    figures: tuple[FigureDifference, ...]
    only_newer_extract: int = 0


def diff(
    folder: DataFolder,
    old: str | None = None,
    new: str | None = None,
    *,
    as_at: date | None = None,
    limit: int | None = None,
) -> PublicationDifference:
    """Compare two publications that are kept: by default the current one with the one before it.

    Figures are equal when they agree in twelve significant digits, as in the logical hash. At
    most `limit` figures are listed, in the order of their key. Raises `PublishFailedError` when a
    publication is not kept.
    """
    published = PublishedFolder.of(folder, as_at)
    newer = _kept(published, new or published.current_id())
    older = _kept(published, old or newer.manifest.previous_publication_id)
    before = {table.name: table for table in older.manifest.tables}
    after = {table.name: table for table in newer.manifest.tables}
    tables = tuple(
        _table_difference(name, before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if name not in before
        or name not in after
        or before[name].logical_hash != after[name].logical_hash
    )
    if FIGURES not in before or FIGURES not in after:
        return PublicationDifference(older, newer, tables, 0, 0, 0, ())
    return _with_figures(older, newer, tables, before[FIGURES], after[FIGURES], limit)


def _kept(published: PublishedFolder, wanted: str | None) -> Publication:
    publication_id = published.named(wanted) if wanted else None
    if publication_id is None:
        kept = ", ".join(reversed(published.ids())) or "none"
        named = wanted or "to compare with"
        raise PublishFailedError(
            f"The publication {named} is not kept in {published.versions}. Kept are: {kept}. "
            "Name two of them: `csp diff OLD NEW`."
        )
    return publication(published, publication_id)


def _table_difference(
    name: str, old: PublishedTable | None, new: PublishedTable | None
) -> TableDifference:
    before = {column.name: column.data_type for column in old.columns} if old else {}
    after = {column.name: column.data_type for column in new.columns} if new else {}
    return TableDifference(
        name,
        old.rows if old else None,
        new.rows if new else None,
        columns_added=tuple(name for name, kind in after.items() if before.get(name) != kind),
        columns_removed=tuple(name for name, kind in before.items() if after.get(name) != kind),
    )


def _with_figures(
    older: Publication,
    newer: Publication,
    tables: tuple[TableDifference, ...],
    before: PublishedTable,
    after: PublishedTable,
    limit: int | None,
) -> PublicationDifference:
    import duckdb

    types = {column.name: column.data_type for column in before.columns}
    compared = [
        column.name
        for column in after.columns
        if types.get(column.name) == column.data_type and column.name not in FIGURE_KEY
    ]
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    try:
        _attach(connection, older, "older")
        _attach(connection, newer, "newer")
        connection.execute(_differing_figures(compared, types))
        counts = dict(
            connection.execute("select change, count(*) from differing group by change").fetchall()
        )
        # what an analyst looks for first is their own partnership
        homes = (
            "area_code not in (select area_code from newer.dim_areas where is_home_area), "
            if any(
                column.name == "is_home_area"
                for table in newer.manifest.tables
                if table.name == "dim_areas"
                for column in table.columns
            )
            else ""
        )
        listed = connection.execute(
            f"""
            select change, source, indicator_id, area_code, area_name, period_type, period_label,
                old_value, new_value, columns, old_texts, new_texts
            from differing
            where change <> 'only_newer_extract'
            order by {homes}source, indicator_id, area_code, period_type, period_start, period_end,
                change
            """
            + (f" limit {int(limit)}" if limit is not None else "")
        ).fetchall()
    finally:
        connection.close()
    return PublicationDifference(
        older,
        newer,
        tables,
        figures_added=counts.get("added", 0),
        figures_removed=counts.get("removed", 0),
        figures_changed=counts.get("changed", 0),
        figures=tuple(_figure_difference(*row) for row in listed),
        only_newer_extract=counts.get("only_newer_extract", 0),
    )


def _figure_difference(
    change: Change,
    source: str,
    indicator_id: str,
    area_code: str,
    area_name: str | None,
    period_type: str,
    period_label: str | None,
    old_value: float | None,
    new_value: float | None,
    columns: list[str],
    old_texts: list[str | None],
    new_texts: list[str | None],
) -> FigureDifference:
    return FigureDifference(
        change,
        source,
        indicator_id,
        area_code,
        area_name or area_code,
        period_type,
        period_label or "",
        old_value,
        new_value,
        tuple(columns),
        tuple(old_texts),
        tuple(new_texts),
    )


def _attach(connection: duckdb.DuckDBPyConnection, found: Publication, name: str) -> None:
    path = literal(found.folder / DATABASE_FILE)
    connection.execute(f"attach {path} as {name} (read_only)")


def _differing_figures(compared: list[str], types: dict[str, str]) -> str:
    """Write the statement that fills the table `differing`, one row per figure that differs."""

    def sided(catalog: str) -> str:
        columns = [
            f"{canonical_text(name, types[name])} as {identifier(f'is_{name}')}"
            for name in compared
        ]
        texts = [
            f"cast({identifier(name)} as varchar) as {identifier(f'text_{name}')}"
            for name in compared
        ]
        shown = [*FIGURE_KEY, "area_name", "period_label", "value", *columns, *texts]
        return f"select true as here, {', '.join(shown)} from {catalog}.main.{FIGURES}"

    def differing(name: str) -> str:
        same = identifier(f"is_{name}")
        text = identifier(f"text_{name}")
        return (
            f"case when o.here and n.here and o.{same} is distinct from n.{same} then "
            f"{{'name': '{name}', 'old': o.{text}, 'new': n.{text}}} end"
        )

    joined = " and ".join(f"o.{name} is not distinct from n.{name}" for name in FIGURE_KEY)
    shown = ", ".join(
        f"coalesce(n.{name}, o.{name}) as {name}"
        for name in (*FIGURE_KEY, "area_name", "period_label")
    )
    return f"""
        create temp table differing as
        with o as ({sided("older")}), n as ({sided("newer")}),
        side_by_side as (
            select
                case when o.here is null then 'added' when n.here is null then 'removed'
                    else 'changed' end as change,
                {shown}, o.value as old_value, n.value as new_value,
                list_filter([{", ".join(map(differing, compared))}], x -> x is not null)
                    as differing
            from o full outer join n on {joined}
        )
        select
            * exclude (differing) replace (
                case
                    when change = 'changed' and len(differing) = 1
                        and differing[1].name = '{EXTRACT_DATE}'
                        and differing[1].new > differing[1].old then 'only_newer_extract'
                    else change
                end as change
            ),
            list_transform(differing, x -> x.name) as columns,
            list_transform(differing, x -> x.old) as old_texts,
            list_transform(differing, x -> x.new) as new_texts
        from side_by_side where change <> 'changed' or len(differing) > 0
    """
