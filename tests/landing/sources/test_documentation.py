"""The page of each source shows its contracts: every column with type, meaning and example."""

from __future__ import annotations

import pytest

from flows.landing.sources import SOURCES
from flows.landing.tables.contract import Column
from tests.conftest import PROJECT_ROOT

DOCS = PROJECT_ROOT / "docs" / "sources"


def has_a_row(column: Column, page: list[str]) -> bool:
    # a marker lands as text, of which there is "yes" and "no"
    ends = [
        f"| {kind} | {column.meaning} | {column.example} |" for kind in (column.kind, "yes / no")
    ]
    return any(
        line.startswith(f"| `{column.name}` |") and any(end in line for end in ends)
        for line in page
    )


@pytest.mark.parametrize("source", SOURCES)
def test_the_page_has_a_row_for_every_column(source: str) -> None:
    page = (DOCS / f"{source}.md").read_text(encoding="utf-8").splitlines()
    columns = [column for reader in SOURCES[source].readers for column in reader.contract.columns]
    assert [column.name for column in columns if not has_a_row(column, page)] == []
