"""What the published Parquet files of one publication say about monthly counts, as equations."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from .attacker import Attacker, Month

SOURCE = "partner_returns"

#: columns that the attacker solves for, by table; `READ` shows that he does
EQUATIONS: dict[str, tuple[str, ...]] = {
    "fct_indicator_values": (
        "value", "value_so_far", "rate", "annualised_rate", "previous_value", "previous_rate",
        "change", "change_pct", "change_ratio", "baseline_3yr_value",
    ),
    "fct_family_ranks": ("rate", "family_mean_rate", "family_pooled_rate"),
    "fct_force_ranks": ("rate", "change_pct"),
    "fct_funnel": ("value", "rate", "benchmark_rate"),
    "fct_rank_changes": ("rate", "previous_rate"),
    "fct_headline_sensitivity": (
        "value", "rate", "previous_value", "previous_rate", "change", "change_pct",
    ),
    "rpt_scorecard": (
        "value", "value_so_far", "rate", "previous_value", "change", "change_pct",
    ),
    "fct_control_charts": ("value", "mean"),
    "fct_seasonality": ("value", "history_mean"),
    "fct_forecasts": ("value_so_far",),
    "fct_revisions": (
        "first_figure", "figure", "current_figure", "change_from_first",
        "change_from_first_pct", "change_from_previous_vintage",
    ),
    "fct_harm": ("value", "count_change_pct"),
    "fct_outcomes": ("crimes",),
    "fct_reporting_or_harm": ("value", "previous_value", "change_pct"),
    "fct_partner_values": ("value", "numerator"),
}  # fmt: skip


class Row(dict[str, Any]):
    """A row of a published table."""

    def __init__(self, table: str, *pairs: Any) -> None:
        super().__init__(*pairs)
        self.table = table

    def beside(self, other: Row) -> Row:
        """The other row with what this one says of the same cell and it does not."""
        return type(self)(other.table, dict(self) | {k: v for k, v in other.items() if k in self})


class NotedRow(Row):
    """A row that notes which of its columns were asked for, in `READ`."""

    def __getitem__(self, column: str) -> Any:
        READ.add((self.table, column))
        return super().__getitem__(column)

    def get(self, column: str, default: Any = None) -> Any:
        READ.add((self.table, column))
        return super().get(column, default)


READ: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class Publication:
    """A published folder, its place among the publications, and what the attacker is told of it."""

    parquet: Path
    number: int
    first_month: date
    last_month: date
    is_revised: Callable[[str, str, date], bool]
    #: extract dates of the publications: a figure of the first is of their month's first version
    extracts: tuple[date, ...] = ()
    #: `NotedRow` where a test asks which columns the attacker reads: a call for each of millions
    kind_of_row: type[Row] = Row
    _months: dict[tuple[Any, ...], tuple[Month, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows(self, table: str, where: str = "true") -> list[Row]:
        found = _reader().execute(
            f"select * from read_parquet('{self.parquet / table}.parquet') where {where}"
        )
        names = [column[0] for column in found.description or []]
        kind = self.kind_of_row
        return [kind(table, zip(names, row, strict=True)) for row in found.fetchall()]

    def months(
        self, row: Mapping[str, Any], start: date, years_before: int = 0, number: int | None = None
    ) -> list[Month]:
        """The supplied months of a row's period; those of an earlier year with `years_before`.

        `number` is the publication whose version of the months is meant, if not this one's.
        """
        asked = (
            *(row["indicator_id"], row["area_code"], start, row["period_end"], years_before),
            self.number if number is None else number,
        )
        # tables say the same periods again and again
        if asked not in self._months:
            self._months[asked] = tuple(self._supplied(*asked))
        return list(self._months[asked])

    def _supplied(
        self, indicator: str, area: str, start: date, end: date, years_before: int, number: int
    ) -> Iterator[Month]:
        month = date(start.year - years_before, start.month, 1)
        last = date(end.year - years_before, end.month, 1)
        while month <= last:
            if self.first_month <= month <= self.last_month:
                version = number if self.is_revised(indicator, area, month) else 0
                yield (indicator, area, month, version)
            month = _after(month)


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def tell(
    attacker: Attacker,
    publication: Publication,
    indicators: Collection[str],
    source: str = SOURCE,
) -> None:
    """Tell the attacker every equation of every published table about these indicators."""
    listed = ", ".join(f"'{indicator}'" for indicator in sorted(indicators))
    where = f"source = '{source}' and indicator_id in ({listed})"
    values = publication.rows("fct_indicator_values", where)
    keyed = {_key(row): row for row in values}
    year_before = {_key_of_year_after(row): row["denominator"] for row in values}
    for row in values:
        people_before = year_before.get(_key(row))
        for weights, total in _of_row(publication, row, row["period_start"], people_before):
            attacker.learn(weights, total)
    for table in ("fct_family_ranks", "fct_force_ranks", "rpt_scorecard", "fct_funnel",
                  "fct_headline_sensitivity", "fct_rank_changes", "fct_reporting_or_harm",
                  "fct_partner_values", "fct_harm", "fct_outcomes"):  # fmt: skip
        for row in publication.rows(table, where):
            own = keyed[_key(row)]
            joined = own.beside(row)
            # of outcomes it is the crimes with one
            joined["denominator"] = own["denominator"]
            for name, same in SAME_AS.get(table, {}).items():
                joined[same] = row[name]
            if row.get("denominator_policy") == "frozen":
                # over another population, so it tells no more than the value beside it
                assert row["rate"] is None or row["value"] is not None
                assert row["previous_rate"] is None or row["previous_value"] is not None
                joined["rate"] = joined["previous_rate"] = None
            people_before = year_before.get(_key(own))
            for weights, total in _of_row(publication, joined, own["period_start"], people_before):
                attacker.learn(weights, total)
    _tell_circles(attacker, publication, where, keyed)
    _tell_charts(attacker, publication, where)
    _tell_seasons_and_forecasts(attacker, publication, where)
    _tell_revisions(attacker, publication, where)


#: columns that say under another name what `fct_indicator_values` says
SAME_AS = {
    "fct_outcomes": {"crimes": "value"},
    "fct_harm": {"count_change_pct": "change_pct"},
    "fct_partner_values": {"numerator": "value"},
}


def known_figure(row: Mapping[str, Any]) -> float | None:
    """The figure of a row: of an incomplete period that of the months supplied."""
    value: float | None = row["value"] if row["value"] is not None else row["value_so_far"]
    return value


def _of_row(
    publication: Publication, row: Row, start: date, people_before: float | None
) -> Iterator[tuple[dict[Month, float], float]]:
    """Equations of one row: its figure, the year before, their difference, ratio and mean."""
    now = publication.months(row, start)
    before = publication.months(row, start, 1)
    per = row.get("rate_per")
    known = row.get("value") if row.get("value") is not None else row.get("value_so_far")
    for months, figure, rate, people in (
        (now, known, row.get("rate"), row.get("denominator")),
        (before, row.get("previous_value"), row.get("previous_rate"), people_before),
    ):
        if not months:
            continue
        if figure is not None:
            yield dict.fromkeys(months, 1.0), figure
        if rate is not None and per and people:
            yield dict.fromkeys(months, 1.0), rate * people / per
    if row.get("baseline_3yr_value") is not None:
        earlier = [month for years in (1, 2, 3) for month in publication.months(row, start, years)]
        if len(earlier) == 3 * len(now):
            yield dict.fromkeys(earlier, 1.0), 3 * row["baseline_3yr_value"]
    people = row.get("denominator")
    if row.get("annualised_rate") is not None and now and per and people:
        length = row["months_expected"]
        yield dict.fromkeys(now, 1.0), row["annualised_rate"] * length / 12 * people / per
    if not before or not now:
        return
    if row.get("change") is not None:
        yield {**dict.fromkeys(now, 1.0), **dict.fromkeys(before, -1.0)}, row["change"]
    if row.get("change_pct") is not None:
        share = 1 + row["change_pct"] / 100
        yield {**dict.fromkeys(now, 1.0), **dict.fromkeys(before, -share)}, 0.0
    if row.get("change_ratio") is not None:
        yield {**dict.fromkeys(now, 1.0), **dict.fromkeys(before, -row["change_ratio"])}, 0.0


def _tell_circles(
    attacker: Attacker, publication: Publication, where: str, keyed: dict[Any, Row]
) -> None:
    """Means and pooled rates of families, benchmarks of funnels."""
    families = defaultdict(set)
    for member in publication.rows("dim_families"):
        families[member["scheme"], member["area_code"]].add(member["neighbour_code"])
    for row in publication.rows("fct_family_ranks", where):
        members = [
            keyed[_key({**row, "area_code": code})]
            for code in sorted(families[row["scheme"], row["area_code"]])
            if _key({**row, "area_code": code}) in keyed
        ]
        members = [member for member in members if member["is_complete"] and member["denominator"]]
        assert len(members) == row["members_reporting"]
        _tell_mean(attacker, publication, members, row["family_mean_rate"])
        _tell_pooled(attacker, publication, members, row["family_pooled_rate"])
    points = defaultdict(list)
    for row in publication.rows("fct_funnel", where):
        benchmark = (row["benchmark"], row["benchmark_code"], row["indicator_id"],
                     row["period_type"], row["period_end"])  # fmt: skip
        points[benchmark].append(row)
    for rows in points.values():
        members = [keyed[_key(row)] for row in rows]
        _tell_pooled(attacker, publication, members, rows[0]["benchmark_rate"])


def _tell_mean(
    attacker: Attacker, publication: Publication, members: Sequence[Row], mean: float | None
) -> None:
    if mean is not None:
        weights = {
            month: member["rate_per"] / member["denominator"]
            for member in members
            for month in publication.months(member, member["period_start"])
        }
        attacker.learn(weights, mean * len(members))


def _tell_pooled(
    attacker: Attacker, publication: Publication, members: Sequence[Row], pooled: float | None
) -> None:
    if pooled is not None:
        people = sum(member["denominator"] for member in members)
        weights = {
            month: 1.0
            for member in members
            for month in publication.months(member, member["period_start"])
        }
        attacker.learn(weights, pooled * people / members[0]["rate_per"])


def _tell_charts(attacker: Attacker, publication: Publication, where: str) -> None:
    """Monthly points, moving ranges apart, and the mean of each chart."""
    charts = defaultdict(list)
    for row in publication.rows("fct_control_charts", where):
        charts[row["indicator_id"], row["area_code"], row["segment"]].append(row)
    for points in charts.values():
        months = []
        for point in points:
            own = publication.months(point, point["month"])
            months += own
            if point["value"] is not None:
                attacker.learn(dict.fromkeys(own, 1.0), point["value"])
        if points[0]["mean"] is not None:
            attacker.learn(dict.fromkeys(months, 1.0), points[0]["mean"] * len(points))


def _tell_seasons_and_forecasts(attacker: Attacker, publication: Publication, where: str) -> None:
    """Each month with the mean of the same month of earlier years, and the year so far."""
    for row in publication.rows("fct_seasonality", where):
        own = publication.months(row, row["month"])
        if row["value"] is not None:
            attacker.learn(dict.fromkeys(own, 1.0), row["value"])
        earlier = [
            month
            for years in range(1, row["earlier_years"] + 1)
            for month in publication.months(row, row["month"], years)
        ]
        if row["history_mean"] is not None and len(earlier) == row["earlier_years"]:
            attacker.learn(dict.fromkeys(earlier, 1.0), row["history_mean"] * len(earlier))
    for row in publication.rows("fct_forecasts", where):
        year = row["period_end"].year - 1
        so_far = type(row)(row.table, {**row, "period_end": row["last_month"]})
        months = publication.months(so_far, date(year, 4, 1))
        if row["value_so_far"] is not None and months:
            attacker.learn(dict.fromkeys(months, 1.0), row["value_so_far"])


def _tell_revisions(attacker: Attacker, publication: Publication, where: str) -> None:
    """Every figure at every extract: each is of its own version of the months."""
    for row in publication.rows("fct_revisions", where):
        number = publication.extracts.index(row["extract_date"])
        extracts = publication.extracts[: publication.number + 1]
        # a period's first vintage is the first extract that covers it
        known_from = 0 if row["period_end"] < publication.extracts[0] else 1
        first, now, last = (
            publication.months(row, row["period_start"], number=n)
            for n in (known_from, number, len(extracts) - 1)
        )
        if not now:
            continue
        for months, figure in ((first, row["first_figure"]), (now, row["figure"]),
                               (last, row["current_figure"])):  # fmt: skip
            if figure is not None and months:
                attacker.learn(dict.fromkeys(months, 1.0), figure)
        changes = [(first, row["change_from_first"])]
        if row["vintage_number"] > 1:
            before = publication.months(row, row["period_start"], number=number - 1)
            changes.append((before, row["change_from_previous_vintage"]))
        for earlier, change in changes:
            if change is None or set(now) == set(earlier):
                continue
            weights = dict.fromkeys(now, 1.0)
            for month in earlier:
                weights[month] = weights.get(month, 0.0) - 1.0
            weights = {month: weight for month, weight in weights.items() if weight}
            attacker.learn(weights, change)
        if row["change_from_first_pct"] is not None:
            share = 1 + row["change_from_first_pct"] / 100
            weights = dict.fromkeys(now, 1.0)
            for month in first:
                weights[month] = weights.get(month, 0.0) - share
            if weights := {m: w for m, w in weights.items() if abs(w) > 1e-12}:
                attacker.learn(weights, 0.0)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["indicator_id"], row["area_code"], row["period_type"], row["period_end"])


def _key_of_year_after(row: Mapping[str, Any]) -> tuple[Any, ...]:
    end = row["period_end"]
    # months end on another day in a leap year: the month is what counts
    after = date(end.year + 1, end.month, monthrange(end.year + 1, end.month)[1])
    return (row["indicator_id"], row["area_code"], row["period_type"], after)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
