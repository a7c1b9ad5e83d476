"""The quarterly expenditure-and-outcome return to the Commissioner, from published grant lines.

Nothing is computed here: every amount is a column of `fct_grant_lines`.
"""

from __future__ import annotations

import csv
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Font

from flows.landing.sources.rules.area_names import area_code_of
from flows.landing.tables.financial_periods import financial_quarter
from flows.reporting.scorecard import SYNTHETIC_WARNING, is_synthetic
from flows.reporting.spreadsheet_text import as_plain_text
from flows.rounding import rounded

Cell = str | float | None

COLUMNS = (
    ("budget_line", "Budget line"),
    ("allocation", "Allocation for the year (£)"),
    ("carry_forward_in", "Carried forward (£)"),
    ("available", "Available (£)"),
    ("spend", "Spend in the quarter (£)"),
    ("spend_to_date", "Spend to date (£)"),
    ("forecast", "Forecast for the year (£)"),
    ("underspend", "Underspend to date (£)"),
    ("forecast_underspend", "Forecast underspend (£)"),
    ("outcomes", "Outcomes in the quarter"),
    ("outcome_unit", "Outcomes are"),
    ("cost_per_outcome", "Spend for each outcome (£)"),
    ("grant_name", "Grant"),
    ("funder", "Funder"),
    ("priority", "Priority"),
    ("provider", "Provider"),
)


class GrantReturnUnavailableError(Exception):
    """The published file has no grant lines of this area and quarter."""


@dataclass(frozen=True, slots=True)
class GrantReturn:
    """One return: area, quarter, a row per budget line with the total last, and remarks."""

    area_name: str
    quarter: str
    rows: list[tuple[Cell, ...]]
    remarks: list[str]
    is_synthetic: bool = False


def read_grant_return(database: Path, area: str, quarter: str) -> GrantReturn:
    """Read one area's quarter (`2017/18 Q2`, also `Q2 2017-18`) from a published file.

    The area may be named by name, also as suppliers write it, or by code. Raises
    GrantReturnUnavailableError naming the quarters that there are.
    """
    label = financial_quarter(quarter) or quarter.strip()
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = {row[0] for row in connection.execute("show tables").fetchall()}
        if "fct_grant_lines" not in tables:
            raise GrantReturnUnavailableError(
                f"{database}: expected the table fct_grant_lines, found none. Next: csp nightly."
            )
        found = connection.execute(
            """
            select area_code, area_name from dim_areas
            where (lower(?) in (lower(area_name), lower(area_code), lower(lad_code))
                    or area_code = ?)
                and area_code in (select area_code from fct_grant_lines)
            order by area_code
            """,
            [area.strip(), area_code_of(area)],
        ).fetchone()
        if found is None:
            named = [
                row[0]
                for row in connection.execute(
                    "select distinct area_name from fct_grant_lines order by 1"
                ).fetchall()
            ]
            raise GrantReturnUnavailableError(
                f"no grant of '{area}' is published. "
                + (f"Expected: one of {', '.join(named)}." if named else "No area has one.")
                + " Next: put its grant lines into raw/grant/<date>/ and run csp nightly."
            )
        columns = ", ".join(name for name, _ in COLUMNS)
        synthetic = is_synthetic(connection)
        rows = connection.execute(
            f"""
            select {columns}, sum_differs, sum_differs_by, lines_sum, stated_total
            from fct_grant_lines
            where area_code = ? and period_label = ? and not is_whole_year
            order by grant_name, is_total, budget_line
            """,
            [found[0], label],
        ).fetchall()
        if not rows:
            quarters = [
                row[0]
                for row in connection.execute(
                    "select distinct period_label from fct_grant_lines "
                    "where area_code = ? and not is_whole_year order by 1",
                    [found[0]],
                ).fetchall()
            ]
            known = (
                f"Expected: one of {', '.join(quarters)}."
                if quarters
                else "Only whole years of it are."
            )
            raise GrantReturnUnavailableError(
                f"no quarter '{quarter}' of the grant of {found[1]} is published. {known} "
                "Next: put the quarter's lines into raw/grant/<date>/ and run csp nightly."
            )
    width = len(COLUMNS)
    remarks = [
        f"The lines sum to {row[width + 2]:,.2f}, the stated total is {row[width + 3]:,.2f}: "
        f"they differ by {row[width + 1]:,.2f}"
        for row in rows
        if row[width]
    ]
    return GrantReturn(found[1], label, [row[:width] for row in rows], remarks, synthetic)


def write_grant_return(made: GrantReturn, target: Path) -> None:
    """Write a return as CSV or XLSX by the name's ending, whole or not at all.

    Text that a spreadsheet would take for a formula is written with an apostrophe before it.
    Raises ValueError for another ending and OSError where it cannot be written.
    """
    grid: list[list[Cell]] = [
        [f"Grant: expenditure and outcomes, {as_plain_text(made.area_name)}, {made.quarter}"],
        [heading for _, heading in COLUMNS],
        *([as_plain_text(c) if isinstance(c, str) else c for c in row] for row in made.rows),
    ]
    grid.extend([remark] for remark in made.remarks)
    if made.is_synthetic:
        grid.insert(0, [SYNTHETIC_WARNING])
    ending = target.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise ValueError(f"{target}: expected a name that ends in .csv or .xlsx")
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=ending)
    os.close(descriptor)
    temporary = Path(name)
    try:
        (_write_csv if ending == ".csv" else _write_xlsx)(grid, temporary)
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _write_csv(grid: list[list[Cell]], path: Path) -> None:
    # to the penny, as the workbook shows: a cost of each outcome has no end
    pennies = [[c if isinstance(c, str) or c is None else rounded(c, 2) for c in r] for r in grid]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(pennies)


def _write_xlsx(grid: list[list[Cell]], path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Grant return"
    for row in grid:
        sheet.append(row)
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
            elif cell.value is not None:
                cell.number_format = "#,##0.00"
    sheet.freeze_panes = "B3"
    sheet.column_dimensions["A"].width = 36
    for letter in "BCDEFGHIJKLMNOP":
        sheet.column_dimensions[letter].width = 18
    workbook.save(path)
