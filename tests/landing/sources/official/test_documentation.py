"""The page of each source shows its contract: every column with its type, meaning and example."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.landing.sources import SOURCES

DOCS = Path(__file__).resolve().parents[4] / "docs" / "sources"


@pytest.mark.parametrize(
    "source",
    [
        "ons_pfa_tables",
        "recorded_crime_open_data",
        "offence_reference",
        "population",
        "lookups",
        "families",
    ],
)
def test_the_page_has_a_row_for_every_column(source: str) -> None:
    page = (DOCS / f"{source}.md").read_text(encoding="utf-8")
    (reader,) = SOURCES[source].readers
    missing = [
        column.name
        for column in reader.contract.columns
        if f"| `{column.name}` | {column.kind} | {column.meaning} | {column.example} |" not in page
    ]
    assert missing == []
