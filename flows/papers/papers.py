"""Which papers there are, and what each is put together from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.papers.document import Bullets, Document, Heading, Paragraph, day
from flows.papers.places import repeat_places
from flows.papers.published import Area, PaperError, Published, Row
from flows.papers.sections.activity import activity
from flows.papers.sections.charts_of_a_figure import charts, funnel
from flows.papers.sections.definitions import definitions
from flows.papers.sections.headline_tables import headline_table, targets_table
from flows.papers.sections.missing import missing
from flows.papers.sections.money import money
from flows.papers.sections.neighbourhoods import neighbourhoods
from flows.papers.sections.partners import partners
from flows.papers.sections.parts_of_a_change import what_the_change_is_made_of
from flows.papers.sections.themes import theme


@dataclass(frozen=True, slots=True)
class Asked:
    """What a paper is to be about."""

    area: Area
    period_end: date
    boundaries: Path


def _assessment(document: Document, published: Published, asked: Asked, rows: list[Row]) -> None:
    headline = _headline(rows)
    document.add(Heading("Headlines"))
    document.add(*(Paragraph(row["sentence"], "lead") for row in headline[:1]))
    document.add(Bullets([row["sentence"] for row in headline[1:8]]))
    document.add(headline_table(headline), *targets_table(rows))
    for row in headline[:1]:
        what_the_change_is_made_of(document, published, row)
        document.add(*funnel(published, row))
    document.add(Heading("Themes"))
    # in the order of the headline figures, crime first
    for name in dict.fromkeys(row["theme"] for row in rows):
        of_theme = [row for row in rows if row["theme"] == name]
        theme(document, published, name, of_theme)
    _rest(document, published, asked, rows)


def _scrutiny(document: Document, published: Published, asked: Asked, rows: list[Row]) -> None:
    headline = _headline(rows)
    document.add(Heading("Summary"))
    # four pages: six sentences, twelve lines, two charts
    document.add(Bullets([row["sentence"] for row in headline[:6]]))
    document.add(headline_table(headline[:12]), *targets_table(rows))
    for row in headline[:1]:
        what_the_change_is_made_of(document, published, row)
        document.add(*charts(published, row)[:1])
    activity(document, published, asked.area, asked.period_end)
    partners(document, published, asked.area, asked.period_end)
    money(document, published, asked.area, asked.period_end)
    missing(document, published, asked.area, rows)


def _board(document: Document, published: Published, asked: Asked, rows: list[Row]) -> None:
    headline = _headline(rows)
    document.add(Bullets([row["sentence"] for row in headline[:4]]))
    document.add(headline_table(headline[:10]), *targets_table(headline))


def _annual(document: Document, published: Published, asked: Asked, rows: list[Row]) -> None:
    headline = _headline(rows)
    document.add(Heading("The year in figures"))
    document.add(Bullets([row["sentence"] for row in headline[:8]]))
    document.add(headline_table(headline), *targets_table(rows))
    for row in headline[:1]:
        document.add(*charts(published, row)[:2])
    _rest(document, published, asked, headline)


def _estates(document: Document, published: Published, asked: Asked, rows: list[Row]) -> None:
    demand = [row for row in rows if row["theme"] == "anti-social behaviour"]
    document.add(Heading("Demand"))
    document.add(
        Bullets([row["sentence"] for row in demand])
        if demand
        else Paragraph("no figures of anti-social behaviour for this period.", "gap")
    )
    repeat_places(document, published, asked.area, asked.period_end)
    neighbourhoods(document, published, asked.area, asked.period_end, asked.boundaries)
    activity(document, published, asked.area, asked.period_end)
    missing(document, published, asked.area, demand, "anti-social behaviour")
    definitions(document, published, demand)


def _rest(document: Document, published: Published, asked: Asked, rows: list[Row]) -> None:
    activity(document, published, asked.area, asked.period_end)
    neighbourhoods(document, published, asked.area, asked.period_end, asked.boundaries)
    partners(document, published, asked.area, asked.period_end)
    money(document, published, asked.area, asked.period_end)
    missing(document, published, asked.area, rows)
    definitions(document, published, rows)


def _headline(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["is_headline"]] or rows


Writer = Callable[[Document, Published, Asked, list[Row]], None]
PAPERS: dict[str, tuple[str, Writer]] = {
    "assessment": ("Strategic assessment", _assessment),
    "scrutiny": ("Community safety: paper for scrutiny", _scrutiny),
    "board": ("Community safety: one page for the board", _board),
    "annual": ("Community safety: annual report", _annual),
    "estates": ("Places and repeat demand: paper for the estates meeting", _estates),
}
INTERNAL_ONLY = frozenset({"estates"})
"""Papers about single places, which the public edition must not have."""


def lay_out(name: str, published: Published, asked: Asked) -> Document:
    """Put a paper together. Raises `PaperError` where the area has no figures for the period."""
    title, write = PAPERS[name]
    if name in INTERNAL_ONLY and not published.is_internal:
        raise PaperError(
            f"the paper '{name}' is about single places and exists in the internal edition only. "
            "Next: add --edition internal, where you may see unsuppressed figures"
        )
    rows = published.figures(asked.area, asked.period_end)
    if not rows:
        ends = published.period_ends(asked.area)
        known = ", ".join(f"{end:%Y-%m}" for end in ends[:6])
        raise PaperError(
            f"{asked.area.name} has no complete figures for a period that ends on "
            f"{day(asked.period_end)}. "
            + (f"There are figures up to {known}." if ends else "There are none for any period.")
            + " Next: name one of these with --period, or see `csp status`"
        )
    dates = sorted({row["extract_date"] for row in rows})
    document = Document(
        title=f"{title}: {asked.area.name}",
        subtitle=f"Periods up to {day(asked.period_end)}",
        area_name=asked.area.name,
        period_label=f"{asked.period_end:%Y-%m}",
        publication_id=published.publication_id,
        extract_dates=", ".join(day(one) for one in dates),
        edition="internal" if published.is_internal else "public",
        is_synthetic=published.is_synthetic,
    )
    write(document, published, asked, rows)
    return document
