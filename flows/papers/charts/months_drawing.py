"""Draws figures by month as compact SVG, some milliseconds a chart and three kilobytes.

The scorecard site draws a chart of every area of a country, for which a charting engine takes
minutes and ten times the space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flows.calendar_months import month_number
from flows.papers.charts.style import GREY, INK

_STEPS = (1, 2, 2.5, 5, 10)
_STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
# of the font in which the drawings are written, at its size
_LETTER, _LINE = 7.3, 15

Point = tuple[date, float]


@dataclass(frozen=True)
class MonthsDrawing:
    """The frame of one drawing: months across, figures from zero upwards, in pixels."""

    first: date
    last: date
    most: float
    width: int
    height: int
    right: int
    """Pixels beside the plot that stay free for labels of lines."""
    most_months: int
    """Months named below the plot, at most."""

    @cached_property
    def ticks(self) -> list[float]:
        """The figures named on the axis: zero, and at most five round ones above."""
        most = self.most or 1  # of a series of zeros
        rough = most / 5
        size = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else _below_one(rough)
        step = next(size * one for one in _STEPS if size * one >= rough)
        found = [0.0]
        while found[-1] < most:
            found.append(found[-1] + step)
        return found

    @cached_property
    def left(self) -> int:
        """Pixels before the plot, for the figures of the axis."""
        return round(max(len(_figure(one)) for one in self.ticks) * _LETTER) + 12

    def x(self, month: date) -> float:
        """Return where a month stands."""
        place = (month_number(month) - self._first_number) / self._span
        return self.left + place * (self.width - self.left - self.right)

    @cached_property
    def _first_number(self) -> int:
        return month_number(self.first)

    @cached_property
    def _span(self) -> int:
        return max(month_number(self.last) - self._first_number, 1)

    def y(self, value: float) -> float:
        """Return where a figure stands."""
        return 12 + (1 - value / self.ticks[-1]) * (self.height - 42)

    def line(self, points: Sequence[Point], colour: str, dash: str = "") -> str:
        """Draw a line through points."""
        if len(points) < 2:
            return ""
        steps = "L".join(f"{self.x(month):.1f} {self.y(value):.1f}" for month, value in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return f'<path d="M{steps}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>'

    def circles(self, points: Iterable[Point], colour: str) -> str:
        """Draw points: a line of no length with round ends is a circle, and short to write."""
        path = "".join(f"M{self.x(at):.1f} {self.y(value):.1f}h.01" for at, value in points)
        if not path:
            return ""
        return f'<path d="{path}" stroke="{colour}" stroke-width="7" stroke-linecap="round"/>'

    def diamonds(self, points: Iterable[Point], colour: str) -> str:
        """Draw points that stand out: by their shape and size, not by colour alone."""
        path = "".join(
            f"M{self.x(at):.1f} {self.y(value) - 6.5:.1f}l6.5 6.5l-6.5 6.5l-6.5-6.5z"
            for at, value in points
        )
        return f'<path d="{path}" fill="{colour}"/>' if path else ""

    def labels(self, named: Iterable[tuple[str, float]]) -> str:
        """Name lines beside their ends; labels that would touch are moved apart."""
        found, above = [], -float(_LINE)
        for text, value in sorted(named, key=lambda one: -one[1]):
            above = max(self.y(value) + 4.5, above + _LINE)
            found.append(
                f'<text x="{self.width - self.right + 10}" y="{above:.1f}" '
                f'font-size="12">{text}</text>'
            )
        return "".join(found)

    def svg(self, *parts: str) -> str:
        """Put parts above the axes into one drawing."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" '
            f'font-family="Liberation Sans, Arial, sans-serif" font-size="13" fill="{INK}">'
            f"{self._figures_axis()}{self._months_axis()}{''.join(parts)}</svg>"
        )

    def _figures_axis(self) -> str:
        end = self.width - self.right
        grid = "".join(f"M{self.left} {self.y(one):.1f}H{end}" for one in self.ticks[1:])
        names = "".join(
            f'<text x="{self.left - 8}" y="{self.y(one) + 4.5:.1f}">{_figure(one)}</text>'
            for one in self.ticks
        )
        return (
            f'<path d="{grid}" stroke="#E5E6E7"/>'
            f'<path d="M{self.left} {self.y(0):.1f}H{end}" stroke="{GREY}"/>'
            f'<g text-anchor="end">{names}</g>'
        )

    def _months_axis(self) -> str:
        numbers = range(month_number(self.first), month_number(self.last) + 1)
        step = next(
            (one for one in _STEPS_OF_MONTHS if len(numbers) <= one * self.most_months),
            _STEPS_OF_MONTHS[-1],
        )
        # April, in which financial years begin, is always one of those named
        named = [number for number in numbers if (number - 3) % step == 0]
        months = [date(number // 12, number % 12 + 1, 1) for number in named]
        foot = self.y(0)
        ticks = "".join(f"M{self.x(month):.1f} {foot:.1f}v5" for month in months)
        names = "".join(
            f'<text x="{self.x(month):.1f}" y="{foot + 19:.1f}">{month:%b %Y}</text>'
            for month in months
        )
        return f'<path d="{ticks}" stroke="{GREY}"/><g text-anchor="middle">{names}</g>'


def _below_one(rough: float) -> float:
    size = 1.0
    while size > rough:
        size /= 10
    return size


def _figure(value: float) -> str:
    return f"{round(value, 6):,.10g}" if value < 1e6 else f"{value:,.0f}"
