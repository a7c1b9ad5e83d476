"""Columns that several suppliers send, each with one rule of what it may hold."""

from __future__ import annotations

from typing import Any

from flows.landing.tables.contract import Column

_SMALL_LETTERS = "small letters, digits and underscores"
INDICATOR_ID: dict[str, Any] = {
    "pattern": r"[a-z][a-z0-9_]{0,99}",
    "pattern_in_words": f"an indicator's id: {_SMALL_LETTERS}",
    "aliases": ("indicator id",),
}
SCHEME: dict[str, Any] = {
    "pattern": r"[a-z][a-z0-9_]{0,49}",
    "pattern_in_words": f"a scheme's name: {_SMALL_LETTERS}",
}
LSOA_CODE: dict[str, Any] = {
    "pattern": r"[EW]01\d{6}",
    "pattern_in_words": "an LSOA code: E01 or W01 and six digits",
}

REMARKS = Column(
    "note",
    "note",
    "text",
    "Remarks for people; never landed.",
    "",
    in_header=False,
    landed=False,
    max_length=32_767,
)

OFFENCE_DESCRIPTION = Column(
    "offence_description",
    "Offence Description",
    "text",
    "What the code stands for.",
    "Burglary - residential",
    in_header=False,
    aliases=("Offence",),
)


def area_column(meaning: str, example: str = "Dudley") -> Column:
    """Make the column of an area that every row names, by its name or code."""
    return Column("area", "area", "text", meaning, example, required=True, max_length=200)


def indicator_column(example: str) -> Column:
    """Make the column of an indicator that every row names, by its id."""
    meaning = "The indicator's id, as in the list of indicators."
    return Column(
        "indicator_id", "indicator", "text", meaning, example, required=True, **INDICATOR_ID
    )
