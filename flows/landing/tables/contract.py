"""The contract of a supplier's table: its columns by header name, whatever their order.

A contract is data: reading, checking and the documentation's tables all come from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from flows.landing.tables.financial_periods import PERIOD_FORMS, QUARTER_FORMS, YEAR_FORMS
from flows.landing.tables.month_words import MONTH_FORMS
from flows.landing.tables.refusal import FileRefusedError, HeadersMissingError

Kind = Literal[
    "text",
    "number",
    "date",
    "month",
    "any_month",
    "day_or_month",
    "financial_year",
    "financial_quarter",
    "financial_period",
]

_KIND_IN_WORDS: dict[str, str] = {
    "text": "text",
    "number": "a number such as 12 or 12.5, without thousands separators or signs of unit",
    "date": "a date as YYYY-MM-DD or DD/MM/YYYY",
    "month": "a month as YYYY-MM",
    "any_month": MONTH_FORMS,
    "day_or_month": f"a date as YYYY-MM-DD or DD/MM/YYYY, or {MONTH_FORMS}",
    "financial_year": YEAR_FORMS,
    "financial_quarter": QUARTER_FORMS,
    "financial_period": PERIOD_FORMS,
}


# No count, sum of money or measurement of these sources is a thousand million or more.
LARGEST_NUMBER = 1e9
# The words of a column that says whether something is so.
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, what it may hold, and what it means.

    `in_header` says that the header must be there, `required` that every row must have a
    value. A number without a `minimum` or `maximum` is bounded by LARGEST_NUMBER. `repeats` is
    False for columns of nearly unique values (references, coordinates), which are checked in
    bulk instead of value by value. `landed` is False for columns that a supplier may send and
    that are never kept. `default` is the word that every row has in a text column that the file
    lacks.
    """

    name: str
    header: str
    kind: Kind
    meaning: str
    example: str
    in_header: bool = True
    required: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    pattern_in_words: str = ""
    minimum: float | None = None
    maximum: float | None = None
    max_length: int = 500
    repeats: bool = True
    landed: bool = True
    default: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def smallest(self) -> float:
        """Give the least number that the column may hold."""
        return -LARGEST_NUMBER if self.minimum is None else self.minimum

    @property
    def largest(self) -> float:
        """Give the greatest number that the column may hold."""
        return LARGEST_NUMBER if self.maximum is None else self.maximum

    @property
    def expected(self) -> str:
        """Say in words what a value must be, for messages and documentation."""
        if self.allowed:
            return "one of: " + "; ".join(self.allowed)
        if self.pattern_in_words:
            return self.pattern_in_words
        if self.pattern:
            return f"text of the form {self.pattern}"
        words = _KIND_IN_WORDS[self.kind]
        if self.minimum is not None:
            words += f", {self.minimum:,.15g} or more"
        if self.kind == "number":
            words += f", {self.largest:,.15g} or less"
        if self.kind == "text":
            words += f" of at most {self.max_length} characters"
        return words


@dataclass(frozen=True, slots=True)
class Contract:
    """The columns of one kind of file, in the order in which they are landed."""

    name: str
    columns: tuple[Column, ...]

    def landed_columns(self) -> tuple[Column, ...]:
        """Give the columns that are kept."""
        return tuple(column for column in self.columns if column.landed)


def normalised_header(header: str) -> str:
    """Bring a header to the form in which headers are compared: case and spacing aside."""
    return re.sub(r"[\s_]+", " ", header).strip().casefold()


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """Which contract column stands at which position, and which headers are not in it."""

    positions: dict[int, Column]
    unknown: tuple[str, ...]
    width: int


def match_header(contract: Contract, headers: list[str]) -> HeaderMatch:
    """Find the contract's columns in a file's header by name.

    Raises FileRefusedError if a column is missing or stands twice.
    """
    by_name = {
        normalised_header(name): column
        for column in contract.columns
        for name in (column.header, *column.aliases)
    }
    positions: dict[int, Column] = {}
    unknown: list[str] = []
    seen: dict[str, int] = {}
    for position, header in enumerate(headers):
        column = by_name.get(normalised_header(header))
        if column is None:
            unknown.append(header.strip())
            continue
        if column.name in seen:
            raise FileRefusedError(
                f"the header '{column.header}' stands twice "
                f"(columns {seen[column.name] + 1} and {position + 1})",
                line=1,
                column=f"'{column.header}'",
                expected="every header once",
                next_step="ask the supplier which of the two is meant and send the file again",
            )
        seen[column.name] = position
        positions[position] = column
    missing = [c.header for c in contract.columns if c.in_header and c.name not in seen]
    if missing:
        raise _missing(contract, headers, missing)
    return HeaderMatch(positions, tuple(unknown), len(headers))


def _missing(contract: Contract, headers: list[str], missing: list[str]) -> FileRefusedError:
    problem = f"{'a header is' if len(missing) == 1 else 'headers are'} missing: "
    problem += ", ".join(missing)
    expected = "the headers " + ", ".join(c.header for c in contract.columns if c.in_header)
    column = f"'{missing[0]}'"
    for character, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(headers) <= 2 and sum(header.count(character) for header in headers) >= 2:
            hint = f"the columns seem to be separated by {name}: save the file with commas"
            return FileRefusedError(
                problem, line=1, column=column, expected=expected, next_step=hint
            )
    hint = "send the file with these headers on its first line, in any order"
    return HeadersMissingError(problem, line=1, column=column, expected=expected, next_step=hint)
