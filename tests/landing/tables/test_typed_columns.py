"""Values against a column's contract, in bulk and one by one alike."""

from __future__ import annotations

import pyarrow as pa
import pytest

from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.text import TextTable
from flows.landing.tables.typed_values import typed_rows


@pytest.mark.parametrize("repeats", [True, False])
@pytest.mark.parametrize(
    ("word", "value"),
    [("12", 12.0), ("-1.5", -1.5), ("+3", 3.0), (" 4 ", 4.0), ("1e3", 1000.0)]
    + [(word, None) for word in ("inf", "nan", "1,000", "1_000", "0x10", "12%", "twelve", "1e999")],
)
def test_numbers_are_finite_decimal_and_plain(
    word: str, value: float | None, repeats: bool
) -> None:
    contract = Contract("numbers", (Column("n", "N", "number", "", "", repeats=repeats),))
    words = pa.array(["7", word, None])
    text = TextTable(
        {"n": words.dictionary_encode() if repeats else words},
        pa.array([2, 3, 4]),
        "utf-8",
        {2: "7", 3: word, 4: ""}.__getitem__,
    )
    table, rejects = typed_rows(text, contract)
    if value is None:
        assert table["n"].to_pylist() == [7.0, None]
        assert [(reject.line, reject.column) for reject in rejects] == [(3, "N")]
    else:
        assert table["n"].to_pylist() == [7.0, value, None]
        assert rejects == []


def test_a_missing_optional_column_is_null_and_a_missing_required_one_rejects() -> None:
    text = TextTable({}, pa.array([2]), "utf-8", lambda line: "raw")
    optional = Contract("c", (Column("d", "D", "date", "", "", in_header=False),))
    table, rejects = typed_rows(text, optional)
    assert (table["d"].to_pylist(), rejects) == ([None], [])
    needed = Contract("c", (Column("d", "D", "date", "", "", in_header=False, required=True),))
    table, rejects = typed_rows(text, needed)
    assert (table.num_rows, len(rejects)) == (0, 1)
