"""Distinguishes a figure that is wrong from one that is of something else than its row.

Of another unit, noun, year or size: what the publication says of the row then says nothing of it.
"""

from __future__ import annotations

import re

from flows.audit.agreement import are_swapped, is_plausible
from flows.audit.claims import Comparison
from flows.audit.marks import Number
from flows.audit.other_comparisons import is_a_year_before
from flows.papers.published import Row

# A figure that is less than half or more than twice the right one counts something else, unless it
# stands at the name of its indicator.
_ANOTHER_THING, _ANOTHER_OF_ITS_NAME, _ANOTHER_UNNAMED = 2.0, 3.0, 1.3


def rate_of_something_else(figure: Number, row: Row) -> bool:
    """Whether a rate is too far off to be a mistake: not by a base of ten times as many people."""
    if row.get("rate") is None:
        return True
    if not figure.value or not row["rate"]:
        return False
    per = (figure.base or row["rate_per"]) / float(row["rate_per"])
    ratio = figure.value / (float(row["rate"]) * per)
    of_another_base = any(abs(ratio / factor - 1) <= 0.05 for factor in (0.01, 0.1, 10, 100))
    return max(ratio, 1 / ratio) > _ANOTHER_THING and not (
        of_another_base or figure.value == row["value"]
    )


_MORE = re.compile(r"\s(?:more|fewer|less|higher|lower)\b", re.IGNORECASE)


def is_change_of_something_else(figure: Number, true: float, text: str) -> bool:
    """Whether a change is too far off the right one, and nothing says that it is a difference.

    "Upwards of 55,000 students", "21 staff, down four": not "fourteen more than in 2016".
    """
    if is_plausible(figure.value, true):
        return False
    at = text.find(figure.text)
    return at < 0 or _MORE.match(text[at + len(figure.text) :]) is None


def is_of_wrong_scale(figure: Number, true: float) -> bool:
    """Whether thousands are written as millions: £369m for £369,000."""
    if not re.search(r"(?:[mk]|million|thousand)\s*$", figure.text, re.IGNORECASE):
        return False
    scaled = (abs(figure.value) * factor for factor in (1e-6, 1e-3, 1e3, 1e6))
    return any(true and abs(one - true) <= 0.005 * true for one in scaled)


def same_unit(figure: Number, kind: str, row: Row) -> bool:
    """Whether a figure is written in the unit that a row has for its kind."""
    if kind == "per cent":
        return figure.unit == "per cent"
    if kind == "points":
        return figure.unit == "points"
    if row.get("unit") == "per cent":
        return figure.unit == "per cent"
    if row.get("unit") == "pounds":
        return figure.unit == "pounds"
    # 0.87 counts nothing
    is_whole = row["value"] is not None and float(row["value"]).is_integer()
    return figure.unit == "count" and not (is_whole and figure.value % 1)


_CASES_OR_CALLS = re.compile(r"\s(?:\w+\s)?(?P<noun>case|call)s\b", re.IGNORECASE)


def is_of_another_noun(figure: Number, one: Comparison, row: Row) -> bool:
    """Whether cases or calls are counted where the publication counts offences."""
    at = one.text.find(figure.text)
    noun = _CASES_OR_CALLS.match(one.text[at + len(figure.text) :]) if at >= 0 else None
    if noun is None:
        return False
    counted = rf"\b{noun['noun']}s?\b"
    return re.search(counted, str(row.get("sentence")), re.IGNORECASE) is None


def is_of_another_year(one: Comparison) -> bool:
    """Whether a figure is said to be of other months than those of the year before."""
    before, period = one.previous_period, one.context.period
    if before is None or before.is_vague or period is None:
        return False
    # "(2016/17: 1,061)" beside half a year may be half of that year too
    are_alike = abs((period.last - period.first) - (before.last - before.first)).days <= 1
    return are_alike and not is_a_year_before(before, period)


def counts_something_else(
    figure: Number, true: float, one: Comparison, *, is_named: bool = True
) -> bool:
    """Whether a figure is too far off the right one to be a mistake for it.

    The less where its sentence names no indicator (`is_named`): what it counts stands before it.
    """
    said, true = abs(figure.value), abs(true)
    if true == said or are_swapped(figure, true) or is_of_wrong_scale(figure, true):
        return False
    limit = _ANOTHER_OF_ITS_NAME if one.is_at_its_indicator else _ANOTHER_THING
    if not is_named:
        limit = _ANOTHER_UNNAMED
    return not said or not true or max(said / true, true / said) > limit
