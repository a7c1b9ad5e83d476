"""Files as they should not be: the run quarantines them with a reason, and goes on."""

from __future__ import annotations

from flows.demo.inbox_writer import InboxWriter
from flows.demo.plan import Delivery
from flows.demo.spreadsheet import workbook

_TRUNCATED_TO = 300


def write_broken_files(inbox: InboxWriter, delivery: Delivery) -> None:
    """Write a workbook that broke off while it was copied, and a return with another header."""
    whole = workbook([["Area", "Indicator", "Apr 2017"], ["Dudley", "knife_crime", 12]])
    inbox.write(
        "force_counts",
        delivery.extract_date,
        "broken-synthetic-download.xlsx",
        whole[:_TRUNCATED_TO],
    )
    inbox.write(
        "partner_returns",
        delivery.extract_date,
        "wrong-header-synthetic.csv",
        "Borough,Measure,From,To,Result\nDudley,knife_crime,2017-04-01,2017-06-30,12\n",
    )
