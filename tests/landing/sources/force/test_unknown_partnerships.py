"""Partnerships that a force names and nobody knows: named, counted, held back if many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from expectations.results import CheckResult
from flows.checking import check_sources
from flows.landing import land_inbox, write_catalog

from .conftest import PLACE, extract, row

pytestmark = pytest.mark.usefixtures("by_limits")


def of(area: str, records: int, month: str = "07", lsoa: str = "") -> list[dict[str, str]]:
    one = {"Local_Authority": area, "Date_Recorded": f"14/{month}/2025", "LSOA_Code": lsoa}
    return [one] * records


def file_of(rows: Iterable[dict[str, str]]) -> bytes:
    return extract(*(row(Crime_Number=f"MADE/UP/{n}", **one) for n, one in enumerate(rows, 1)))


def checked(inbox: Any, *rows: dict[str, str]) -> dict[str, CheckResult]:
    """Land an extract of these records; give its checks by name."""
    inbox.put(PLACE, file_of(rows))
    assert land_inbox(inbox.folder).quarantined == []
    write_catalog(inbox.folder)
    return {
        result.check_id.split(".")[2]: result
        for result in check_sources(inbox.folder).results
        if result.check_id.startswith("source.force_extract.")
    }


@pytest.mark.parametrize(
    "words",
    [
        ("Dudley", "E22000337", "E08000027"),
        # former districts, and one of two authorities in a partnership
        ("Mendip", "E07000187", "south  somerset", "Redditch"),
        ("Unknown", "Out of force", "n/a"),
    ],
)
def test_a_partnership_an_authority_in_one_and_a_word_for_no_place_pass(
    force_inbox: Any, words: tuple[str, ...]
) -> None:
    found = checked(force_inbox, *(one for word in words for one in of(word, 12)))
    assert found["partnerships_unknown"].status == "passed"
    assert found["partnerships_unknown_share"].status == "passed"


def test_a_few_are_named_with_what_they_may_mean_and_are_a_warning(force_inbox: Any) -> None:
    rows = [*of("Dudley", 20), *of("Dudly", 2), *of("Cumberland", 1), *of("John Smith", 1)]
    found = checked(force_inbox, *rows)
    warned = found["partnerships_unknown"]
    assert (warned.status, warned.severity) == ("failed", "warning")
    assert (
        "4 ('Dudly' 2 times, did you mean Dudley?; 'Cumberland' once, Cumberland lies in the "
        in (warned.observed)
    )
    assert "; 1 more word not shown)" in warned.observed
    assert "Smith" not in warned.observed
    assert found["partnerships_unknown_share"].status == "passed"


def test_one_month_in_which_many_are_unknown_holds_the_load_back(force_inbox: Any) -> None:
    rows = [*of("Dudley", 400, "06"), *of("Dudley", 10), *of("Dudly", 11)]
    failed = checked(force_inbox, *rows)["partnerships_unknown_share"]
    assert (failed.status, failed.severity) == ("failed", "critical")
    assert "'Dudly' 11 times, did you mean Dudley?" in failed.observed


def test_a_tenth_of_a_month_is_none_too_many(force_inbox: Any) -> None:
    found = checked(force_inbox, *of("Dudley", 108), *of("Dudly", 12))
    assert found["partnerships_unknown_share"].status == "passed"
    assert found["partnerships_unknown"].status == "failed"


def test_an_lsoa_places_a_record_whatever_its_partnership_is_called(force_inbox: Any) -> None:
    found = checked(force_inbox, *of("Dudley", 2), *of("Dudly", 20, lsoa="E01009862"))
    assert found["partnerships_unknown"].status == "passed"
    assert found["partnerships_unknown_share"].status == "passed"
