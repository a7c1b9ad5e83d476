"""Charts by month are drawn where their figures are, at a size that a whole country can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from flows.calendar_months import add_months
from flows.papers.charts.control_chart import control_chart
from flows.papers.charts.months_drawing import MonthsDrawing
from flows.papers.charts.ranked_bars import league_finding
from flows.papers.writers.drawing import as_png, as_svg

FIRST = date(2015, 4, 1)


def _month(number: int, value: float, **more: Any) -> dict[str, Any]:
    month = add_months(FIRST, number)
    return {
        "indicator_name": "Robbery", "area_name": "Somewhere", "month": month,
        "period_label": f"{month:%b %Y}", "value": value, "mean": 50.0,
        "lower_limit_from_zero": 20.0, "upper_limit": 80.0, "is_special_cause": False,
        "special_cause": None, "segment": 1,
    } | more  # fmt: skip


def _elements(svg: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(svg).iter()  # noqa: S314  # drawn here


def _paths(svg: str) -> list[str]:
    return [one.get("d") or "" for one in _elements(svg) if one.get("d")]


def test_a_point_stands_where_its_month_and_figure_are() -> None:
    drawing = MonthsDrawing(FIRST, add_months(FIRST, 10), 100, 500, 300, 50, 6)
    assert drawing.ticks == [0, 20, 40, 60, 80, 100]
    assert drawing.x(FIRST) == drawing.left
    assert drawing.x(add_months(FIRST, 10)) == 450
    assert drawing.x(add_months(FIRST, 5)) == (drawing.left + 450) / 2
    assert drawing.y(50) == (drawing.y(0) + drawing.y(100)) / 2
    assert drawing.y(0) > drawing.y(100) > 0


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (1.9, [0, 0.5, 1.0, 1.5, 2.0]),
        (7, [0, 2, 4, 6, 8]),
        (12_300, [0, 2500, 5000, 7500, 10_000, 12_500]),
    ],
)
def test_the_axis_has_round_figures_that_hold_all(most: float, ticks: list[float]) -> None:
    drawing = MonthsDrawing(FIRST, FIRST, most, 300, 280, 50, 3)
    assert drawing.ticks == pytest.approx(ticks)


def test_no_line_crosses_a_month_without_a_figure_or_a_break() -> None:
    rows = [_month(number, 50, segment=1 if number < 8 else 2) for number in (0, 1, 2, 6, 7, 8, 9)]
    chart = control_chart(rows, "A force")
    solid = [
        one.get("d")
        for one in _elements(str(chart.wide))
        if one.get("stroke") == "#12436D" and one.get("stroke-width") == "1.5"
    ]
    assert [str(path).count("L") + 1 for path in solid] == [3, 4]
    means = [
        one.get("d")
        for one in _elements(str(chart.wide))
        if one.get("stroke") == "#8C8C8C"
        and one.get("stroke-width")
        and not one.get("stroke-dasharray")
    ]
    assert [str(path).count("L") + 1 for path in means] == [5, 2]


def test_a_marked_month_is_a_diamond_and_others_are_circles() -> None:
    rows = [_month(number, 50) for number in range(6)]
    rows.append(_month(6, 95, is_special_cause=True, special_cause="above the upper limit"))
    chart = control_chart(rows, "A force")
    paths = _paths(str(chart.wide))
    assert sum(path.count("h.01") for path in paths) == 6
    assert sum(path.count("z") for path in paths) == 1
    assert "Oct 2015 is unlikely to be chance (above the upper limit)" in chart.title


def test_labels_of_lines_never_touch() -> None:
    near = {"mean": 50.0, "upper_limit": 51.0, "lower_limit_from_zero": 49.5}
    rows = [_month(number, 50, **near) for number in range(6)]
    found = re.findall(r'y="([\d.]+)" font-size="12"', str(control_chart(rows, "A force").wide))
    heights = [float(one) for one in found]
    assert len(heights) == 3
    assert all(below - above >= 15 for above, below in pairwise(heights))


def test_three_years_of_months_are_small_and_become_a_picture_for_print() -> None:
    rows = [_month(number, 40 + number % 7) for number in range(36)]
    chart = control_chart(rows, "A force")
    assert len(as_svg(chart.wide)) + len(as_svg(chart.narrow)) < 12_000
    assert 'aria-hidden="true"' in as_svg(chart.wide)
    picture = as_png(chart.wide)
    assert picture.startswith(b"\x89PNG")
    # 15.5 cm of a page at 300 pixels an inch
    assert 1_800 < int.from_bytes(picture[16:20]) < 2_500


_IN_FORCE = "partnerships in its force"
_OWN = {
    "indicator_name": "Robbery", "area_name": "Somewhere", "force_name": "A force",
    "polarity": "lower_is_better", "verdict": "within normal variation", "change_pct": 13.22,
    "change_pct_is_unreliable": False, "force_change_rank": 2, "force_areas_ranked_by_change": 7,
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, f"+13.2% on the year before, the second lowest change of 7 {_IN_FORCE}"),
        (
            {"force_change_rank": 1},
            f"+13.2% on the year before, the lowest change of 7 {_IN_FORCE}",
        ),
        (
            {"force_change_rank": 7},
            f"+13.2% on the year before, the highest change of 7 {_IN_FORCE}",
        ),
        (
            {"polarity": "higher_is_better", "force_change_rank": 7, "change_pct": -4.0},
            f"\N{MINUS SIGN}4.0% on the year before, the lowest change of 7 {_IN_FORCE}",
        ),
        (
            {"force_change_rank": 12, "force_areas_ranked_by_change": 15},
            "+13.2% on the year before",
        ),
        ({"force_change_rank": None}, "its change has no rank in the force"),
        ({"change_pct_is_unreliable": True}, "too few for a per cent change"),
        ({"verdict": "not comparable"}, "not comparable with the year before"),
    ],
)
def test_the_title_of_the_force_says_the_change_and_its_place(
    more: dict[str, Any], title: str
) -> None:
    assert league_finding({**_OWN, **more}) == f"Robbery in Somewhere: {title}"
