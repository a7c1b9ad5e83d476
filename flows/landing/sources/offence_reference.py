"""The Home Office's offence reference table: which subgroup and group an offence code is of.

Licence of the data: Open Government Licence v3.0. It comes with the recorded crime open data
(`Reference Tables`), in most editions as a workbook. A newer extract replaces the whole list. Codes
that data/seeds/offence_codes.csv has keep what stands there; others count in what every listed
code of their subgroup counts in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import OFFENCE_DESCRIPTION
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract

if TYPE_CHECKING:
    import pyarrow as pa

OFFENCES = Contract(
    "offence_reference",
    (
        Column(
            "offence_code",
            "Offence Code",
            "text",
            "Home Office offence code.",
            "28E",
            required=True,
            max_length=40,
            aliases=("HO Offence Code", "Home Office Offence Code", "Code"),
        ),
        OFFENCE_DESCRIPTION,
        Column(
            "offence_subgroup",
            "Offence Subgroup",
            "text",
            "Home Office subgroup.",
            "Domestic burglary",
            required=True,
            aliases=(
                "Offence Sub-group",
                "Offence Sub Group",
                "New ONS sub-offence group",
                "Subgroup",
            ),
        ),
        Column(
            "offence_group",
            "Offence Group",
            "text",
            "Home Office group.",
            "Theft offences",
            required=True,
            aliases=("New ONS offence group", "Group"),
        ),
        Column(
            "valid_from",
            "valid_from",
            "date",
            "First day on which the code is recorded; empty: always.",
            "",
            in_header=False,
        ),
        Column(
            "valid_to",
            "valid_to",
            "date",
            "Last day on which the code is recorded; empty: still.",
            "",
            in_header=False,
        ),
    ),
)
SCOPE = "offence codes"


def _covered(table: pa.Table) -> Iterator[Coverage]:
    if table.num_rows:
        yield Coverage(SCOPE, "*", date(1900, 1, 1), date(9999, 12, 31))


def read_reference(file: SupplierFile) -> Reading:
    """Read the table, a row a code; raises FileRefusedError where no sheet has its columns."""
    once = stated_once(
        ("offence_code", "valid_from"),
        ("offence_subgroup", "offence_group"),
        "offence_subgroup",
        "offence code",
        required=("offence_code",),
    )
    reading = read_long_table(file, OFFENCES, [once], _covered, scope_column="offence_code")
    reading.scope = SCOPE
    return reading


FILES = SourceFiles(
    (
        Reader(
            dataset="offence_reference",
            contract=OFFENCES,
            accepts=is_table,
            read=read_reference,
        ),
    ),
)
