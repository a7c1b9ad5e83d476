"""axe-core finds nothing in a paper, in headless Chromium, on a page and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.papers.papers import INTERNAL_ONLY, PAPERS, Asked, lay_out
from flows.papers.published import opened, period_end_of
from flows.papers.writers.html import as_html
from tests.axe import judged, needs_axe
from tests.needs import needs_browser

pytestmark = [pytest.mark.slow, needs_browser, needs_axe]


@pytest.mark.parametrize("is_synthetic", [False, True], ids=["real", "synthetic"])
def test_axe_finds_no_violation_in_any_paper(
    sample_night: Path, tmp_path: Path, is_synthetic: bool
) -> None:
    database = sample_night / "published" / "community_safety.duckdb"
    manifest = database.with_name("manifest.json")
    pages = []
    for name in PAPERS:
        with opened(database, manifest, is_internal=name in INTERNAL_ONLY) as published:
            for area, month in (("Leeds", "2018-07"), ("Dudley", "2017-09")):
                asked = Asked(published.area(area), period_end_of(month), tmp_path)
                document = lay_out(name, published, asked)
                document.is_synthetic = is_synthetic  # a marking stands above the page
                page = tmp_path / f"{name}-{area}.html"
                page.write_text(as_html(document), encoding="utf-8")
                pages.append(page)
    found = judged(pages, tmp_path)
    assert len(found) == 2 * len(pages)
    for seen in found:
        assert all(url.startswith("file://") for url in seen["asked"]), seen["asked"]
        assert seen["passes"] > 10, seen["url"]
        assert seen["violations"] == [], seen["url"]
        assert seen["wide"] == seen["width"], f"{seen['url']} scrolls sideways"
