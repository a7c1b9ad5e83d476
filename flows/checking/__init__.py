"""Checks of what came in and of what was made of it; they judge, and change nothing.

Great Expectations and pandas are imported when a check runs, not here.
"""

from flows.checking.hold_back import JudgedLoads, judge_loads
from flows.checking.marts import check_marts
from flows.checking.report import CheckFailedError, CheckReport
from flows.checking.sources import check_sources

__all__ = [
    "CheckFailedError",
    "CheckReport",
    "JudgedLoads",
    "check_marts",
    "check_sources",
    "judge_loads",
]
