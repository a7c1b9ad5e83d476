"""The table of headline figures, and that of figures with a target."""

from __future__ import annotations

from collections.abc import Sequence

from flows.papers.document import Column, Table, with_period_in_caption
from flows.papers.published import Row
from flows.rounding import rounded


def headline_table(figures: Sequence[Row]) -> Table:
    """Put the headline figures into one table."""
    return with_period_in_caption(
        Table(
            "Headline figures",
            (
                Column("Indicator"),
                Column("Period"),
                Column("Figure", "number"),
                Column("Year before", "number"),
                Column("Change", "number", signed=True),
                Column("Change, %", "number", 1, signed=True),
                Column("What it means"),
            ),
            [
                (
                    figure["indicator_name"],
                    figure["period_label"],
                    _as_shown(figure, "value"),
                    _as_shown(figure, "previous_value"),
                    _change(figure),
                    None if figure["change_pct_is_unreliable"] else figure["change_pct"],
                    figure["verdict"],
                )
                for figure in figures
            ],
            note="A per cent change is left out where either year has fewer than 50. Withheld: a "
            "small number, or one that would reveal a small number.",
            sheet="Headlines",
        )
    )


_MET = {
    "green": "met",
    "amber": "missed by up to 5%",
    "red": "missed by more than 5%",
    "grey": "no verdict",
}


def targets_table(figures: Sequence[Row]) -> list[Table]:
    """Put the figures that have a target beside it; no table where none has one."""
    known = [figure for figure in figures if figure["target_value"] is not None]
    if not known:
        return []
    has_no_verdict = any(figure["rag"] == "grey" for figure in known)
    return [
        with_period_in_caption(
            Table(
                "Figures against their targets",
                (
                    Column("Indicator"),
                    Column("Period"),
                    Column("Figure", "number"),
                    Column("Target", "number"),
                    Column("Target is"),
                ),
                [
                    (
                        figure["indicator_name"],
                        figure["period_label"],
                        _as_shown(figure, "value"),
                        _as_shown(figure, "target_value"),
                        "no verdict" if figure["value"] is None else _MET[figure["rag"]],
                    )
                    for figure in known
                ],
                note="No verdict: neither high nor low is better, or the figure is withheld or not "
                "complete."
                if has_no_verdict
                else "",
                sheet="Targets",
            )
        )
    ]


def _as_shown(figure: Row, name: str) -> str | float | None:
    value = figure[name]
    if value is None:
        return "withheld" if figure["is_suppressed"] and name == "value" else None
    if figure["unit"] == "per cent":
        return f"{rounded(value, 1):.1f}%"
    if figure["unit"] != "count":
        return f"{rounded(value, 1):,.1f}"
    return float(value)


def _change(figure: Row) -> str | float | None:
    if figure["change_pp"] is not None:
        points = rounded(figure["change_pp"], 1)
        return f"{points:+.1f} points".replace("-", "\N{MINUS SIGN}").replace("+0.0", "0.0")
    if figure["change"] is None:
        return None
    if figure["unit"] != "count":
        change = f"{rounded(figure['change'], 1):+,.1f}"
        return change.replace("-", "\N{MINUS SIGN}").replace("+0.0", "0.0")
    return float(figure["change"])
