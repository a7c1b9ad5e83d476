"""The scorecard of one area on the terminal, from the published file.

Every figure, word and colour grade comes ready from `rpt_scorecard`: this module picks rows,
formats numbers and lays out tables of at most 80 columns.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from flows.landing.sources.rules.area_names import area_code_of
from flows.rounding import rounded

if TYPE_CHECKING:
    import duckdb

WIDTH = 80
SYNTHETIC_WARNING = "SYNTHETIC DATA, made by csp demo: no figure here is real"
NOT_THERE = "\N{EN DASH}"

_RAG_STYLES = {"green": "green", "amber": "yellow", "red": "red"}
_DIRECTION_STYLES = {"better": "green", "worse": "red"}


class ScorecardUnavailableError(LookupError):
    """There is no published scorecard, or none of the area asked for; says what to do next."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One area's rows of `rpt_scorecard`, in headline order, each as column name to value."""

    area_name: str
    rows: list[dict[str, Any]]
    is_synthetic: bool = False
    area_code: str = ""

    def as_json(self) -> str:
        """Write the rows as JSON, dates as ISO 8601."""
        document = {
            "area_code": self.area_code,
            "area_name": self.area_name,
            "is_synthetic": self.is_synthetic,
            "figures": self.rows,
        }
        return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def read_scorecard(database: Path, area: str) -> Scorecard:
    """Read the rows of `area` (a name, or an ONS code) from a published file, read-only.

    Raises `ScorecardUnavailableError` where the file or the area is missing.
    """
    import duckdb

    if not database.exists():
        raise ScorecardUnavailableError(
            f"nothing is published at {database}. Next: run `csp nightly`"
        )
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            """
            select rpt_scorecard.*, dim_indicators.denominator_kind
            from rpt_scorecard
            left join dim_indicators using (indicator_id)
            where area_code = $code or lower(area_name) = lower($area)
               or lower(area_code) = lower($area)
               or area_code in (
                   select area_code from dim_areas where lower(lad_code) = lower($area)
               )
            order by rpt_scorecard.headline_order, source, period_type
            """,
            {"area": area.strip(), "code": area_code_of(area)},
        )
        names = [column[0] for column in found.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        if not rows:
            known = [
                name
                for (name,) in connection.execute(
                    "select area_name from rpt_scorecard group by all order by min(home_order)"
                ).fetchall()
            ]
            raise ScorecardUnavailableError(
                f"no scorecard for '{area}'. Areas with one: {', '.join(known) or 'none'}. "
                "Next: give one of these, or add the area to home_areas in csp.toml"
            )
        synthetic = is_synthetic(connection)
    return Scorecard(str(rows[0]["area_name"]), rows, synthetic, str(rows[0]["area_code"]))


def is_synthetic(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether a published file was made from synthetic data.

    A publication from before there was such data has no column that says so.
    """
    says = connection.execute(
        "select count(*) from duckdb_columns() "
        "where table_name = 'rpt_coverage' and column_name = 'is_synthetic'"
    ).fetchone()
    if says == (0,):
        return False
    return connection.execute("select bool_or(is_synthetic) from rpt_coverage").fetchone() == (
        True,
    )


def render(scorecard: Scorecard, console: Console) -> None:
    """Print the scorecard: a line of figures per indicator, and its verdict in words below."""
    console.print(as_renderable(scorecard), width=min(console.width, WIDTH))


def as_renderable(scorecard: Scorecard) -> Group:
    """Lay out the scorecard, one table per source and period."""
    parts: list[Any] = []
    if scorecard.is_synthetic:
        parts.append(Text(SYNTHETIC_WARNING, style="bold yellow"))
    for rows in _by_source_and_period(scorecard.rows):
        first = rows[0]
        heading = f"{scorecard.area_name} · {first['period_label']}"
        notes = [f"source {first['source']}", f"extract of {_day(first['extract_date'])}"]
        if any(row["is_provisional"] for row in rows):
            notes.append("provisional")
        if not all(row["is_complete"] for row in rows):
            notes.append("incomplete period")
        parts += [Text(heading, style="bold"), Text(", ".join(notes), style="dim"), _table(rows)]
        parts += _footnotes(rows)
        parts.append(Text(""))
    return Group(*parts)


def _by_source_and_period(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((str(row["source"]), str(row["period_label"])), []).append(row)
    return list(groups.values())


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, expand=False, width=WIDTH, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("Indicator", ratio=1, overflow="fold")
    for heading in ("Now", "Before", "Change", "%", "Rate", "Force", "Family"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            _named_in_words(row),
            _amount(row, "value"),
            _amount(row, "previous_value"),
            _change(row),
            _percent(row),
            _number(row["rate"], 1),
            _place(row["force_rate_rank"], row["force_areas_ranked"]),
            _family(row),
        )
    return table


def _named_in_words(row: dict[str, Any]) -> Text:
    """Name the indicator, in the colour of its target, and give its verdict on the next line."""
    name = Text(str(row["indicator_name"]), style=_RAG_STYLES.get(str(row["rag"]), ""))
    if row["in_words"]:
        style = _DIRECTION_STYLES.get(str(row["direction_of_travel"]), "dim")
        # a break of many indicators stands once, below them
        words = str(row["in_words"]).replace(f": {row['break_note']}", ", see Break")
        name.append(f"\n{words}", style=style)
    return name


def _footnotes(rows: list[dict[str, Any]]) -> list[Text]:
    notes = _populations(rows)
    ranked = [row for row in rows if row["family_rank"] is not None]
    for scheme in sorted({str(row["family_scheme"]) for row in ranked}):
        of_scheme = [row for row in ranked if str(row["family_scheme"]) == scheme]
        if any(row["family_is_illustrative"] for row in of_scheme):
            notes.append(f"Family '{scheme}' is an illustration: its ranks are no findings.")
    others = {
        str(row["family_source"])
        for row in ranked
        if row.get("family_source") not in (None, row["source"])
    }
    notes += [
        f"Family ranks are of source {source}, to which more of the family report."
        for source in sorted(others)
    ]
    for reporting, size in sorted({_members(row) for row in ranked if _is_partial(row)}):
        notes.append(f"* only {reporting} of the {size} members of the family have figures.")
    breaks = {
        str(row["break_note"])
        for row in rows
        if row["break_note"] and str(row["break_note"]) in str(row["in_words"])
    }
    notes += [f"Break: {text}" for text in sorted(breaks)]
    if any(row["is_suppressed"] or row.get("is_comparison_suppressed") for row in rows):
        notes.append("withheld: a small number, or one that would give a small number away.")
    return [Text(note, style="dim") for note in notes]


def _populations(rows: list[dict[str, Any]]) -> list[str]:
    """Say what the rates are over; where that differs, those of the fewest lines name them."""
    named: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        # A percentage is its own rate: a population beside it would say nothing.
        if row["rate"] is None or row["population_year"] is None:
            continue
        of = "households" if row.get("denominator_kind") == "households" else "population"
        is_old = bool(row.get("is_population_out_of_date"))
        key = (row["rate_per"], of, row["population_year"], row.get("denominator_policy"), is_old)
        named.setdefault(key, []).append(str(row["indicator_name"]))
    notes: list[str] = []
    for key, names in sorted(named.items(), key=lambda found: (-len(found[1]), str(found[0]))):
        per, of, year, policy, is_old = key
        which = f"Rate of {', '.join(names)}" if notes else "Rate"
        by_policy = f", policy {policy}" if policy else ""
        warning = ": more than two years older than the policy asks for" if is_old else ""
        notes.append(f"{which}: per {_number(per, 0)}, {of} of {year}{by_policy}{warning}.")
    return notes


def _amount(row: dict[str, Any], column: str) -> str:
    value = row[column]
    if value is None:
        return "withheld" if _is_withheld(row, column) else NOT_THERE
    if row["unit"] == "per cent":
        return f"{rounded(value, 1):.1f}%"
    return _number(value, 0 if row["unit"] == "count" else 1)


def _is_withheld(row: dict[str, Any], column: str) -> bool:
    # a publication from before is_comparison_suppressed has one flag for both
    if column == "value" or "is_comparison_suppressed" not in row:
        return bool(row["is_suppressed"])
    # that flag is of ranks too: the words say whether the year before is withheld, or not supplied
    is_said = row["is_suppressed"] or "withheld" in str(row["in_words"])
    return bool(row["is_comparison_suppressed"] and is_said)


def _change(row: dict[str, Any]) -> str:
    if row["unit"] == "per cent":
        points = row["change_pp"]
        return NOT_THERE if points is None else f"{rounded(points, 1):+.1f}pp"
    if row["change"] is None:
        return NOT_THERE
    return _signed(row["change"], 0 if row["unit"] == "count" else 1)


def _percent(row: dict[str, Any]) -> str:
    # Fewer than 50 offences: the count says what there is to say.
    if row["change_pct"] is None or row["change_pct_is_unreliable"]:
        return NOT_THERE
    return _signed(row["change_pct"], 1)


def _family(row: dict[str, Any]) -> str:
    """Give the rank in the family, and below it where it could as well lie by chance."""
    if row["family_rank"] is None:
        return NOT_THERE
    if _is_partial(row):
        place = f"{row['family_rank']} of {row['family_members_reporting']}*"
    else:
        place = _place(row["family_rank"], row["family_size"])
    best, worst = row["family_rank_best"], row["family_rank_worst"]
    return place if best is None or best == worst else f"{place}\n{best} to {worst}"


def _members(row: dict[str, Any]) -> tuple[int, int]:
    return row["family_members_reporting"], row["family_size"]


def _is_partial(row: dict[str, Any]) -> bool:
    reporting, size = _members(row)
    return reporting is not None and reporting != size


def _place(rank: object, of: object) -> str:
    return NOT_THERE if rank is None else f"{rank} of {of}"


def _number(value: float | int | None, decimals: int) -> str:
    return NOT_THERE if value is None else f"{rounded(value, decimals):,.{decimals}f}"


def _signed(value: float, decimals: int) -> str:
    return f"{rounded(value, decimals):+,.{decimals}f}"


def _day(value: date | None) -> str:
    return "unknown date" if value is None else f"{value:%d %B %Y}".lstrip("0")
