"""A count is a whole number: one rule for every source of counts."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.tables.typed_values import Fault, RowRule


def whole_numbers(column: str, header: str) -> RowRule:
    """Make the rule that a column holds whole numbers only; an empty cell is another rule's."""

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        numbers = table.column(column)
        not_whole = pc.not_equal(numbers, pc.floor(numbers))
        return [Fault(header, "expected a whole number", not_whole)]

    return rule
