"""What the partnership did, in its own words."""

from __future__ import annotations

from datetime import date

from flows.papers.document import Document, Heading, Paragraph, day
from flows.papers.published import Area, Published


def activity(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add what the partnership wrote of its work, by priority, or a marked gap."""
    document.add(Heading("What the partnership did"))
    rows = published.rows(
        "select * from rpt_commentary where area_code = $area and period_end = $period_end "
        "order by priority, heading",
        area=area.code,
        period_end=period_end,
    )
    if not rows:
        document.add(
            Paragraph(
                f"no text about the work in {area.name} up to {day(period_end)} was supplied. "
                "Put it into raw/commentary, or write it here.",
                "gap",
            )
        )
    for priority in dict.fromkeys(row["priority"] for row in rows):
        document.add(Heading(priority, 2))
        for row in rows:
            if row["priority"] == priority:
                document.add(Paragraph(row["heading"], "lead"))
                lines = (line.strip() for line in row["commentary_text"].splitlines())
                document.add(*(Paragraph(line) for line in lines if line))
                document.add(Paragraph(f"Written by: {row['author_role']}.", "note"))
