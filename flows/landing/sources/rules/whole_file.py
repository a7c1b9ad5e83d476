"""Reading a long table whole: text by the contract, typed rows, rejects, and what it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from flows.landing.reader import Coverage, Reading, SupplierFile
from flows.landing.tables.any_format import read_typed
from flows.landing.tables.contract import Contract
from flows.landing.tables.text import Reject

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.landing.tables.typed_values import RowRule

# Rejected lines of sources about persons are kept by number and reason alone.
WITHHELD_TEXT = "(not kept: the line may hold personal data)"


def read_long_table(
    file: SupplierFile,
    contract: Contract,
    rules: Sequence[RowRule],
    covered: Callable[[pa.Table], Iterable[Coverage]],
    *,
    keeps_rejected_text: bool = True,
    scope_column: str = "area",
) -> Reading:
    """Read a CSV or workbook by its contract and rules.

    `covered` gives what the good rows cover; repeats of it are dropped. The load's scope is the
    one value of `scope_column`, or how many there are. Raises FileRefusedError for no such table.
    """
    table, rejects, encoding, notes = read_typed(file, contract, rules)
    rejects = sorted(rejects, key=lambda reject: reject.line)
    if not keeps_rejected_text:
        rejects = [Reject(one.line, one.column, one.reason, WITHHELD_TEXT) for one in rejects]
    scopes = sorted({scope for scope in table.column(scope_column).to_pylist() if scope})
    return Reading(
        table,
        rejects,
        scopes[0] if len(scopes) == 1 else f"{len(scopes)} {scope_column}s",
        list(dict.fromkeys(covered(table))),
        encoding,
        notes,
    )
