"""Severity weights: how much harm one offence stands for, by offence code or by indicator.

The ONS's Crime Severity Score weights, the Cambridge Crime Harm Index or a scheme of one's own:
anyone who may use a scheme supplies it. None comes with the project. Schemes lie side by side and
are never added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import SCHEME
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.typed_values import Fault

if TYPE_CHECKING:
    import pyarrow as pa

KEY = ("scheme", "offence_code", "indicator_id", "valid_from")
_FIRST_DAY = date(1900, 1, 1)
_LAST_DAY = date(9999, 12, 31)

WEIGHTS = Contract(
    "severity_weights",
    (
        Column(
            "scheme",
            "scheme",
            "text",
            "Name of the scheme, with its edition.",
            "own_2024",
            required=True,
            **SCHEME,
        ),
        Column(
            "offence_code",
            "offence_code",
            "text",
            "Home Office offence code that the weight is for; empty where `indicator` is given.",
            "28E",
            in_header=False,
            pattern=r"[0-9A-Za-z/.]{1,10}",
            pattern_in_words="an offence code such as 28E or 105A",
            aliases=("offence code", "ho code"),
        ),
        Column(
            "indicator_id",
            "indicator",
            "text",
            "Indicator that the weight is for, where the records carry no offence code "
            "(data.police.uk's categories); empty where `offence_code` is given.",
            "burglary",
            in_header=False,
            pattern=r"[a-z][a-z0-9_]{0,99}",
            pattern_in_words="an indicator's id: small letters, digits and underscores",
            aliases=("indicator id", "category"),
        ),
        Column(
            "weight",
            "weight",
            "number",
            "Harm of one offence, in the unit of the scheme (days of imprisonment).",
            "438",
            required=True,
            minimum=0,
        ),
        Column(
            "valid_from",
            "valid_from",
            "date",
            "First day of the recorded date for which it holds; empty: always.",
            "",
            in_header=False,
        ),
        Column(
            "valid_to",
            "valid_to",
            "date",
            "Last day for which it holds; empty: still.",
            "",
            in_header=False,
        ),
        Column(
            "source",
            "source",
            "text",
            "Where the weight is from, and under which terms.",
            "Own weights, see the minutes of May 2024",
            required=True,
        ),
    ),
)


def one_key(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows with neither an offence code nor an indicator, or with both."""
    same = pc.equal(
        pc.is_valid(table.column("offence_code")), pc.is_valid(table.column("indicator_id"))
    )
    return [Fault("offence_code", "expected an offence code or an indicator, one of the two", same)]


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for scheme in sorted(set(table.column("scheme").to_pylist())):
        yield Coverage(scheme, "*", _FIRST_DAY, _LAST_DAY)


def read_weights(file: SupplierFile) -> Reading:
    """Read weights, a row each; a newer extract of a scheme replaces the whole scheme."""
    once = stated_once(
        KEY,
        ("weight",),
        "weight",
        "scheme, offence_code, indicator and valid_from",
        required=("scheme",),
    )
    return read_long_table(file, WEIGHTS, [one_key, once], _covered, scope_column="scheme")


FILES = SourceFiles(
    (
        Reader(
            dataset="severity_weights",
            contract=WEIGHTS,
            accepts=is_table,
            read=read_weights,
        ),
    ),
)
