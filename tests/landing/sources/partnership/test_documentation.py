"""The pages of the partnership's sources show every column of their contracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.landing.sources import SOURCES

DOCS = Path(__file__).resolve().parents[4] / "docs" / "sources"


@pytest.mark.parametrize(
    "source",
    ["marac", "asb", "grant", "indicators", "targets", "breaks", "partner_returns", "commentary"],
)
def test_the_page_has_a_row_for_every_column(source: str) -> None:
    page = (DOCS / f"{source}.md").read_text(encoding="utf-8")
    missing = [
        column.name
        for reader in SOURCES[source].readers
        for column in reader.contract.columns
        if f"| {column.kind} | {column.meaning} | {column.example} |" not in page
        or f"| `{column.name}` |" not in page
    ]
    assert missing == []
