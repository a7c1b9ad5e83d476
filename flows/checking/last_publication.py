"""The publication that stands, beside the warehouse that would replace it: figures by key."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flows.data_folder import DataFolder
from flows.publishing.layout import DATABASE_FILE, PublishedFolder
from flows.sql_text import literal

_FIGURE = (
    "source, indicator_id, area_code, area_type, period_type, period_start, period_end, "
    "is_complete, cast(value as double) as value"
)
_NO_FIGURES = """
    select
        ''::varchar as source, ''::varchar as indicator_id, ''::varchar as area_code,
        ''::varchar as area_type, ''::varchar as period_type, null::date as period_start,
        null::date as period_end, false as is_complete, null::double as value
    where false
"""

# Changes of what was said, the largest first; what is new altogether is no change of it.
_LARGEST = """
    select
        coalesce(dim_areas.area_name, o.area_code) as area,
        o.indicator_id,
        o.period_type || ' from ' || o.period_start as period,
        o.value as old_value,
        n.value as new_value
    from published_figures as o
    left join new_figures as n
        using (source, indicator_id, area_code, area_type, period_type, period_start, period_end)
    left join main.dim_areas as dim_areas
        on o.area_code = dim_areas.area_code and o.area_type = dim_areas.area_type
    where o.period_type = $kind and o.value is not null and o.value is distinct from n.value
    order by
        abs(coalesce(n.value, 0) - o.value) desc,
        area, o.source, o.indicator_id, o.area_type, o.period_start
    limit $limit
"""


def attach_last_publication(connection: duckdb.DuckDBPyConnection, folder: DataFolder) -> bool:
    """Create the views `new_figures` and `published_figures`, the latter empty at first.

    Returns whether there is a publication to compare with. The connection is to the warehouse.
    """
    connection.execute(
        "create or replace temp view new_figures as "
        f"select {_FIGURE} from main.fct_indicator_values"
    )
    file = _published_file(folder)
    if file is not None:
        connection.execute(f"attach if not exists {literal(file)} as last_publication (read_only)")
        try:
            connection.execute(
                "create or replace temp view published_figures as "
                f"select {_FIGURE} from last_publication.main.fct_indicator_values"
            )
            return True
        except (duckdb.CatalogException, duckdb.BinderException):
            # A publication of an older version of the project: its figures had another shape.
            connection.execute("detach last_publication")
    connection.execute(f"create or replace temp view published_figures as {_NO_FIGURES}")
    return False


def largest_changes(folder: DataFolder, limit: int = 10) -> list[str]:
    """Word the largest changes of published figures that this build would bring; none if it can't.

    Months are compared, and quarters where no month changed. Values are those of the marts, so
    small counts stay withheld.
    """
    if not folder.database.is_file():
        return []
    try:
        with duckdb.connect(str(folder.database), read_only=True) as connection:
            if not attach_last_publication(connection, folder):
                return []
            rows: list[tuple[str, str, str, float | None, float | None]] = []
            for kind in ("month", "quarter"):
                rows = (
                    rows or connection.execute(_LARGEST, {"kind": kind, "limit": limit}).fetchall()
                )
    except duckdb.Error:
        return []
    return [
        f"{area}, {indicator}, {period}: {_plain(old)} → {_plain(new)}"
        for area, indicator, period, old, new in rows
    ]


def _published_file(folder: DataFolder) -> Path | None:
    published = PublishedFolder.of(folder, folder.as_at)
    current = published.current_id()
    if current is None:
        return None
    file = published.version(current) / DATABASE_FILE
    return file if file.is_file() else None


def _plain(value: float | None) -> str:
    return "no figure" if value is None else f"{value:,.10g}"
