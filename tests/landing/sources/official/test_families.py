"""Family lists: several schemes side by side, members once at a time."""

from __future__ import annotations

from datetime import date

import pytest

from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources.families import read_membership

from .workbooks import xlsx

HEADER = "scheme,area,neighbour,valid_from,valid_to,source"


def read(*rows: str, header: str = HEADER) -> Reading:
    text = "".join(line + "\n" for line in (header, *rows))
    return read_membership(SupplierFile("families.csv", text.encode()))


def test_schemes_lie_side_by_side_and_each_family_is_covered() -> None:
    reading = read(
        "msf,Dudley,Walsall,2015-04-01,2019-03-31,own list",
        "msf,Dudley,Walsall,2019-04-01,,own list",
        "cipfa,Dudley,E22000345,01/04/2018,,own list",
    )
    assert reading.rejects == []
    assert reading.scope == "cipfa, msf"
    assert [(c.scope, c.period_start, c.period_end) for c in reading.coverage] == [
        ("cipfa: Dudley", date(2018, 4, 1), date(9999, 12, 31)),
        ("msf: Dudley", date(2015, 4, 1), date(9999, 12, 31)),
    ]


def test_a_workbook_is_read_too() -> None:
    sheets = {
        "List": [["My families"], HEADER.split(","), ["msf", "Dudley", "Walsall", "", "", "x"]]
    }
    reading = read_membership(SupplierFile("families.xlsx", xlsx(sheets)))
    (row,) = reading.table.to_pylist()
    assert (row["area"], row["neighbour"], row["valid_from"]) == ("Dudley", "Walsall", None)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("MSF,Dudley,Walsall,,,x", "scheme"),
        (",Dudley,Walsall,,,x", "scheme"),
        ("msf,,Walsall,,,x", "area"),
        ("msf,Dudley,,,,x", "neighbour"),
        ("msf,Dudley,Walsall,2015-04-31,,x", "valid_from"),
        ("msf,Dudley,Walsall,2019-04-01,2015-04-01,x", "valid_to"),
        ("msf,Dudley,Walsall,,,", "source"),
        ("msf,Dudley,leeds,2016-01-01,,x", "neighbour"),
    ],
)
def test_a_membership_that_breaks_the_contract_is_rejected(row: str, column: str) -> None:
    reading = read("msf,Dudley,Leeds,2015-04-01,2016-12-31,x", row)
    assert [(reject.line, reject.column) for reject in reading.rejects] == [(3, column)]
    assert reading.table.num_rows == 1
