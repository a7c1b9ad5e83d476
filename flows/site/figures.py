"""Which columns of `rpt_figures` the site shows, and the same figures to download."""

from __future__ import annotations

from collections.abc import Sequence

from flows.exporting.csv_file import as_csv
from flows.exporting.figures import COLUMNS
from flows.exporting.header import header_of
from flows.papers.published import Published
from flows.site.periods import PeriodFigures

# What tables, notes and downloads show; a chart reads its whole row by itself.
_SHOWN = (
    *COLUMNS,
    "force_name",
    "theme",
    "polarity",
    "is_home_area",
    "family_is_illustrative",
)
FIGURES = (
    f"select {', '.join(f'figures.{name}' for name in _SHOWN)}, indicators.headline_order, "
    "indicators.is_headline "
    "from rpt_figures as figures join dim_indicators as indicators using (indicator_id) "
)


def as_download(published: Published, title: str, shown: Sequence[PeriodFigures]) -> bytes:
    """Write the figures of periods as the CSV file that a page offers, its origin first."""
    rows = [row for period in shown for row in period.rows]
    header = header_of(title, rows, published.publication_id, is_synthetic=published.is_synthetic)
    return as_csv(header, rows)
