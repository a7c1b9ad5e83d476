"""What sqlfluff takes dbt's cross-database macros for: it renders models without dbt.

One function a macro that the record layer uses, with the SQL that it becomes on DuckDB.
"""

from __future__ import annotations


def length(expression: str) -> str:
    """Characters of a text."""
    return f"length({expression})"


def date_trunc(datepart: str, date: str) -> str:
    """First day of the part of the calendar that a date lies in."""
    return f"date_trunc('{datepart}', {date})"


def concat(fields: list[str]) -> str:
    """Texts put together."""
    return " || ".join(fields)
