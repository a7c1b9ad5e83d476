"""The pages of areas: figures of the shown periods, charts, and a file to download."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.papers.charts.control_chart import DRAWN_COLUMNS
from flows.papers.document import Chart
from flows.papers.published import Published, Row
from flows.papers.sections.charts_of_a_figure import charts, control_charts
from flows.site.figures import FIGURES, as_download
from flows.site.pages import Pages, notes_on, sources_of
from flows.site.periods import PeriodFigures, by_period, newest, opening, opening_first
from flows.site.tables import AREA_TYPES, area_table

# The areas that stand first have all their charts, on the pages of indicators too. All others have
# those of their months, which take some milliseconds each.
AREAS_WITH_ALL_CHARTS = 3
_CHARTS_OF_AN_AREA = 6
_MONTHS_OF_A_CHART = 36

_Series = tuple[str, str, str]


class AreaPages:
    """Writes pages of areas; `drawn` holds the charts of those that stand first."""

    def __init__(self, published: Published, pages: Pages, *, are_first: bool = False):
        self._published = published
        self._pages = pages
        self._are_first = are_first
        self.drawn: dict[tuple[str, str], list[Chart]] = {}

    def write(self, areas: Sequence[Row]) -> list[dict[str, Any]]:
        """Write the page, the data and the download of each area, by one query for all of them.

        Returns what the index shows of home areas.
        """
        codes = [str(area["area_code"]) for area in areas]
        figures: dict[str, list[Row]] = {code: [] for code in codes}
        for row in self._published.rows(
            f"{FIGURES} where list_contains($areas, area_code) {newest('area_code')} "
            "order by headline_order nulls last, indicator_name",
            areas=codes,
        ):
            figures[row["area_code"]].append(row)
        months = self._months(codes)
        return [
            home
            for area, code in zip(areas, codes, strict=True)
            if (home := self._area(area, figures[code], months))
        ]

    def _area(
        self, area: Row, rows: list[Row], months: dict[_Series, list[Row]]
    ) -> dict[str, Any] | None:
        code, name = str(area["area_code"]), str(area["area_name"])
        periods = by_period(rows)
        shown = opening(periods)
        tables = {one.key: area_table(name, one) for one in periods}
        kind = AREA_TYPES.get(area["area_type"], str(area["area_type"]))
        with_force = area["force_name"] and area["area_type"] == "csp"
        self._pages.page(
            f"area/{code}.html",
            "area",
            title=name,
            subtitle=f"{kind}, {area['force_name']} police force area" if with_force else kind,
            area=area,
            tables=[tables[one.key] for one in shown],
            periods=opening_first(periods, shown),
            charts=self._charts(code, rows, periods, months),
            notes=notes_on(rows),
            sources=sources_of(rows),
        )
        self._pages.data(f"area/{code}", {key: table.as_data() for key, table in tables.items()})
        self._pages.file(
            f"download/{code}.csv", as_download(self._published, f"Figures of {name}", shown)
        )
        if not area["is_home_area"]:
            return None
        headline = [row["indicator_id"] for row in rows if row["is_headline"]]
        only = list(dict.fromkeys(headline or [row["indicator_id"] for row in rows]))
        return {
            "code": code,
            "name": name,
            "table": tables[shown[0].key].of(only),
            "only": only,
            "periods": opening_first(periods, shown),
        }

    def _charts(
        self,
        code: str,
        rows: list[Row],
        periods: list[PeriodFigures],
        months: dict[_Series, list[Row]],
    ) -> list[Chart]:
        """Draw the charts of an area's headline indicators; its page shows the first of each.

        Each is of the newest figure of the indicator, of the longest period that ends then.
        """
        latest: dict[str, Row] = {}
        for period in sorted(periods, key=lambda one: one.rows[0]["period_end"]):
            for row in period.rows:
                known = latest.get(row["indicator_id"])
                if known is None or known["period_end"] < row["period_end"]:
                    latest[row["indicator_id"]] = row
        headline = [row for row in rows if row["is_headline"]]
        figures = [latest[one] for one in dict.fromkeys(row["indicator_id"] for row in headline)]
        with_all = {area for area, _ in self.drawn}
        if not self._are_first or len(with_all) >= AREAS_WITH_ALL_CHARTS:
            return _charts_of_months(figures, months)
        is_first = not self.drawn
        own: list[Chart] = []
        for row in figures:
            drawn = (
                charts(self._published, self._whole(row))
                if is_first or len(own) < _CHARTS_OF_AN_AREA
                else []
            )
            self.drawn[code, row["indicator_id"]] = drawn if is_first else drawn[:1]
            own += drawn[:1]
        return own[:_CHARTS_OF_AN_AREA]

    def _months(self, codes: list[str]) -> dict[_Series, list[Row]]:
        """Give the newest months of every series of these areas, oldest first."""
        months: dict[_Series, list[Row]] = {}
        for row in self._published.rows(
            f"select source, indicator_id, area_code, {', '.join(DRAWN_COLUMNS)} "
            "from fct_control_charts "
            "where list_contains($areas, area_code) and value is not null "
            "qualify row_number() over "
            "(partition by area_code, source, indicator_id order by month desc) <= $months "
            "order by month",
            areas=codes,
            months=_MONTHS_OF_A_CHART,
        ):
            months.setdefault(_series(row), []).append(row)
        return months

    def _whole(self, row: Row) -> Row:
        [whole] = self._published.rows(
            "select * from rpt_figures where area_code = $area and indicator_id = $indicator "
            "and period_type = $type and period_end = $end",
            area=row["area_code"],
            indicator=row["indicator_id"],
            type=row["period_type"],
            end=row["period_end"],
        )
        return whole


def _charts_of_months(figures: list[Row], months: dict[_Series, list[Row]]) -> list[Chart]:
    found: list[Chart] = []
    for row in figures:
        if len(found) == _CHARTS_OF_AN_AREA:
            break
        source = str(row["source_title"] or row["source"])
        found += control_charts(months.get(_series(row), []), source)
    return found


def _series(row: Row) -> _Series:
    return row["source"], row["indicator_id"], row["area_code"]
