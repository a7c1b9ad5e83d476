"""Checks of what came in and of what was made of it; they judge, and change nothing.

Names are resolved on first use: Great Expectations and pandas are imported when a check runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.lazy_names import names_on_first_use

if TYPE_CHECKING:
    from flows.checking.hold_back import JudgedLoads, judge_loads
    from flows.checking.marts import check_marts
    from flows.checking.report import CheckReport
    from flows.checking.sources import check_sources

__all__ = [
    "CheckReport",
    "JudgedLoads",
    "check_marts",
    "check_sources",
    "judge_loads",
]

__getattr__ = names_on_first_use(
    __name__,
    {
        "CheckReport": "flows.checking.report",
        "JudgedLoads": "flows.checking.hold_back",
        "check_marts": "flows.checking.marts",
        "check_sources": "flows.checking.sources",
        "judge_loads": "flows.checking.hold_back",
    },
)
