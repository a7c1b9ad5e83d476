"""The rows of a publication, as an audit looks them up: by area, indicator and period."""

from __future__ import annotations

from collections.abc import ItemsView
from functools import cached_property

from flows.audit.context import Context
from flows.papers.published import Published, Row


class PublishedRows:
    """The figures of one publication."""

    def __init__(self, published: Published) -> None:
        self._published = published

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
    def indicators(self) -> dict[str, str]:
        """Ids of indicators by their names."""
        rows = self._published.rows("select indicator_id, indicator_name from dim_indicators")
        return {str(row["indicator_name"]): str(row["indicator_id"]) for row in rows}

    @cached_property
    def _series(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self._published.rows(
            "select * from rpt_figures order by area_type <> 'csp', period_end, period_type"
        ):
            found.setdefault((row["area_name"], row["indicator_id"]), []).append(row)
        for row in self._published.rows(
            "select area_name, 'grant' as indicator_id, 'Grant' as indicator_name, "
            "'financial_year' as period_type, period_label, period_start, period_end, "
            "allocation as value, available, previous_allocation as previous_value, "
            "allocation_change as change, allocation_change_pct as change_pct, "
            "years_reduced_in_a_row, 'pounds' as unit from fct_grant_lines "
            "where is_total and is_whole_year order by period_end"
        ):
            found.setdefault((row["area_name"], "grant"), []).append(row)
        return found

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
        found = {
            str(other["area_name"]): other
            for series in self._series.values()
            for other in series
            if other.get("area_type") == "csp"
            and other["indicator_id"] == row["indicator_id"]
            and (other["period_start"], other["period_end"])
            == (row["period_start"], row["period_end"])
            and other["force_code"] == row["force_code"]
        }
        return list(found.values())

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

    def of(self, area: str, indicator: str) -> list[Row]:
        """Return all rows of an area and indicator, by name and id."""
        return self._series.get((area, indicator), [])

    def all_series(self) -> ItemsView[tuple[str, str], list[Row]]:
        """Return the rows of every area and indicator."""
        return self._series.items()
