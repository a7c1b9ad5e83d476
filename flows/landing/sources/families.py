"""Families: membership lists of most similar areas, under a scheme, with dates.

The Home Office's Most Similar Families are restricted: anyone who may use them supplies them.
Several schemes lie side by side and are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.shared_columns import SCHEME
from flows.landing.tables.any_format import is_table, read_typed
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.typed_values import Fault

KEY = ("scheme", "area", "neighbour", "valid_from")
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(9999, 12, 31)

MEMBERSHIP = Contract(
    "families",
    (
        Column(
            "scheme",
            "scheme",
            "text",
            "Name of the list.",
            "msf",
            required=True,
            **SCHEME,
        ),
        Column(
            "area",
            "area",
            "text",
            "Area whose family it is, by name or by ONS code.",
            "Dudley",
            required=True,
            aliases=("area name", "area code"),
        ),
        Column(
            "neighbour",
            "neighbour",
            "text",
            "Member of the family, by name or by ONS code; the area itself may be left out.",
            "Walsall",
            required=True,
            aliases=("member", "neighbour name", "neighbour code"),
        ),
        Column(
            "valid_from",
            "valid_from",
            "date",
            "First day of the membership; empty where it is not known.",
            "2015-04-01",
        ),
        Column(
            "valid_to",
            "valid_to",
            "date",
            "Last day of the membership; empty where it lasts.",
            "",
        ),
        Column(
            "source",
            "source",
            "text",
            "Where the list is from and under which terms.",
            "Home Office MSF 2015, restricted",
            required=True,
        ),
    ),
)


def dates_in_order(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find memberships that end before they begin."""
    wrong = pc.less(table.column("valid_to"), table.column("valid_from"))
    return [Fault("valid_to", "expected a day on or after valid_from", wrong)]


def member_once(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find members that stand twice in a family on one day: an average would count them twice."""
    columns = [table.column(name).to_pylist() for name in (*KEY, "valid_to")]
    spans: dict[tuple[str, ...], list[tuple[date, date, int]]] = defaultdict(list)
    reasons: dict[int, str] = {}
    for row, (scheme, area, neighbour, start, end) in enumerate(zip(*columns, strict=True)):
        if None in (scheme, area, neighbour):
            continue
        first, last = start or _FIRST_DAY, end or _LAST_DAY
        known = spans[scheme, area.casefold(), neighbour.casefold()]
        for other_first, other_last, other in known:
            if first <= other_last and other_first <= last:
                reasons[row] = (
                    f"is a member already by line {lines[other].as_py()}; expected each member "
                    "once at a time"
                )
                break
        else:
            known.append((first, last, row))
    faults = []
    for row, reason in reasons.items():
        mask = [False] * table.num_rows
        mask[row] = True
        faults.append(Fault("neighbour", reason, pa.array(mask)))
    return faults


def read_membership(file: SupplierFile) -> Reading:
    """Read one list; it covers the families (scheme and area) that it names."""
    table, rejects, encoding, notes = read_typed(file, MEMBERSHIP, [dates_in_order, member_once])
    bounds: dict[tuple[str, str], tuple[date, date]] = {}
    columns = [table.column(name).to_pylist() for name in ("scheme", "area", *KEY[3:], "valid_to")]
    for scheme, area, start, end in zip(*columns, strict=True):
        first, last = bounds.get((scheme, area), (_LAST_DAY, _FIRST_DAY))
        bounds[scheme, area] = (
            min(first, start or _FIRST_DAY),
            max(last, end or _LAST_DAY),
        )
    schemes = sorted({scheme for scheme, _ in bounds})
    return Reading(
        table,
        rejects,
        ", ".join(schemes),
        [Coverage(f"{s}: {area}", "*", *span) for (s, area), span in sorted(bounds.items())],
        encoding,
        notes,
    )


FILES = SourceFiles(
    (
        Reader(
            dataset="families",
            contract=MEMBERSHIP,
            accepts=is_table,
            read=read_membership,
        ),
    ),
)
