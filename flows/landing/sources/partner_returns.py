"""Partner returns: counts and proportions by area, indicator and period, as a long CSV.

One row is one figure: a numerator, with or without its denominator, or a value alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flows.landing.contract import Column, Contract
from flows.landing.reader import Coverage, Reader, Reading, Source, SupplierFile

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.landing.typed_columns import Fault

KEY = ("area", "indicator_id", "period_start", "period_end")
FIGURES = ("numerator", "denominator", "value")

RETURN = Contract(
    "partner_returns",
    (
        Column(
            "area",
            "area",
            "text",
            "The area that the figure is of, by name or by ONS code, as the partner writes it.",
            "Dudley",
            required=True,
            max_length=200,
        ),
        Column(
            "indicator_id",
            "indicator",
            "text",
            "The indicator's id, as in the list of indicators.",
            "total_recorded_crime",
            required=True,
            pattern=r"[a-z][a-z0-9_]{0,99}",
            pattern_in_words="an indicator's id: small letters, digits and underscores",
            aliases=("indicator id",),
        ),
        Column(
            "period_start",
            "period_start",
            "date",
            "First day of the period.",
            "2017-07-01",
            required=True,
        ),
        Column(
            "period_end",
            "period_end",
            "date",
            "Last day of the period, the day itself included.",
            "2017-09-30",
            required=True,
        ),
        Column(
            "numerator",
            "numerator",
            "number",
            "The count: cases, offences, persons.",
            "5231",
            minimum=0,
        ),
        Column(
            "denominator",
            "denominator",
            "number",
            "What the count is out of, in the same unit; empty where the figure is a count only.",
            "8049",
            minimum=0,
        ),
        Column(
            "value",
            "value",
            "number",
            "The figure itself, where the partner gives no numerator.",
            "64.9",
            in_header=False,
        ),
        Column(
            "source_document",
            "source_document",
            "text",
            "Where the partner took the figure from.",
            "Performance report, Q2 2017/18, page 4",
        ),
        Column(
            "note",
            "note",
            "text",
            "Remarks for people; never landed.",
            "",
            in_header=False,
            landed=False,
            max_length=32_767,
        ),
    ),
)


def period_in_order(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows whose period ends before it begins."""
    import pyarrow.compute as pc

    from flows.landing.typed_columns import Fault

    wrong = pc.less(table.column("period_end"), table.column("period_start"))
    return [Fault("period_end", "expected a day on or after period_start", wrong)]


def figure_given(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows without a figure, and those whose figure cannot be out of its denominator."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from flows.landing.typed_columns import Fault

    numerator, denominator = table.column("numerator"), table.column("denominator")
    none = pc.and_(pc.is_null(numerator), pc.is_null(table.column("value")))
    of_nothing = pc.and_(
        pc.equal(denominator, pa.scalar(0.0)), pc.greater(numerator, pa.scalar(0.0))
    )
    return [
        Fault("numerator", "a figure is missing; expected a numerator or a value", none),
        Fault("denominator", "expected more than 0 where the numerator is more than 0", of_nothing),
    ]


def figure_given_once(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find figures that stand twice: a repeat counts once, a contradiction not at all."""
    import pyarrow as pa

    from flows.landing.typed_columns import Fault

    rows_of: dict[tuple[object, ...], list[int]] = defaultdict(list)
    columns = [table.column(name).to_pylist() for name in KEY]
    for row, (area, *rest) in enumerate(zip(*columns, strict=True)):
        if area is not None and None not in rest:
            rows_of[(area.casefold(), *rest)].append(row)
    figures = list(zip(*(table.column(name).to_pylist() for name in FIGURES), strict=True))
    faults = []
    for rows in rows_of.values():
        if len(rows) == 1:
            continue
        numbers = [lines[row].as_py() for row in rows]
        if len({figures[row] for row in rows}) == 1:
            bad, reason = rows[1:], f"repeats line {numbers[0]}; expected every figure once"
        else:
            listed = ", ".join(str(number) for number in numbers)
            bad = rows
            reason = f"lines {listed} give different figures for one area, indicator and period"
        mask = [False] * table.num_rows
        for row in bad:
            mask[row] = True
        faults.append(Fault("indicator", reason, pa.array(mask)))
    return faults


def read_return(file: SupplierFile) -> Reading:
    """Read one return; it covers exactly the figures that it gives."""
    from flows.landing.csv_text import read_csv
    from flows.landing.typed_columns import typed_rows

    text = read_csv(file.data, RETURN)
    rules = [period_in_order, figure_given, figure_given_once]
    table, rejects = typed_rows(text, RETURN, rules)
    keys = zip(*(table.column(name).to_pylist() for name in KEY), strict=True)
    areas = sorted(set(table.column("area").to_pylist()))
    return Reading(
        table,
        sorted([*text.rejects, *rejects], key=lambda reject: reject.line),
        areas[0] if len(areas) == 1 else f"{len(areas)} areas",
        [Coverage(*key) for key in keys],
        text.encoding,
        [f"columns not in the contract, not read: {', '.join(text.unknown_headers)}"]
        if text.unknown_headers
        else [],
    )


SOURCE = Source(
    "partner_returns",
    (
        Reader(
            dataset="partner_returns",
            contract=RETURN,
            version="1",
            accepts=lambda name: name.lower().endswith(".csv"),
            read=read_return,
            clash="values",
            key=KEY,
            compared=FIGURES,
        ),
    ),
    "long CSV returns, or a ZIP of them",
)
