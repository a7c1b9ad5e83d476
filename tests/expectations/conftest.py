from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from expectations.registry import Group, suite_of


@pytest.fixture
def good_frame() -> Callable[[Group, str], pd.DataFrame]:
    """A frame that meets every expectation of a suite, taken from the suite's own columns."""

    def make(group: Group, subject: str) -> pd.DataFrame:
        row: dict[str, Any] = (
            {"file": "2018-07-west-yorkshire-street.csv", "load_ids": ""}
            if group == "sources"
            else {"profiled": subject}
        )
        for expectation in suite_of(group, subject).expectations:
            limits: Any = expectation
            row.setdefault(limits.column, limits.min_value or 0)
        return pd.DataFrame([row])

    return make
