"""A grant return as CSV: amounts to the penny, and synthetic data says so on its first line."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.reporting.grant_return import (
    COLUMNS,
    GrantReturn,
    GrantReturnUnavailableError,
    read_grant_return,
    write_grant_return,
)
from flows.reporting.scorecard import SYNTHETIC_WARNING


@pytest.mark.parametrize(("synthetic", "at"), [(True, 1), (False, 0)])
def test_the_first_line_says_synthetic_of_synthetic_data(
    tmp_path: Path, synthetic: bool, at: int
) -> None:
    target = tmp_path / "return.csv"
    made = GrantReturn("Dudley", "2017/18 Q2", [(None,) * len(COLUMNS)], [], synthetic)
    write_grant_return(made, target)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[at].strip('"').startswith("Grant: expenditure and outcomes, Dudley")
    assert (SYNTHETIC_WARNING in lines[0]) is synthetic


def test_amounts_are_written_to_the_penny(tmp_path: Path) -> None:
    target = tmp_path / "return.csv"
    row = ("Youth work", 2800.0, *(None,) * 9, 2800 / 9, "Grant", None, None, None)
    write_grant_return(GrantReturn("Dudley", "2017/18 Q2", [row], []), target)
    line = target.read_text(encoding="utf-8-sig").splitlines()[-1]
    assert line == "Youth work,2800.0,,,,,,,,,,311.11,Grant,,,"


def test_the_area_of_a_return_is_found_as_suppliers_write_it(tmp_path: Path) -> None:
    database = tmp_path / "published.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table dim_areas as select 'E22000321' as area_code, 'Rugby' as area_name, "
            "'E07000220' as lad_code"
        )
        columns = ", ".join(f"null as {name}" for name, _ in COLUMNS)
        connection.execute(
            f"create table fct_grant_lines as select 'E22000321' as area_code, "
            "'Rugby' as area_name, '2025/26 Q1' as period_label, "
            "date '2025-06-30' as period_end, false as is_whole_year, false as is_total, "
            f"{columns}, false as sum_differs, null as sum_differs_by, null as lines_sum, "
            "null as stated_total"
        )
    for written in ("Rugby", "Rugby Borough Council", "e07000220"):
        with pytest.raises(GrantReturnUnavailableError, match="one of 2025/26 Q1"):
            read_grant_return(database, written, "2025/26 Q2")
