"""Words a finding about a published row: its right figure in a sentence, and its query."""

from __future__ import annotations

from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.papers.published import Row
from flows.sql_text import literal

_QUERY = (
    "select sentence, value, previous_value, change, change_pct from rpt_figures "
    "where area_name = {area} and indicator_id = '{indicator}' and period_label = '{period}'"
)


def of_row(
    sentence: Sentence, verdict: Verdict, kind: str, claim: str, reason: str, row: Row
) -> Finding:
    """Write a finding about a row, with its right figure and its query."""
    return Finding(sentence, verdict, kind, claim, reason, right(row), query(row))


def moved(change: float) -> str:
    """Say which way a figure went."""
    return "rose" if change > 0 else "fell" if change < 0 else "did not change"


def change_of(row: Row) -> float | None:
    """Return the change of a row; of a proportion in percentage points."""
    change = row["change"] if row.get("change_pp") is None else row["change_pp"]
    return None if change is None else float(change)


def right(row: Row) -> str:
    """Write what the publication says, in a sentence."""
    if row.get("sentence"):
        return str(row["sentence"])
    words = f"{row['area_name']}, {row['indicator_name'].lower()} {row['period_label']}: £"
    words += number(float(row["value"]))
    if row["change"] is not None:
        words += f", a change of £{number(float(row['change']))}"
        if row["change_pct"] is not None:
            words += f" ({number(float(row['change_pct']), 1)}%)"
    return words + "."


def query(row: Row) -> str:
    """Write the query that shows a row."""
    if row["indicator_id"] == "grant":
        return (
            "select period_label, allocation, carry_forward_in, allocation_change_pct "
            f"from fct_grant_lines where area_name = '{row['area_name']}' and is_total"
        )
    return _QUERY.format(
        area=literal(row["area_name"]),
        indicator=row["indicator_id"],
        period=row["period_label"],
    )
