"""Each check of its own that a force's extract has is broken once, and sound records break none."""

from __future__ import annotations

from typing import Any

import pytest

from expectations.every_load import whole_load
from expectations.registry import suite_of
from flows.landing import land_inbox, write_catalog
from tests.judged_profiles import failed_by_source

from .conftest import MAPPING, PLACE, extract, row

JULY = "14/07/2025 13:05"
WITH_WINDOW = MAPPING + "window: {from: 2025-06, to: 2025-07}\n"
# What one more record, or the mapping, says; and the check that must see it.
BROKEN: dict[str, tuple[dict[str, str], str]] = {
    "rows_of_unknown_code": ({"HO_Code": "999Z"}, MAPPING),
    "unknown_code_share": ({"HO_Code": "999Z"}, MAPPING),
    "months_missing": ({"Date_Recorded": "14/05/2025 13:05"}, MAPPING),
    "rows_outside_window": ({"Date_Recorded": "14/05/2025 13:05"}, WITH_WINDOW),
    "months_without_records": ({}, WITH_WINDOW),
    "rows_recorded_before_committed": (
        {"Team": "15/07/2025"},
        MAPPING.replace("  csp:", "  committed_from: Team\n  csp:"),
    ),
    "indicators_missing": ({"Knife": "perhaps", "Date_Recorded": "14/08/2025"}, MAPPING),
    "marker_words_unread": ({"DA_Flag": "perhaps"}, MAPPING),
    "repeated_references": ({"Crime_Number": "MADE/UP/1"}, MAPPING),
    "location_unknown_share": ({"Local_Authority": "", "LSOA_Code": ""}, MAPPING),
    "partnerships_unknown": ({"Local_Authority": "Dudly", "LSOA_Code": ""}, MAPPING),
    "partnerships_unknown_share": ({"Local_Authority": "Dudly", "LSOA_Code": ""}, MAPPING),
}


def failed(inbox: Any, mapping: str, *rows: str) -> set[str]:
    """Land these records by this mapping; give the checks of the source that they fail."""
    inbox.map(mapping)
    inbox.put(PLACE, extract(*rows))
    assert land_inbox(inbox.folder).quarantined == []
    write_catalog(inbox.folder)
    return failed_by_source(inbox.folder)["force_extract"]


def july(number: int, **changes: str) -> str:
    team = {"Team": "13/07/2025"}
    return row(**({"Crime_Number": f"MADE/UP/{number}", "Date_Recorded": JULY} | team | changes))


def test_every_check_of_its_own_is_broken_here() -> None:
    asked = {one.meta["slug"] for one in suite_of("sources", "force_extract").expectations}
    assert asked - {one.meta["slug"] for one in whole_load("")} == set(BROKEN)


def test_sound_records_break_none(force_inbox: Any) -> None:
    assert failed(force_inbox, MAPPING, *(july(number) for number in range(1, 6))) == set()


@pytest.mark.parametrize("check", BROKEN)
def test_a_fault_of_a_record_or_the_mapping_is_seen(force_inbox: Any, check: str) -> None:
    changes, mapping = BROKEN[check]
    sound = [july(number) for number in range(1, 6)]
    # a few records hold no extract back, whatever share they are
    broken = range(6, 18) if check == "partnerships_unknown_share" else [6]
    unsound = [july(number, **changes) for number in broken]
    assert check in failed(force_inbox, mapping, *sound, *unsound)
