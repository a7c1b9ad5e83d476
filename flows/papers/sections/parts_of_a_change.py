"""What a change is made of."""

from __future__ import annotations

from flows.papers.charts.ranked_bars import contributions
from flows.papers.document import Document, Paragraph
from flows.papers.published import Published, Row
from flows.papers.sections.charts_of_a_figure import OF_THE_SERIES, series_of

# More parts than these make a chart that is longer than half a page.
_MOST_PARTS = 10


def what_the_change_is_made_of(document: Document, published: Published, figure: Row) -> None:
    """Add the parts of a change, largest first, where the source gives them."""
    rows = published.rows(
        # one breakdown: parts of two of them overlap, so they never stand side by side
        f"select * from fct_contributions where {OF_THE_SERIES} and period_type = $period_type "
        "and period_end = $period_end and change is not null and breakdown <> 'groups' "
        # the Home Office's subgroups where there are some, else the categories of data.police.uk
        "qualify breakdown = max(breakdown) over () "
        "order by contribution_rank, part_indicator_name",
        **series_of(figure),
        period_type=figure["period_type"],
        period_end=figure["period_end"],
    )
    if not rows:
        return
    direction = "rise" if figure["change"] > 0 else "fall"
    finding = f"{rows[0]['part_indicator_name']} contributed most to the {direction}"
    largest = sorted(rows, key=lambda row: -abs(row["change"]))[:_MOST_PARTS]
    shown_parts = [row for row in rows if row in largest]
    document.add(contributions(shown_parts, finding, str(figure["source_title"])))
    if len(shown_parts) < len(rows):
        document.add(
            Paragraph(f"The {len(shown_parts)} parts that changed most, of {len(rows)}.", "note")
        )
    if not rows[0]["parts_are_the_whole"]:
        document.add(
            Paragraph(
                "The parts shown do not sum to the whole: some are withheld, not given by the "
                "source, or have a code that is not known.",
                "note",
            )
        )
