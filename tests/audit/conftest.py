"""The publication of the sample, and an audit of a text against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.audit.audit import Audit, audit_draft
from flows.audit.vocabulary import load_vocabulary
from flows.papers.published import Published, opened

Check = Callable[[str], Audit]


@pytest.fixture(scope="module")
def published(sample_night: Path) -> Iterator[Published]:
    database = sample_night / "published" / "community_safety.duckdb"
    with opened(database, database.with_name("manifest.json")) as opened_file:
        yield opened_file


@pytest.fixture
def check(published: Published, tmp_path: Path) -> Check:
    vocabulary = load_vocabulary()

    def audit(text: str) -> Audit:
        draft = tmp_path / "draft.md"
        draft.write_text(text, encoding="utf-8")
        return audit_draft(draft, vocabulary, published)

    return audit
