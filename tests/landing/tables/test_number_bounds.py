"""No number of a contract is without bounds: a count of 1e30 fails the build of every figure."""

from __future__ import annotations

import pyarrow as pa
import pytest

from flows.landing.reader import SupplierFile
from flows.landing.sources import SOURCES
from flows.landing.sources.population import read_population
from flows.landing.tables.contract import Column
from flows.landing.tables.text import TextTable
from flows.landing.tables.typed_values import parse_value, typed_rows
from tests.landing.sources.official.workbooks import ons_sheets, xlsx

NUMBERS = [
    pytest.param(column, id=f"{source}.{column.name}")
    for source in SOURCES
    for reader in SOURCES[source].readers
    for column in reader.contract.columns
    if column.kind == "number" and column.landed
]


@pytest.mark.parametrize("column", NUMBERS)
@pytest.mark.parametrize("word", ["1e30", "-1e30", "1e999", "123456789012", "1e10"])
def test_no_column_takes_a_number_beyond_reason(column: Column, word: str) -> None:
    assert parse_value(column, word) is None
    for repeats in (True, False):
        words = pa.array(["1", word])
        array = words.dictionary_encode() if repeats else words
        text = TextTable({column.name: array}, pa.array([2, 3]), "", lambda line: "")
        contract = type(SOURCES["asb"].readers[0].contract)("one", (column,))
        assert 3 in [reject.line for reject in typed_rows(text, contract)[1]]


def test_a_number_beyond_reason_in_a_wide_table_is_a_reject() -> None:
    data = b"Area code,2022,2023\nE08000027,1e30,5\n"
    reading = read_population(SupplierFile("population.csv", data))
    assert reading.table["population"].to_pylist() == [5]
    assert [(one.line, one.column) for one in reading.rejects] == [(2, "2022")]
    sheets = ons_sheets()
    name, row, column = next(
        (name, row, column)
        for name, cells in sheets.items()
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if isinstance(cell, int) and column >= 6
    )
    (reader,) = SOURCES["ons_pfa_tables"].readers
    before = reader.read(SupplierFile("tables.xlsx", xlsx(sheets)))
    sheets[name][row][column] = 1e30
    after = reader.read(SupplierFile("tables.xlsx", xlsx(sheets)))
    assert len(after.rejects) == len(before.rejects) + 1
    assert after.rows_read == before.rows_read
