"""The rows of a publication, as an audit looks them up: by area, indicator and period."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache

from flows.audit.claims import Comparison
from flows.audit.context import Context
from flows.papers.published import Published, Row

_FIGURES = """
select *
from rpt_figures
where area_name = $area and indicator_id = $one
order by area_type <> 'csp', period_end, period_type
"""
_GRANT = """
select
    area_name,
    'grant' as indicator_id,
    'Grant' as indicator_name,
    'financial_year' as period_type,
    period_label,
    period_start,
    period_end,
    allocation as value,
    available,
    previous_allocation as previous_value,
    allocation_change as change,
    allocation_change_pct as change_pct,
    years_reduced_in_a_row,
    'pounds' as unit,
    -- what other figures have and a grant has not
    null::varchar as area_type,
    null::varchar as force_code,
    null::varchar as force_name,
    null::varchar as significance,
    null::varchar as break_note,
    null::double as change_pp,
    null::double as rate,
    null::double as previous_rate,
    null::double as target_value
from fct_grant_lines
where area_name = $area and is_total and is_whole_year
order by period_end
"""


class PublishedRows:
    """The figures of one publication."""

    def __init__(self, published: Published) -> None:
        self._published = published
        # what a draft speaks of is little of a national publication
        self._series: dict[tuple[str, str], list[Row]] = {}

    @cached_property
    def areas(self) -> list[str]:
        """Names of all partnerships and forces, with figures or without, and what else has some.

        A figure of Sheffield is not one of the area that the sentence before was about.
        """
        names = self._published.rows(
            "select area_name from dim_areas where area_type in ('csp', 'force') "
            "union select area_name from rpt_figures union select area_name from fct_grant_lines"
        )
        return sorted({str(row["area_name"]) for row in names})

    @cached_property
    def forces(self) -> list[str]:
        """Names of police forces."""
        rows = self._published.rows(
            "select distinct area_name as name from dim_areas where area_type = 'force' "
            "union select distinct force_name from rpt_figures where force_name is not null"
        )
        return sorted({str(row["name"]) for row in rows})

    @cached_property
    def force_of(self) -> dict[str, str]:
        """Names of forces by those of their partnerships."""
        rows = self._published.rows(
            "select distinct area_name, force_name from rpt_figures "
            "where area_type = 'csp' and force_name is not null"
        )
        return {str(row["area_name"]): str(row["force_name"]) for row in rows}

    @cached_property
    def indicators(self) -> dict[str, str]:
        """Ids of indicators by their names."""
        rows = self._published.rows("select indicator_id, indicator_name from dim_indicators")
        return {str(row["indicator_name"]): str(row["indicator_id"]) for row in rows}

    @cached_property
    def proportions(self) -> dict[str, str]:
        """Which proportion has an indicator as its numerator: repeats, so the repeat rate."""
        rows = self._published.rows(
            "select indicator_id, numerator_indicator_id from dim_indicators "
            "where value_kind = 'proportion' and numerator_indicator_id is not null "
            "order by indicator_id"
        )
        return {row["numerator_indicator_id"]: row["indicator_id"] for row in reversed(rows)}

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """Ask the publication."""
        return self._published.rows(query, **parameters)

    def members_of(self, row: Row) -> list[Row]:
        """Return the rows of all partnerships of its force for the same indicator and period."""
        return self._published.rows(
            "select * from rpt_figures where area_type = 'csp' and force_code = $force "
            "and indicator_id = $indicator and period_start = $first and period_end = $last "
            "and period_type = $type order by area_name",  # a year is also its 12 months to March
            force=row["force_code"],
            type=row["period_type"],
            indicator=row["indicator_id"],
            first=row["period_start"],
            last=row["period_end"],
        )

    def has_figure_beside(self, row: Row, value: float) -> bool:
        """Whether a row with another area, indicator or period, just one of these, has a value."""
        return bool(
            self._published.rows(
                "select 1 from rpt_figures where value = $value and 2 = "
                "(area_name = $area)::integer + (indicator_id = $indicator)::integer "
                "+ (period_start = $first and period_end = $last)::integer limit 1",
                value=value,
                area=row["area_name"],
                indicator=row["indicator_id"],
                first=row["period_start"],
                last=row["period_end"],
            )
        )

    def series(self, context: Context) -> list[Row]:
        """Return all rows of an area and indicator."""
        return self.of(context.area, context.indicator)

    def row(self, context: Context) -> Row | None:
        """Return the row of exactly the period that is spoken of."""
        if context.period is None:
            return None
        return next(
            (
                row
                for row in self.series(context)
                if (row["period_start"], row["period_end"])
                == (context.period.first, context.period.last)
            ),
            None,
        )

    def beside(self, one: Comparison) -> Row | None:
        """Return the row of a second figure that has its own area or period in the text."""
        if one.previous_area and one.previous_area != one.context.area:
            return self.row(replace(one.context, area=one.previous_area))
        if one.previous_period is not None and one.context.period is not None:
            return self.row(replace(one.context, period=one.previous_period))
        return None

    def of(self, area: str, indicator: str) -> list[Row]:
        """Return all rows of an area and indicator, by name and id."""
        if (area, indicator) not in self._series:
            query = _GRANT if indicator == "grant" else _FIGURES
            named = {"area": area} if indicator == "grant" else {"area": area, "one": indicator}
            self._series[area, indicator] = self._published.rows(query, **named)
        return self._series[area, indicator]


@lru_cache(maxsize=1)
def rows_of(published: Published) -> PublishedRows:
    """Return the rows of a publication: read once, however many drafts are checked against it."""
    return PublishedRows(published)
