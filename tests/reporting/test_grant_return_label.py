"""A grant return as CSV: amounts to the penny, and synthetic data says so on its first line."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.reporting.grant_return import COLUMNS, GrantReturn, write_grant_return
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
