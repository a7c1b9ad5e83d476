"""axe-core finds no violation of WCAG 2.2 AA on any page of the site, at a desk or on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.axe import judged, needs_axe
from tests.needs import needs_browser

pytestmark = [pytest.mark.slow, needs_browser, needs_axe]


def test_axe_finds_no_violation_on_any_page(site: Path, tmp_path: Path) -> None:
    pages = sorted(file.resolve() for file in site.resolve().rglob("*.html"))
    kinds = {page.parent.name if page.parent != site.resolve() else page.stem for page in pages}
    assert kinds == {"area", "indicator", "index", "checks"}
    found = judged(pages, tmp_path)
    assert len(found) == 2 * len(pages)
    for page in found:
        assert page["passes"] > 15, page["url"]
        assert page["violations"] == [], page["url"]
        assert page["wide"] <= page["width"], page["url"]
        assert all(one.startswith(("file:", "data:")) for one in page["asked"]), page["asked"]
