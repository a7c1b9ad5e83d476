"""A figure is stated once in a file: a repeat counts once, a contradiction not at all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyarrow as pa

from flows.landing.sources.rules.area_names import folded_key
from flows.landing.tables.typed_values import Fault

if TYPE_CHECKING:
    from flows.landing.tables.typed_values import RowRule


def stated_once(
    key: tuple[str, ...],
    figures: tuple[str, ...],
    header: str,
    what: str,
    required: tuple[str, ...] | None = None,
) -> RowRule:
    """Make a rule over rows with the same key: equal repeats are rejects, so are contradictions.

    Text of the key is compared without regard to case, an `area` by what it means. Rows with an
    empty `required` part of the key (all parts, unless named) are another rule's; `what` names the
    key's parts in words.
    """
    must = key if required is None else required

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        rows_of: dict[tuple[object, ...], list[int]] = defaultdict(list)
        columns = [table.column(name).to_pylist() for name in key]
        for row, parts in enumerate(zip(*columns, strict=True)):
            named = dict(zip(key, parts, strict=True))
            if all(named[name] is not None for name in must):
                folded = (folded_key(name, part) for name, part in named.items())
                rows_of[tuple(folded)].append(row)
        stated = list(zip(*(table.column(name).to_pylist() for name in figures), strict=True))
        faults = []
        for rows in rows_of.values():
            if len(rows) == 1:
                continue
            numbers = [lines[row].as_py() for row in rows]
            if len({stated[row] for row in rows}) == 1:
                bad, reason = rows[1:], f"repeats line {numbers[0]}; expected every figure once"
            else:
                listed = ", ".join(str(number) for number in numbers)
                bad, reason = rows, f"lines {listed} give different figures for one {what}"
            mask = [False] * table.num_rows
            for row in bad:
                mask[row] = True
            faults.append(Fault(header, reason, pa.array(mask)))
        return faults

    return rule
