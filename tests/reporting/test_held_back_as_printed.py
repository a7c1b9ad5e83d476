"""What is printed of loads that are held back: each is named, what to do is said once for all."""

from __future__ import annotations

import io

from rich.console import Console

from flows.landing.ledger.held_back import FailedCheck, HeldBackLoad
from flows.reporting.night_summary import print_held_back

THIN = FailedCheck("thin_months", "Each month has records.", "1 of 90", "none", "Ask the force.")
BARE = FailedCheck("bare_areas", "Each area has records.", "2 of 7", "none", "Ask the council.")


def _load(file: str, *checks: FailedCheck) -> HeldBackLoad:
    return HeldBackLoad(file, "asb", file, "2025-10-05", checks, "Nothing stands in its place")


def _printed(*loads: HeldBackLoad) -> str:
    out = io.StringIO()
    print_held_back(list(loads), Console(file=out, width=80))
    return out.getvalue()


def test_what_to_do_is_said_once_for_loads_that_fail_the_same_checks() -> None:
    printed = _printed(_load("a.csv", THIN), _load("b.csv", BARE), _load("c.csv", THIN))
    assert "Held back  3 loads" in printed
    assert [printed.count(f"asb/2025-10-05/{file}.csv: ") for file in "abc"] == [1, 1, 1]
    assert printed.count("Next: ") == 2
    assert printed.count("--let-through thin_months") == 1
    assert "Next: for each of these 2: Ask the force." in printed
    assert "then csp withdraw its place as written above" in printed
    assert printed.index("c.csv: ") < printed.index("Ask the force.") < printed.index("b.csv: ")


def test_a_load_alone_is_withdrawn_by_its_place() -> None:
    printed = _printed(_load("a list.csv", THIN, BARE))
    assert "Next: Ask the force. Ask the council. If the file is right" in printed
    assert "--let-through thin_months --let-through bare_areas --reason" in printed
    assert printed.rstrip().endswith("then csp withdraw 'asb/2025-10-05/a list.csv'")
