"""Targets and breaks, as the partnership keeps them, and weights of severity."""

from __future__ import annotations

from flows.demo.inbox_writer import InboxWriter
from flows.demo.offences import UNKNOWN_CODE, offences_of
from flows.demo.plan import LAST_MONTH, Delivery
from flows.demo.spreadsheet import Cell
from flows.demo.tables import csv_text

_DOCUMENT = "SYNTHETIC community safety plan"
_TARGETS: list[list[Cell]] = [
    ["Dudley", "total_recorded_crime", "quarter", "2017-09-30", 4900, _DOCUMENT],
    ["Dudley", "total_recorded_crime", "ytd", "2017-09-30", 9600, _DOCUMENT],
    ["Dudley", "asb_calls_for_service", "ytd", "2017-09-30", 18000, _DOCUMENT],
    ["Dudley", "total_recorded_crime", "financial_year", "2018-03-31", 19500, _DOCUMENT],
    ["Wolverhampton", "total_recorded_crime", "financial_year", "2018-03-31", 20500, _DOCUMENT],
    ["Wolverhampton", "knife_crime", "financial_year", "2018-03-31", 205, _DOCUMENT],
    ["Wolverhampton", "public_confidence", "financial_year", "2018-03-31", 70, _DOCUMENT],
]
_BREAK = "SYNTHETIC: the force moved its incidents to a new system in November 2016"


def write_targets(inbox: InboxWriter, delivery: Delivery) -> None:
    """Write dated targets."""
    header: list[Cell] = [
        "area", "indicator", "period_type", "period_end", "target_value", "source_document"
    ]  # fmt: skip
    inbox.write(
        "targets", delivery.extract_date, "targets-synthetic.csv", csv_text([header, *_TARGETS])
    )


def write_breaks(inbox: InboxWriter, delivery: Delivery) -> None:
    """Write one break, of a series that no report's figure needs."""
    rows: list[list[Cell]] = [
        ["source", "indicator", "area", "break_date", "break_note"],
        ["asb", "asb_incidents", "*", "2016-11-01", _BREAK],
    ]
    inbox.write("breaks", delivery.extract_date, "breaks-synthetic.csv", csv_text(rows))


def write_severity_weights(inbox: InboxWriter, delivery: Delivery) -> None:
    """Write a scheme of weights: rarer offences weigh more, which is as good as any made-up one."""
    codes = {
        offence.code: round(20 / (offence.share + 0.002) ** 0.5)
        for month in (LAST_MONTH.replace(year=2017), LAST_MONTH)
        for offence in offences_of(month)
        if offence.code != UNKNOWN_CODE
    }
    rows: list[list[Cell]] = [["scheme", "offence_code", "weight", "source"]]
    rows += [["synthetic", code, weight, _DOCUMENT] for code, weight in sorted(codes.items())]
    inbox.write("severity_weights", delivery.extract_date, "weights-synthetic.csv", csv_text(rows))
