"""The site in Chromium: load, switch, search, sort, keyboard, names, phone width, no script."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.needs import BROWSER, needs_browser

pytestmark = [pytest.mark.slow, needs_browser]

playwright = pytest.importorskip(
    "playwright.sync_api", reason="the checks in a browser need `pip install playwright`"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield opened
        opened.close()


def _leeds(site: Path) -> str:
    for file in (site / "area").glob("*.html"):
        if "<h1>Leeds</h1>" in file.read_text(encoding="utf-8"):
            return file.as_uri()
    raise AssertionError("the sample has figures of Leeds")


@pytest.fixture
def page(browser: Any, site: Path) -> Iterator[Any]:
    """The page of Leeds, opened from its folder; errors and requests are noted."""
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:", "blob:"))
            else opened.problems.append(request.url)
        ),
    )
    opened.goto(_leeds(site))
    yield opened
    assert opened.problems == []
    opened.close()


def _column(page: Any, number: int) -> list[str]:
    cells: list[str] = page.locator(
        f".figures table tbody tr:not([hidden]) > :nth-child({number})"
    ).all_inner_texts()
    return cells


def test_the_period_is_switched_from_a_folder(page: Any) -> None:
    before = page.locator(".figures caption").inner_text()
    options = page.locator(".figures select option").all_inner_texts()
    assert len(options) > 1
    page.get_by_label("Period").select_option(label=options[1])
    page.wait_for_function(
        "before => document.querySelector('.figures caption').textContent !== before", arg=before
    )
    assert page.locator(".figures caption").inner_text() == f"Leeds, {options[1]}"
    assert options[1] in page.locator(".figures [role=status]").inner_text()
    page.get_by_label("Period").select_option(label=options[0])
    page.wait_for_function(
        "before => document.querySelector('.figures caption').textContent === before", arg=before
    )
    # July 2018, as counted in the supplier's file
    assert "8,865" in _column(page, 2)


def test_search_leaves_the_rows_that_match(page: Any) -> None:
    page.get_by_label("Search in this table").fill("theft")
    names = _column(page, 1)
    assert 0 < len(names) < 8
    assert all("theft" in name.lower() for name in names)
    assert "rows match" in page.locator(".figures [role=status]").inner_text()


def test_a_column_is_sorted_by_its_numbers_and_says_so(page: Any) -> None:
    button = page.get_by_role("button", name="Figure")
    button.click()
    values = [float(cell.replace(",", "")) for cell in _column(page, 2) if cell[0].isdigit()]
    assert values == sorted(values)
    button.click()
    assert page.locator("th[aria-sort=descending]").inner_text() == "Figure"
    values = [float(cell.replace(",", "")) for cell in _column(page, 2) if cell[0].isdigit()]
    assert values == sorted(values, reverse=True)


def test_the_keyboard_alone_reaches_and_uses_everything(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
        if page.evaluate("document.activeElement.textContent") == "Change":
            break
    assert {"SELECT", "INPUT", "BUTTON"} <= reached
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Change"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_every_control_and_picture_has_a_name(page: Any) -> None:
    nameless = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, input, select, a, [role=img], [role=region]'
        )].filter(one => !(one.textContent.trim() || one.getAttribute('aria-label')
            || (one.labels && one.labels.length)))
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert nameless == []
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].map(one => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_index_has_the_headline_indicators_of_an_area_in_every_period(
    browser: Any, site: Path, published: Any
) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    names = {
        name
        for (name,) in published.execute(
            "select indicator_name from dim_indicators where is_headline"
        ).fetchall()
    }
    shown = page.locator(".figures").first
    for option in shown.locator("select option").all_inner_texts()[:3]:
        shown.locator("select").select_option(label=option)
        page.wait_for_function(
            "end => document.querySelector('.figures caption').textContent.endsWith(end)",
            arg=f", {option}",
        )
        found = shown.locator("tbody th").all_inner_texts()
        assert set(found) <= names
        assert len(found) > 0
    page.close()


@pytest.mark.parametrize("name", ["index.html", "indicator/total_recorded_crime.html", ""])
def test_a_phone_shows_the_page_without_scrolling_sideways(
    browser: Any, site: Path, name: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((site / name).as_uri() if name else _leeds(site))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_every_printed_page_has_the_headings_of_its_table(
    browser: Any, site: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto((site / "checks.html").as_uri())  # its table takes many pages
    file = tmp_path / "printed.pdf"
    page.pdf(path=file)
    page.close()
    texts = [one.extract_text() for one in PdfReader(file).pages]
    of_checks = [text for text in texts if "passed" in text]
    assert len(of_checks) > 2
    assert all("Severity" in text and "Expected" in text for text in of_checks)


def test_without_a_script_the_tables_are_there_and_no_dead_control(
    browser: Any, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(_leeds(site))
    assert page.locator("table").first.is_visible()
    assert "8,865" in page.locator("table").first.inner_text()
    assert not page.locator("form").first.is_visible()
    context.close()


def test_the_table_that_is_shown_is_downloaded_with_its_origin(page: Any, tmp_path: Path) -> None:
    page.get_by_label("Search in this table").fill("robbery")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download this table (CSV)").click()
    file = tmp_path / "table.csv"
    started.value.save_as(file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert any("Open Government Licence" in line for line in lines)
    assert any("extract of 21 February 2020" in line for line in lines)
    assert lines[-1].startswith('"Robbery",131,84,47,56.0,')
