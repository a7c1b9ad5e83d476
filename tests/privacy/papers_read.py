"""What the text of a public paper says about monthly counts, as equations.

The attacker reads papers as anybody does: the cells of their tables, the tables behind their
charts and their sentences. He knows which days a period has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows.papers.document import Bullets, Chart, Document, Paragraph, Table
from flows.papers.papers import INTERNAL_ONLY, PAPERS, Asked, lay_out
from flows.papers.published import Published, opened

from .attacker import Attacker
from .published_facts import Publication, Row

_BY_MONTH = re.compile(r"(?P<name>.+?)(?: by month|: months and what was expected)")
_RECORDED = re.compile(
    r"(?P<area>.+?) recorded (?P<value>[\d,]+) .*?"
    r"(?:, (?P<change>[\d,]+) (?P<way>more|fewer)\b.*)?"
)
_DAYS = dict[str, tuple[date, date]]


def public_papers(publication: Publication, areas: list[str], ends: list[date]) -> list[Document]:
    """Lay out every public paper of these areas for the periods that end on these days."""
    database = publication.parquet.parent / "community_safety.duckdb"
    found = []
    with opened(database, database.with_name("manifest.json")) as published:
        _ask_once(published)
        for name in areas:
            area = published.area(name)
            for end in ends:
                if not published.figures(area, end):
                    continue
                asked = Asked(area, end, Path("no boundaries"))
                for paper in PAPERS:
                    if paper not in INTERNAL_ONLY:
                        found.append(lay_out(paper, published, asked))
    return found


def _ask_once(published: Published) -> None:
    """Have a publication answer the same question of several papers once."""
    answers: dict[str, list[Mapping[str, Any]]] = {}
    ask = published.rows

    def rows(sql: str, **values: object) -> list[Mapping[str, Any]]:
        asked = f"{sql} {sorted(values.items())}"
        if asked not in answers:
            answers[asked] = ask(sql, **values)
        return [*answers[asked]]

    published.rows = rows  # type: ignore[method-assign]


def tell_papers(
    attacker: Attacker, publication: Publication, papers: list[Document], indicators: set[str]
) -> int:
    """Tell the attacker what the papers say of these indicators; return how many figures."""
    ids = {
        str(row["indicator_name"]): str(row["indicator_id"])
        for row in publication.rows("dim_indicators")
        if row["indicator_id"] in indicators
    }
    days: _DAYS = {
        str(row["period_label"]): (row["period_start"], row["period_end"])
        for row in publication.rows("dim_periods")
    }
    sentences = {
        str(row["sentence"]): row
        for row in publication.rows("rpt_figures")
        if row["indicator_id"] in indicators and row["sentence"]
    }
    codes = {str(r["area_name"]): str(r["area_code"]) for r in publication.rows("dim_areas")}
    told = 0
    for paper in papers:
        area = codes[paper.area_name]
        for name, label, figure, before, change in _cells(paper):
            if name not in ids or label not in days:
                continue
            told += _learn(
                attacker, publication, ids[name], area, days[label], (figure, before, change)
            )
        for text in _texts(paper):
            row = sentences.get(text)
            said = _RECORDED.match(text)
            if row is None or said is None:
                continue
            change = _number(said["change"] or "")
            if change is not None and said["way"] == "fewer":
                change = -change
            told += _learn(
                attacker, publication, row["indicator_id"], area,
                (row["period_start"], row["period_end"]), (_number(said["value"]), None, change),
            )  # fmt: skip
    return told


def _cells(paper: Document) -> Iterator[tuple[str, str, float | None, float | None, float | None]]:
    """Give indicator, period, figure, year before and change of every row that has some."""
    for block in paper.blocks:
        table = block.table if isinstance(block, Chart) else block
        if not isinstance(table, Table):
            continue
        heads = [column.heading for column in table.columns]
        of_caption = _BY_MONTH.fullmatch(table.caption)
        for row in table.rows:
            cell = dict(zip(heads, row, strict=True))
            name = of_caption["name"] if of_caption else str(cell.get("Indicator", ""))
            label = str(cell.get("Month") if of_caption else cell.get("Period", ""))
            yield (
                name,
                label,
                *(_number(cell.get(head)) for head in ("Figure", "Year before", "Change")),
            )  # type: ignore[misc]


def _texts(paper: Document) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items


def _number(cell: object) -> float | None:
    if isinstance(cell, int | float):
        return float(cell)
    written = str(cell or "").replace(",", "")
    return float(written) if re.fullmatch(r"\d+(?:\.\d+)?", written) else None


def _learn(
    attacker: Attacker,
    publication: Publication,
    indicator: str,
    area: str,
    days: tuple[date, date],
    said: tuple[float | None, float | None, float | None],
) -> int:
    first, last = days
    row = Row("paper", {"indicator_id": indicator, "area_code": area, "period_end": last})
    now = dict.fromkeys(publication.months(row, first), 1.0)
    before = dict.fromkeys(publication.months(row, first, 1), 1.0)
    figure, year_before, change = said
    equations = [(now, figure)]
    if before:
        equations += [(before, year_before), (now | dict.fromkeys(before, -1.0), change)]
    known = [(months, total) for months, total in equations if months and total is not None]
    for months, total in known:
        attacker.learn(months, total)
    return len(known)
