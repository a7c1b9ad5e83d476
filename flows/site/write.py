"""Writes the whole site from one published file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows.exporting.csv_file import as_csv
from flows.exporting.figures import COLUMNS
from flows.exporting.header import header_of
from flows.papers.document import Chart, Column, day
from flows.papers.published import Published, Row, opened
from flows.papers.sections import charts, control_charts
from flows.site.pages import Pages, Site, notes_on, sources_of
from flows.site.periods import PeriodFigures, by_period, newest, opening
from flows.site.tables import AREA_TYPES, SiteTable, area_table, indicator_table

# The areas that stand first have all their charts, on the pages of indicators too. All others have
# those of their months, which take some milliseconds each.
_AREAS_WITH_ALL_CHARTS = 3
_CHARTS_OF_AN_AREA = 6
_MONTHS_OF_A_CHART = 36
# What tables, notes and downloads show; a chart reads its whole row by itself.
_SHOWN = (
    *COLUMNS,
    "force_name",
    "theme",
    "polarity",
    "is_home_area",
    "family_is_illustrative",
)
_FIGURES = (
    f"select {', '.join(f'figures.{name}' for name in _SHOWN)}, indicators.headline_order, "
    "indicators.is_headline "
    "from rpt_figures as figures join dim_indicators as indicators using (indicator_id) "
)


def write_site(database: Path, manifest: Path, folder: Path) -> None:
    """Write the site of one published file into an empty folder.

    Raises `PaperError` where nothing is published there.
    """
    with opened(database, manifest) as published:
        site = Site(published.publication_id, published.is_synthetic)
        _Writer(published, Pages(folder, site)).write()


class _Writer:
    def __init__(self, published: Published, pages: Pages):
        self._published = published
        self._pages = pages
        self._drawn: dict[tuple[str, str], list[Chart]] = {}

    def write(self) -> None:
        self._pages.style_and_script()
        areas = self._published.rows(
            "select areas.*, newest.period_end, newest.extract_date from dim_areas as areas "
            "join (select area_code, max(period_end) as period_end, max(extract_date) as "
            "extract_date from rpt_figures group by area_code) as newest using (area_code) "
            "order by not is_home_area, area_type <> 'csp', area_type, area_name"
        )
        homes = [home for area in areas if (home := self._area(area))]
        indicators = self._indicators()
        self._checks()
        self._pages.page(
            "index.html",
            "index",
            title="Community safety scorecard",
            subtitle="Figures of Community Safety Partnerships, as they are published.",
            homes=homes,
            areas=_table_of_areas(areas),
            indicators=indicators,
            sources=self._sources(),
        )

    def _area(self, area: Row) -> dict[str, Any] | None:
        """Write the page and the data of an area; return what the index shows of a home area."""
        code, name = str(area["area_code"]), str(area["area_name"])
        rows = self._published.rows(
            f"{_FIGURES} where area_code = $area {newest('area_code')} "
            "order by headline_order nulls last, indicator_name",
            area=code,
        )
        periods = by_period(rows)
        shown = opening(periods)
        tables = [area_table(name, period) for period in shown]
        kind = AREA_TYPES.get(area["area_type"], str(area["area_type"]))
        with_force = area["force_name"] and area["area_type"] == "csp"
        self._pages.page(
            f"area/{code}.html",
            "area",
            title=name,
            subtitle=f"{kind}, {area['force_name']} police force area" if with_force else kind,
            area=area,
            tables=tables,
            periods=_opening_first(periods, shown),
            charts=self._charts_of_area(code, rows),
            notes=notes_on(rows),
            sources=sources_of(rows),
        )
        self._pages.data(
            f"area/{code}", {one.key: area_table(name, one).as_data() for one in periods}
        )
        self._download(code, f"Figures of {name}", shown)
        if not area["is_home_area"]:
            return None
        headline = [row["indicator_id"] for row in rows if row["is_headline"]]
        only = list(dict.fromkeys(headline or [row["indicator_id"] for row in rows]))
        return {
            "code": code,
            "name": name,
            "table": area_table(name, shown[0]).of(only),
            "only": only,
            "periods": _opening_first(periods, shown),
        }

    def _indicators(self) -> SiteTable:
        found = self._published.rows(
            "select * from dim_indicators where indicator_id in "
            "(select indicator_id from rpt_figures) order by headline_order nulls last, "
            "indicator_name"
        )
        for indicator in found:
            self._indicator(indicator)
        return SiteTable(
            "Indicators with figures",
            (Column("Indicator"), Column("Theme"), Column("Definition")),
            [
                (
                    str(one["indicator_id"]),
                    [str(one["indicator_name"]), str(one["theme"]), str(one["definition"])],
                )
                for one in found
            ],
        )

    def _indicator(self, indicator: Row) -> None:
        code, name = str(indicator["indicator_id"]), str(indicator["indicator_name"])
        rows = self._published.rows(
            f"{_FIGURES} where indicator_id = $indicator {newest('indicator_id')} "
            "order by not is_home_area, area_type <> 'csp', area_type, area_name",
            indicator=code,
        )
        periods = by_period(rows)
        shown = opening(periods)
        self._pages.page(
            f"indicator/{code}.html",
            "indicator",
            title=name,
            subtitle=f"Indicator of {indicator['theme']}",
            indicator=indicator,
            # of the opening period only: a country has some hundred areas
            tables=[indicator_table(name, period) for period in shown[:1]],
            periods=_opening_first(periods, shown),
            charts=[
                chart
                for (_, of_indicator), drawn in self._drawn.items()
                if of_indicator == code
                for chart in drawn
            ],
            notes=notes_on(rows),
            sources=sources_of(rows),
        )
        for period in periods:
            self._pages.data(
                f"indicator/{code}/{period.key}",
                {period.key: indicator_table(name, period).as_data()},
            )
        self._download(code, f"Figures of {name}", shown)

    def _charts_of_area(self, code: str, rows: list[Row]) -> list[Chart]:
        """Draw the charts of an area's headline indicators; its page shows the first of each.

        Each is of the newest figure of the indicator, of the longest period that ends then.
        """
        latest: dict[str, Row] = {}
        for period in sorted(by_period(rows), key=lambda one: one.rows[0]["period_end"]):
            for row in period.rows:
                known = latest.get(row["indicator_id"])
                if known is None or known["period_end"] < row["period_end"]:
                    latest[row["indicator_id"]] = row
        headline = [row for row in rows if row["is_headline"]]
        figures = [latest[one] for one in dict.fromkeys(row["indicator_id"] for row in headline)]
        if len({area for area, _ in self._drawn}) >= _AREAS_WITH_ALL_CHARTS:
            return self._charts_of_months(code, figures)
        is_first = not self._drawn
        own: list[Chart] = []
        for row in figures:
            drawn = (
                charts(self._published, self._whole(row))
                if is_first or len(own) < _CHARTS_OF_AN_AREA
                else []
            )
            self._drawn[code, row["indicator_id"]] = drawn if is_first else drawn[:1]
            own += drawn[:1]
        return own[:_CHARTS_OF_AN_AREA]

    def _charts_of_months(self, code: str, figures: list[Row]) -> list[Chart]:
        """Draw the control charts of an area, with one query for all of them."""
        months: dict[tuple[str, str], list[Row]] = {}
        for row in self._published.rows(
            "select * from fct_control_charts where area_code = $area and value is not null "
            "qualify row_number() over (partition by source, indicator_id order by month desc) "
            "<= $months order by month",
            area=code,
            months=_MONTHS_OF_A_CHART,
        ):
            months.setdefault((row["source"], row["indicator_id"]), []).append(row)
        drawn = [
            chart
            for row in figures
            for chart in control_charts(
                months.get((row["source"], row["indicator_id"]), []),
                str(row["source_title"] or row["source"]),
            )
        ]
        return drawn[:_CHARTS_OF_AN_AREA]

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

    def _download(self, code: str, title: str, shown: list[PeriodFigures]) -> None:
        rows = [{name: row[name] for name in COLUMNS} for period in shown for row in period.rows]
        header = header_of(
            title,
            rows,
            self._published.publication_id,
            is_synthetic=self._published.is_synthetic,
        )
        self._pages.file(f"download/{code}.csv", as_csv(header, rows))

    def _checks(self) -> None:
        checks = self._published.rows(
            "select * from rpt_checks order by status = 'passed', severity, subject, check_id"
        )
        supplied = self._published.rows(
            "select source, scope, min(period_start) as first, max(period_end) as last, "
            "max(extract_date) as extract_date from rpt_coverage where is_supplied "
            "group by source, scope order by source, scope"
        )
        self._pages.page(
            "checks.html",
            "checks",
            title="Checks of this publication",
            subtitle="What was checked before it was published, and what was supplied.",
            checks=SiteTable(
                "Checks, those that did not pass first",
                tuple(
                    Column(one)
                    for one in (
                        "Table or source",
                        "Check",
                        "Severity",
                        "Result",
                        "Seen",
                        "Expected",
                    )
                ),
                [
                    (
                        "",
                        [
                            str(row[name] or "\N{EN DASH}")
                            for name in (
                                "subject",
                                "description",
                                "severity",
                                "status",
                                "observed",
                                "expected",
                            )
                        ],
                    )
                    for row in checks
                ],
            ),
            supplied=SiteTable(
                "First and last period supplied, by source",
                tuple(Column(one) for one in ("Source", "Area", "From", "To", "Newest extract")),
                [
                    (
                        "",
                        [
                            str(row["source"]),
                            str(row["scope"]),
                            *(day(row[name]) for name in ("first", "last", "extract_date")),
                        ],
                    )
                    for row in supplied
                ],
            ),
            sources=self._sources(),
        )

    def _sources(self) -> str:
        return sources_of(
            self._published.rows(
                "select distinct source, source_title, extract_date from rpt_figures"
            )
        )


def _opening_first(periods: list[PeriodFigures], shown: list[PeriodFigures]) -> list[PeriodFigures]:
    """Put the period that a page opens with first in its switch; the others keep their order."""
    return shown[:1] + [one for one in periods if one.key != shown[0].key] if shown else periods


def _table_of_areas(areas: list[Row]) -> SiteTable:
    return SiteTable(
        "Areas",
        tuple(Column(one) for one in ("Area", "Kind", "Police force", "Figures up to", "Extract")),
        [
            (
                str(area["area_code"]),
                [
                    str(area["area_name"]),
                    AREA_TYPES.get(area["area_type"], str(area["area_type"])),
                    str(area["force_name"] or "\N{EN DASH}"),
                    f"{area['period_end']:%Y-%m}",
                    f"{area['extract_date']:%Y-%m-%d}",
                ],
            )
            for area in areas
        ],
    )
