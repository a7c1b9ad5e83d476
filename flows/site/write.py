"""Writes the whole site from one published file."""

from __future__ import annotations

from pathlib import Path

from flows.papers.document import Column, day
from flows.papers.published import Published, Row, opened
from flows.site.area_pages import AREAS_WITH_ALL_CHARTS, AreaPages
from flows.site.figures import FIGURES, as_download
from flows.site.pages import Pages, Site, notes_on, sources_of
from flows.site.periods import by_period, newest, opening, opening_first
from flows.site.side_by_side import processes_for, run_side_by_side
from flows.site.tables import AREA_TYPES, SiteTable, indicator_table

# One query reads the figures of so many areas.
_AREAS_AT_ONCE = 16


def write_site(
    database: Path, manifest: Path, folder: Path, *, processes: int | None = None
) -> None:
    """Write the site of one published file into an empty folder.

    A publication of many areas is written by several processes, as many as `processes` says or the
    machine has cores. Raises `PaperError` where nothing is published there.
    """
    with opened(database, manifest) as published:
        pages = _pages(published, folder)
        pages.style_and_script()
        areas = published.rows(
            "select areas.*, newest.period_end, newest.extract_date from dim_areas as areas "
            "join (select area_code, max(period_end) as period_end, max(extract_date) as "
            "extract_date from rpt_figures group by area_code) as newest using (area_code) "
            "order by not is_home_area, area_type <> 'csp', area_type, area_name"
        )
    homes = sum(area["is_home_area"] for area in areas)
    first = max(homes, AREAS_WITH_ALL_CHARTS)
    others = [areas[at : at + _AREAS_AT_ONCE] for at in range(first, len(areas), _AREAS_AT_ONCE)]
    source = (database, manifest, folder)
    run_side_by_side(
        [
            (_write_first, (*source, areas, first)),
            *((_write_others, (*source, part)) for part in others),
        ],
        processes_for(len(others)) if processes is None else processes,
    )


def _pages(published: Published, folder: Path) -> Pages:
    return Pages(folder, Site(published.publication_id, published.is_synthetic))


def _write_first(
    database: Path, manifest: Path, folder: Path, areas: list[Row], first: int
) -> None:
    """Write the areas that stand first, the indicators, which show their charts, and the index."""
    with opened(database, manifest) as published:
        _Writer(published, _pages(published, folder)).write(areas, first)


def _write_others(database: Path, manifest: Path, folder: Path, areas: list[Row]) -> None:
    """Write some of the other areas."""
    with opened(database, manifest) as published:
        AreaPages(published, _pages(published, folder)).write(areas)


class _Writer:
    def __init__(self, published: Published, pages: Pages):
        self._published = published
        self._pages = pages
        self._areas = AreaPages(published, pages, are_first=True)

    def write(self, areas: list[Row], first: int) -> None:
        homes = self._areas.write(areas[:first])
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
            f"{FIGURES} where indicator_id = $indicator {newest('indicator_id')} "
            "order by not is_home_area, area_type <> 'csp', area_type, area_name",
            indicator=code,
        )
        periods = by_period(rows)
        shown = opening(periods)
        tables = {one.key: indicator_table(name, one) for one in periods}
        self._pages.page(
            f"indicator/{code}.html",
            "indicator",
            title=name,
            subtitle=f"Indicator of {indicator['theme']}",
            indicator=indicator,
            # of the opening period only: a country has some hundred areas
            tables=[tables[one.key] for one in shown[:1]],
            periods=opening_first(periods, shown),
            charts=[
                chart
                for (_, of_indicator), drawn in self._areas.drawn.items()
                if of_indicator == code
                for chart in drawn
            ],
            notes=notes_on(rows),
            sources=sources_of(rows),
        )
        for key, table in tables.items():
            self._pages.data(f"indicator/{code}/{key}", {key: table.as_data()})
        self._pages.file(
            f"download/{code}.csv", as_download(self._published, f"Figures of {name}", shown)
        )

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
