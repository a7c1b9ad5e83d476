"""Finds the figures that a sentence lists, each with its label: "Worthing 6.1, Gosport 6.8"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.audit.periods import FULL_MONTH

VALUE = r"(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d|st\b|nd\b|rd\b|th\b|[/,.]\d)"
_YEAR = r"20\d\d(?:[/\N{EN DASH}-]\d\d)?"
NAME = (
    r"(?:[A-Z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*"
    r"(?:\s(?:(?:of|and|the|upon)\s(?:the\s)?)?[A-Z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*)*)"
)
_MONTHS = rf"{FULL_MONTH}\sto\s{FULL_MONTH}"
_LISTS = (
    # Worthing 6.1, Gosport 6.8 and Margate 9.0
    re.compile(
        rf"(?P<label>{NAME}|{_YEAR})[:,]?\s(?:with\s|had\s|was\s|at\s|saw\s|recorded\s)?{VALUE}(?![%\d])(?!\s(?:in|at|for)\s(?:{_YEAR}|[A-Z]))"
    ),
    # self-neglect (38), cuckooing (52)
    re.compile(
        r"(?P<label>[A-Za-z][\w'-]*(?:\s(?!and\b)[\w'-]+){0,2})\s\((?P<value>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)%?\)"
    ),
    # 412 in Medway, 287 in Swale; 312 incidents in the harbour zone
    re.compile(
        rf"{VALUE}(?:\s[a-z-]+){{0,3}}?\s(?:in|at|for|from)\s(?:the\s)?(?P<label>{_MONTHS}|{NAME}(?:\sward)?|{_YEAR}|[a-z]+(?:\s[a-z]+)?)(?=,|\.|;|\sand\s|$|\))"
    ),
)

# "of 240 fires in the borough, 150 were in Crewe": that of the borough is the total
_OF_ALL = re.compile(r"(?:borough|district|city|town|county|area|force|region|year|total)")
_MONTH = re.compile(FULL_MONTH, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of figures, each with its label, and where it begins and ends in its text."""

    values: dict[str, float]
    spans: tuple[tuple[int, int], ...]


def listed_in(text: str, least: int = 3) -> Listed | None:
    """Find labels with a figure each; nothing where a label stands twice."""
    for pattern in _LISTS:
        found = [
            one
            for one in pattern.finditer(text)
            if not _is_date(one) and not _OF_ALL.fullmatch(one["label"])
        ]
        values = {_label(one["label"]): float(one["value"].replace(",", "")) for one in found}
        if len(values) >= least and len(values) == len(found):
            return Listed(values, tuple(one.span() for one in found))
    return None


def _is_date(one: re.Match[str]) -> bool:
    """Whether "December 2018" was found as a label and its figure."""
    is_year = re.fullmatch(r"20\d\d", one["value"]) is not None
    return is_year and _MONTH.fullmatch(one["label"].split()[-1]) is not None


def _label(words: str) -> str:
    """Leave out what only joins a label to its sentence: "followed by litter (29%)"."""
    return re.sub(r"^(?:by|with|then|was|were)\s", "", words.strip())
