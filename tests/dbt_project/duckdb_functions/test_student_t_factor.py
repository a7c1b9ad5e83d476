"""Expected values are the printed t table (two-sided 5 %)."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize(
    ("df", "factor"), [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (10, 2.228), (120, 1.980)]
)
def test_the_factors_of_the_table(df: int, factor: float) -> None:
    from student_t_factor import student_t_95

    assert float(student_t_95(df)) == pytest.approx(factor, abs=5e-4)


def test_no_degrees_of_freedom_no_factor() -> None:
    from student_t_factor import student_t_95

    assert np.isnan(student_t_95([0.0, -1.0, np.nan, np.inf])).all()
