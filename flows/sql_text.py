"""Values and names written into SQL, for statements without parameters (attach, copy, views)."""

from __future__ import annotations


def literal(value: object) -> str:
    """Write a value's text as a string literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Write the name of a table or column so that any character may stand in it."""
    return '"' + name.replace('"', '""') + '"'
