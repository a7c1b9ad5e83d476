"""`csp export`: an area's figures as files that say where they are from."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl

from flows.exporting.header import header_of
from tests.conftest import run_csp
from tests.run_in_process import csp_in_process


def test_figures_are_written_as_csv_and_xlsx(sample_night: Path, tmp_path: Path) -> None:
    done = run_csp(
        "export", "--area", "Dudley", "--period", "2017-09", "--format", "csv,xlsx",
        "--output", str(tmp_path), "--data", str(sample_night),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "figures-dudley-2017-09.csv").read_text(encoding="utf-8-sig").splitlines()
    header = [line for line in lines if line.lstrip('"').startswith("# ")]
    assert any("Source: " in line for line in header)
    assert any("Extract date: 1 October 2017" in line for line in header)
    assert any("Open Government Licence v3.0" in line for line in header)
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[len(header) :]))))
    [crime] = [
        row
        for row in rows
        if row["indicator_id"] == "total_recorded_crime" and row["period_type"] == "ytd"
    ]
    # as Dudley's own report prints them
    assert (crime["value"], crime["previous_value"], crime["change"]) == ("10545", "9096", "1449")
    # a rate is of no use without whom it is over, and of which year
    assert (crime["denominator_kind"], crime["population_year"]) == ("residents", "2017")

    workbook = openpyxl.load_workbook(tmp_path / "figures-dudley-2017-09.xlsx")
    assert workbook.sheetnames == ["Notes", "Figures"]
    assert all(not sheet.merged_cells.ranges for sheet in workbook)
    notes = {row[0]: row[1] for row in workbook["Notes"].values}
    assert "2017/18 YTD to Sep" in str(notes["Period"])
    [names, *values] = list(workbook["Figures"].values)
    assert len(values) == len(rows)
    value = names.index("value")
    assert 10545 in [row[value] for row in values]


def test_every_period_comes_without_one_named(sample_night: Path, tmp_path: Path) -> None:
    done = csp_in_process(
        "export", "--area", "Leeds", "--output", str(tmp_path), "--data", str(sample_night)
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "figures-leeds.csv").read_text(encoding="utf-8-sig")
    assert "2018-07-31" in text
    assert "2017-07-31" in text


def test_many_periods_and_extracts_are_counted_in_the_header_not_listed() -> None:
    months = [date(2017, month, 1) for month in range(4, 10)]
    rows = [
        {
            "source": "partner_returns", "source_title": "Returns of partners",
            "period_label": f"{first:%b %Y}", "period_start": first,
            "period_end": first.replace(day=28), "extract_date": first.replace(day=10),
        }
        for first in months
    ]  # fmt: skip
    said = dict(header_of("Figures", rows, "1", is_synthetic=False))
    assert said["Period"] == (
        "6 periods from 1 April 2017 to 28 September 2017 (column period_label)"
    )
    assert said["Extract date"] == (
        "6 from 10 April 2017 to 10 September 2017 (column extract_date)"
    )
    few = dict(header_of("Figures", rows[:2], "1", is_synthetic=False))
    assert few["Period"] == "Apr 2017; May 2017"
    assert few["Extract date"] == "10 April 2017; 10 May 2017"


def test_what_is_wrong_is_said_with_the_next_step(sample_night: Path, tmp_path: Path) -> None:
    to = ("--output", str(tmp_path), "--data", str(sample_night))
    period = csp_in_process("export", "--area", "Leeds", "--period", "2018-08", *to)
    assert period.returncode == 1
    assert "There are figures up to 2018-07" in " ".join(period.stderr.split())
    wrong = csp_in_process("export", "--area", "Leeds", "--format", "ods", *to)
    assert wrong.returncode == 2
    assert "csv, xlsx" in wrong.stderr
    assert list(tmp_path.iterdir()) == []
