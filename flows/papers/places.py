"""Places and repeat demand: which places had most, and how much of it comes again."""

from __future__ import annotations

from datetime import date

from flows.papers.document import (
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    day,
    table_of,
)
from flows.papers.published import Area, Published, Row

_MOST = 10
_RECORDS = {"call": "calls for service", "incident": "incidents"}


def repeat_places(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add a table for each kind of record, of its newest month up to the end of the period."""
    document.add(Heading("Places with most demand"))
    rows = published.rows(
        "select * from fct_repeat_locations where area_code = $area and last_day(month) <= $until "
        "and place_type <> 'unknown' "
        "qualify month = max(month) over (partition by record_type) "
        "order by record_type, records desc nulls last, place",
        area=area.code,
        until=period_end,
    )
    if not rows:
        document.add(
            Paragraph(
                f"no incidents or calls with their places were supplied for {area.name} up to "
                f"{day(period_end)}. They come from the inbox folder raw/asb.",
                "gap",
            )
        )
        return
    for kind in dict.fromkeys(row["record_type"] for row in rows):
        of_kind = [row for row in rows if row["record_type"] == kind]
        words = _RECORDS.get(kind, kind)
        month = f"{of_kind[0]['month']:%B %Y}"
        document.add(Heading(f"{words[:1].upper() + words[1:]}, {month}", 2))
        document.add(Bullets([_sentence(row, words, month) for row in of_kind[:3]]))
        document.add(_table(of_kind[:_MOST], words, month))
        if not any(row["repeat_locations"] or row["repeat_callers"] for row in of_kind):
            document.add(
                Paragraph(
                    f"the {words} have no keys of callers or locations, so nothing is known of "
                    "those that come again. Ask the supplier for them (docs/sources/asb).",
                    "gap",
                )
            )


def _sentence(row: Row, words: str, month: str) -> str:
    said = f"{row['place']} had {row['records']:,} {words} in {month}"
    repeats = [
        f"{row[records]:,} {at} {row[known]:,} {known_words} with more than one in twelve months"
        for records, at, known, known_words in (
            ("records_at_repeat_locations", "at", "repeat_locations", "locations"),
            ("records_of_repeat_callers", "from", "repeat_callers", "callers"),
        )
        if row[records] and row[known]
    ]
    return said + (f", {' and '.join(repeats)}" if repeats else "") + "."


def _table(rows: list[Row], words: str, month: str) -> Table:
    columns = (
        ("place", Column("Place")),
        ("records", Column(words[:1].upper() + words[1:], "number")),
        ("locations", Column("Locations", "number")),
        ("repeat_locations", Column("Repeat locations", "number")),
        ("records_at_repeat_locations", Column("Records at these locations", "number")),
        ("callers", Column("Callers", "number")),
        ("repeat_callers", Column("Repeat callers", "number")),
        ("records_of_repeat_callers", Column("Records of these callers", "number")),
    )
    return table_of(
        f"Places with most {words}, {month}",
        columns,
        rows,
        note="A location or caller is a repeat one with more than one record in the twelve months "
        "that end with the month.",
        sheet=f"Places {words}",
    )
