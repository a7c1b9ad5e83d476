"""One contract, any container: a CSV (plain or gzip) or a workbook, read as a text table."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.landing.reader import SupplierFile
from flows.landing.tables.contract import Contract
from flows.landing.tables.csv_text import read_csv
from flows.landing.tables.joined_sheets import Place, joined_sheets
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.sheets import find_tables, text_table
from flows.landing.tables.text import Reject, TextTable
from flows.landing.tables.typed_values import typed_rows
from flows.landing.tables.workbook import is_workbook, read_workbook

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.landing.tables.typed_values import RowRule

# The largest lookup of the ONS (every postcode) has about 1 GB; those of LSOAs have 10 MB.
MAX_UNPACKED_BYTES = 1 << 30


def is_table(name: str) -> bool:
    """Say by its name whether a file is a CSV, a packed CSV or a workbook."""
    return name.lower().endswith((".csv", ".csv.gz")) or is_workbook(name)


def read_table(file: SupplierFile, contract: Contract) -> tuple[TextTable, Place]:
    """Read a contract's table; of a workbook, those of all sheets that have it, as one.

    Line numbers are those of the file, or of the sheet, and go on from sheet to sheet; what is
    given beside the table says where a line is, where there are several sheets. Raises
    FileRefusedError if there is no such table.
    """
    if is_workbook(file.name):
        found = find_tables(read_workbook(file.data), contract)
        return joined_sheets([(one[0], text_table(*one)) for one in found], contract)
    return read_csv(unpacked(file), contract), lambda line: ""


def read_typed(
    file: SupplierFile, contract: Contract, rules: Sequence[RowRule] = ()
) -> tuple[pa.Table, list[Reject], str, list[str]]:
    """Read and type a contract's rows: the rows, the rejects, the encoding, notes.

    A note names the headers that the contract does not know and that were left unread.
    """
    text, place = read_table(file, contract)
    table, bad = typed_rows(text, contract, rules)
    rejects = [
        replace(reject, reason=place(reject.line) + reject.reason)
        for reject in sorted([*text.rejects, *bad], key=lambda reject: reject.line)
    ]
    headers = ", ".join(dict.fromkeys(header for header in text.unknown_headers if header.strip()))
    return (
        table,
        rejects,
        text.encoding,
        [f"columns not in the contract, not read: {headers}"] if headers else [],
    )


def unpacked(file: SupplierFile) -> bytes:
    """Give a file's bytes, unpacked where its name ends in .gz, up to a limit."""
    if not file.name.lower().endswith(".gz"):
        return file.data
    try:
        with gzip.open(io.BytesIO(file.data)) as stream:
            data = stream.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise FileRefusedError(
            "the gzip file is cut off or damaged",
            expected="a whole gzip file",
            next_step="fetch or ask for the file again",
        ) from None
    if len(data) > MAX_UNPACKED_BYTES:
        raise FileRefusedError(
            "the gzip file unpacks to more than can be right",
            expected=f"at most {MAX_UNPACKED_BYTES >> 20} MiB",
            next_step="do not unpack it; ask its sender what it is",
        )
    return data
