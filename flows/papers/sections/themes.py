"""One theme: a sentence for each indicator, a table of rates, and charts of the first."""

from __future__ import annotations

from collections.abc import Sequence

from flows.papers.document import (
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    with_period_in_caption,
)
from flows.papers.published import Published, Row
from flows.papers.sections.charts_of_a_figure import charts
from flows.papers.sections.rate_estimates import estimates_of, people_of


def theme(document: Document, published: Published, name: str, figures: Sequence[Row]) -> None:
    """Add a theme: a sentence and a line of rates for each indicator, charts of the first."""
    document.add(Heading(name[:1].upper() + name[1:], 2))
    if len(figures) == 1:
        document.add(Paragraph(figures[0]["sentence"]))
    else:
        document.add(Bullets([figure["sentence"] for figure in figures]))
    document.add(*rates_table(name, figures))
    for chart in charts(published, figures[0]):
        document.add(chart)


def rates_table(name: str, figures: Sequence[Row]) -> list[Table]:
    """Put rates and ranks of a theme into one table; columns that nobody fills are left out."""
    known = [figure for figure in figures if figure["rate"] is not None]
    if not known:
        return []
    finest = 2 if any(figure["rate"] < 1 for figure in known) else 1
    is_in_per_cent = all(figure["unit"] == "per cent" for figure in known)
    country = {"W92000004": "Wales"}.get(str(known[0].get("country_code")), "England")
    columns = (
        Column("Indicator"),
        Column("Period"),
        Column("Per"),
        Column("Figure, %" if is_in_per_cent else "Rate", "number", finest),
        Column("95% interval from", "number", finest),
        Column("to", "number", finest),
        Column("Force", "number", finest),
        Column("Region", "number", finest),
        Column(country, "number", finest),
        Column("Family mean", "number", finest),
        Column("Rank in the family"),
        Column("Rank in the force"),
    )
    rows = [
        (
            figure["indicator_name"],
            figure["period_label"],
            f"{figure['rate_per']:,} {people_of(figure)}",
            figure["rate"],
            figure["rate_lower"],
            figure["rate_upper"],
            figure["force_rate"],
            figure["region_rate"],
            figure["country_rate"],
            figure["family_mean_rate"],
            figure["family_rank_in_words"] if figure["family_sentence"] else None,
            f"{figure['force_rate_rank']} of {figure['force_areas_ranked']}"
            if figure["force_sentence"]
            else None,
        )
        for figure in known
    ]
    filled = [at for at in range(len(columns)) if any(row[at] is not None for row in rows)]
    # what all rows share stands in the caption, and leaves the space to the figures
    is_per_the_same = len({row[2] for row in rows}) == 1
    filled = [at for at in filled if at != 2 or not is_per_the_same]
    caption = f"{name[:1].upper() + name[1:]}: " + ("per cent" if is_in_per_cent else "rates")
    caption += f" per {rows[0][2]}" if is_per_the_same and not is_in_per_cent else ""
    notes = estimates_of(known)
    if any(row[10] or row[11] for row in rows):
        notes.append(_first_rank(known))
    if any(figure["family_is_illustrative"] and figure["family_sentence"] for figure in known):
        notes.append("The list of the family is an illustration, so ranks in it are no finding.")
    return [
        with_period_in_caption(
            Table(
                caption,
                [columns[at] for at in filled],
                [[row[at] for at in filled] for row in rows],
                note=" ".join(notes),
                sheet=f"{name} rates",
            )
        )
    ]


def _first_rank(figures: Sequence[Row]) -> str:
    highest = {figure["polarity"] == "higher_is_better" for figure in figures}
    if highest == {True}:
        return "Rank 1 is the highest rate, which is best."
    neutral = sorted(f["indicator_name"] for f in figures if f["polarity"] == "neutral")
    words = "Rank 1 is the lowest rate" + (
        ", the highest where a high rate is better." if len(highest) > 1 else "."
    )
    if neutral:
        words += f" A low rate is neither good nor bad by itself for: {', '.join(neutral)}."
    return words
