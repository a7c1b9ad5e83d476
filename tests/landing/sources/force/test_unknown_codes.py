"""Offence codes that are not known on their recorded date: named, counted, held back if many."""

from __future__ import annotations

from typing import Any

import pytest

from expectations.results import CheckResult
from flows.checking import check_sources
from flows.landing import land_inbox, write_catalog

from .conftest import PLACE, extract, row

pytestmark = pytest.mark.usefixtures("by_limits")

REFERENCE = (
    "Offence Code,Offence Description,Offence Subgroup,Offence Group\n"
    "28Z,A burglary of a new kind,Residential burglary,Theft offences\n"
)


def checked(
    inbox: Any, codes: dict[str, int], *, reference: bool = False
) -> dict[str, CheckResult]:
    """Land an extract of July 2025 with so many records of each code; give its checks by name."""
    records = [code for code, number in codes.items() for _ in range(number)]
    rows = (
        row(Crime_Number=f"MADE/UP/{n}", HO_Code=code) for n, code in enumerate(records, start=1)
    )
    inbox.put(PLACE, extract(*rows))
    if reference:
        inbox.put("offence_reference/2025-10-01/reference.csv", REFERENCE)
    assert land_inbox(inbox.folder).quarantined == []
    write_catalog(inbox.folder)
    return {
        result.check_id.split(".")[2]: result
        for result in check_sources(inbox.folder).results
        if result.check_id.startswith("source.force_extract.")
    }


def test_codes_of_the_list_pass(force_inbox: Any) -> None:
    found = checked(force_inbox, {"8N": 90, "28I": 10})
    assert found["rows_of_unknown_code"].status == "passed"
    assert found["unknown_code_share"].status == "passed"


def test_one_in_a_hundred_is_named_and_no_more_than_warned_of(force_inbox: Any) -> None:
    found = checked(force_inbox, {"8N": 99, "28Z": 1})
    warned = found["rows_of_unknown_code"]
    assert (warned.status, warned.severity) == ("failed", "warning")
    assert "1 (28Z: 1)" in warned.observed
    assert found["unknown_code_share"].status == "passed"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("28Z", "28Z: 2"),
        # burglary in a dwelling ended on 31 March 2017: no code of July 2025
        ("28A", "28A: 2 in a year without it"),
    ],
)
def test_more_than_one_in_a_hundred_is_critical(force_inbox: Any, code: str, words: str) -> None:
    share = checked(force_inbox, {"8N": 98, code: 2})["unknown_code_share"]
    assert (share.status, share.severity) == ("failed", "critical")
    assert words in share.observed
    assert "raw/offence_reference" in share.next_step


def test_a_landed_reference_table_makes_its_codes_known(force_inbox: Any) -> None:
    found = checked(force_inbox, {"8N": 50, "28Z": 50}, reference=True)
    assert found["rows_of_unknown_code"].status == "passed"
    assert found["unknown_code_share"].status == "passed"


def test_what_does_not_look_like_a_code_is_counted_and_not_shown(force_inbox: Any) -> None:
    warned = checked(force_inbox, {"8N": 1, "JOHN SMITH": 1})["rows_of_unknown_code"]
    assert "SMITH" not in warned.observed
    assert "(no code): 1" in warned.observed
