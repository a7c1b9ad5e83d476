"""`csp grant-return` as its users run it, on a published synthetic grant."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from flows.data_folder import DataFolder
from flows.publishing import publish
from flows.settings import load_settings
from tests.conftest import run_csp
from tests.run_in_process import csp_in_process


@pytest.fixture(scope="module")
def published(synthetic_warehouse: DataFolder) -> Path:
    publish(synthetic_warehouse, load_settings(synthetic_warehouse.root), run_id="grants")
    return synthetic_warehouse.root


def test_the_commissioners_return_is_written_as_a_workbook_in_its_own_place(
    published: Path,
) -> None:
    finished = run_csp(
        "grant-return", "--area", "walsall", "--quarter", "2017/18 Q2", "--data", str(published)
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    target = published / "reports" / "grant" / "walsall-2017-18-q2.xlsx"
    assert "Walsall, 2017/18 Q2" in finished.stdout
    assert "walsall-2017-18-q2.xlsx" in finished.stdout.replace("\n", "")
    sheet = openpyxl.load_workbook(target).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [c for c in cells if isinstance(c.value, str) and c.value.startswith(tuple("=+-@"))]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    # allocation, carried forward, available, spend, to date, forecast, underspend, at year's end
    assert rows["Youth work"][1:9] == (40000, 1000, 41000, 10500, 19500, 37500, 21500, 3500)
    assert rows["Total"][1:9] == (50500, 1000, 51500, 12500, 24500, 47500, 27000, 4000)
    assert rows["Youth work"][9:11] == (15, "young people")
    # 10,500 pounds for 15 young people
    assert rows["Youth work"][11:] == (700, "Grant", None, None, None)


def test_lines_that_do_not_sum_to_their_total_are_remarked(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "return.xlsx"
    finished = csp_in_process(
        *("grant-return", "--area", "Walsall", "--quarter", "2017/18 Q3"),
        *("--output", str(target), "--data", str(published)),
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    sheet = openpyxl.load_workbook(target).active
    remark = "The lines sum to 50,000.00, the stated total is 50,500.00: they differ by 500.00"
    assert [row[0] for row in sheet.iter_rows(values_only=True)][-1] == remark
    assert remark in " ".join(finished.stdout.split())


def test_as_csv_it_has_no_formula_either(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "return.csv"
    finished = csp_in_process(
        *("grant-return", "--area", "E08000030", "--quarter", "2017/18 Q2"),
        *("--output", str(target), "--data", str(published)),
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    text = [cell for row in rows for cell in row]
    assert "'=cmd|' /C calc'!A0" in text
    assert not [cell for cell in text if cell.startswith(tuple("=+-@"))]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--area", "Nowhere", "--quarter", "2017/18 Q2"), "one of Walsall"),
        (("--area", "Walsall", "--quarter", "2016/17 Q1"), "2017/18 Q1, 2017/18 Q2"),
        (
            ("--area", "Walsall", "--quarter", "2017/18 Q2", "--output", "return.pdf"),
            ".csv or .xlsx",
        ),
    ],
)
def test_mistakes_are_told_with_the_next_step_and_nothing_is_written(
    published: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    arguments = tuple(str(tmp_path / word) if word.endswith(".pdf") else word for word in arguments)
    finished = csp_in_process("grant-return", *arguments, "--data", str(published))
    told = " ".join((finished.stdout + finished.stderr).split())
    assert finished.returncode == 1
    assert said in told
    assert "Next" in told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def test_before_anything_is_published_the_next_step_is_a_night(tmp_path: Path) -> None:
    finished = csp_in_process(
        "grant-return", "--area", "Walsall", "--quarter", "2017/18 Q2", "--data", str(tmp_path)
    )
    assert finished.returncode == 1
    assert "csp nightly" in finished.stdout + finished.stderr
