"""What a supplier wrote cannot steer the terminal of the person who reads about it."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from flows.landing import land_inbox
from flows.night.summary import NightSummary, RefusedFile
from flows.reporting.night_summary import print_summary
from flows.reporting.supplier_text import escape, with_its_place
from flows.visible_text import visible
from tests.landing.conftest import RETURN_HEADER, RETURN_ROW, Inbox, inbox, returned

__all__ = ["inbox"]

STEERING = {
    "\x1b]0;title\x07": "\\x1b]0;title\\x07",
    "\x1b[2J": "\\x1b[2J",
    "\u202egnp.exe": "\\u202egnp.exe",
    "\u2066x": "\\u2066x",
    "\u200f": "\\u200f",
    "\x9b31m": "\\x9b31m",
    "\r": "\\x0d",
    "\udcff": "\\udcff",
}


@pytest.mark.parametrize("text", STEERING, ids=ascii)
def test_what_steers_a_terminal_is_spelt_out(text: str) -> None:
    assert visible(text) == STEERING[text]
    assert visible(f"a\n{text}", one_line=True) == f"a\\x0a{STEERING[text]}"
    assert escape("[red]" + text) == "\\[red]" + STEERING[text]


def test_plain_text_stays() -> None:
    text = "Ynys M\u00f4n \u2013 \u201c\u00a31,000\u201d\tname\nnext"
    assert visible(text) == text


def test_a_place_is_said_once() -> None:
    reason = "asb/2017-11-01/a.csv, line 3: it is none"
    assert with_its_place("asb/2017-11-01/a.csv", reason) == reason
    assert with_its_place("asb/", "it is none") == "asb/: it is none"


def test_names_and_headings_of_suppliers_do_not_reach_the_terminal_raw(inbox: Inbox) -> None:
    inbox.put("partner_returns/2017-11-01/\x1b[31m\u202efdp.csv", b"x\n1\n")
    heading = RETURN_HEADER + ",\x1b]0;owned\x07\u202e"
    inbox.put("partner_returns/2017-11-01/good.csv", returned(RETURN_ROW + ",", header=heading))
    report = land_inbox(inbox.folder)
    summary = NightSummary("1", 1, "2025-01-01T00:00:00+00:00", notes=list(report.notes))
    summary.refused = [RefusedFile(one.file, one.reason) for one in report.quarantined]
    out = io.StringIO()
    print_summary(summary, inbox.folder, Console(file=out, width=400, force_terminal=False))
    printed = out.getvalue()
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)
    assert printed.count("\\x1b[31m\\u202efdp.csv") == 1
    assert "owned" in printed
