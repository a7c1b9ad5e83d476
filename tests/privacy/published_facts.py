"""What the published Parquet files of one publication say about monthly counts, as equations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from attacker import Attacker, Month

Row = dict[str, Any]
SOURCE = "partner_returns"


@dataclass(frozen=True)
class Publication:
    """A published folder, its place among the publications, and what the attacker is told of it."""

    parquet: Path
    number: int
    first_month: date
    last_month: date
    is_revised: Callable[[str, str, date], bool]

    def rows(self, table: str, where: str = "true") -> list[Row]:
        with duckdb.connect() as connection:
            found = connection.execute(
                f"select * from read_parquet('{self.parquet / table}.parquet') where {where}"
            )
            names = [column[0] for column in found.description or []]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def months(self, row: Row, start: date, years_before: int = 0) -> list[Month]:
        """The supplied months of a row's period; those of an earlier year with `years_before`."""
        found = []
        month = date(start.year - years_before, start.month, 1)
        end = date(row["period_end"].year - years_before, row["period_end"].month, 1)
        while month <= end:
            if self.first_month <= month <= self.last_month:
                indicator, area = row["indicator_id"], row["area_code"]
                version = self.number if self.is_revised(indicator, area, month) else 0
                found.append((indicator, area, month, version))
            month = _after(month)
        return found


def tell(attacker: Attacker, publication: Publication, indicators: Collection[str]) -> None:
    """Tell the attacker every equation of every published table about these indicators."""
    listed = ", ".join(f"'{indicator}'" for indicator in sorted(indicators))
    where = f"source = '{SOURCE}' and indicator_id in ({listed})"
    values = publication.rows("fct_indicator_values", where)
    keyed = {_key(row): row for row in values}
    for row in values:
        for weights, total in _of_row(publication, row, row["period_start"]):
            attacker.learn(weights, total)
    for table in ("fct_family_ranks", "fct_force_ranks", "rpt_scorecard", "fct_funnel",
                  "fct_headline_sensitivity"):  # fmt: skip
        for row in publication.rows(table, where):
            own = keyed[_key(row)]
            joined = {**own, **{k: v for k, v in row.items() if k in own}}
            if row.get("denominator_policy") == "frozen":
                # over another population, so it tells no more than the value beside it
                assert row["rate"] is None or row["value"] is not None
                joined["rate"] = None
            for weights, total in _of_row(publication, joined, own["period_start"]):
                attacker.learn(weights, total)
    _tell_circles(attacker, publication, where, keyed)
    _tell_charts(attacker, publication, where)


def _of_row(
    publication: Publication, row: Row, start: date
) -> Iterator[tuple[dict[Month, float], float]]:
    """Equations of one row: its figure, the year before, their difference, ratio and mean."""
    now = publication.months(row, start)
    before = publication.months(row, start, 1)
    per, people = row.get("rate_per"), row.get("denominator")
    for months, figure, rate in (
        (now, row.get("value"), row.get("rate")),
        (before, row.get("previous_value"), None),
    ):
        if not months:
            continue
        if figure is not None:
            yield dict.fromkeys(months, 1.0), figure
        if rate is not None and per and people:
            yield dict.fromkeys(months, 1.0), rate * people / per
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


def _key(row: Row) -> tuple[Any, ...]:
    return (row["indicator_id"], row["area_code"], row["period_type"], row["period_end"])


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
