"""A force's file that was cut to some partnerships makes no zeros for the others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

JULY = date(2025, 7, 1)
#: West has four partnerships, of which D is as small as the Isles of Scilly; BTP has none.
AREAS = [
    *((code, "csp", "west") for code in "ABCD"),
    ("west", "force", "west"),
    ("west_unknown", "location_unknown", "west"),
    ("btp", "force", "btp"),
    ("btp_unknown", "location_unknown", "btp"),
]


def spoken_for(models: Any, files: dict[str, tuple[str, dict[str, int]]]) -> dict[str, set[str]]:
    """Give the areas that each load speaks for; `files`: its scope and its rows by area."""
    models.fill("areas", "area_code varchar, area_type varchar, force_code varchar", AREAS)
    models.fill(
        "int_scope_areas",
        "scope varchar, area_code varchar",
        [*((force, code) for code, _, force in AREAS), ("Alpha", "A")],
    )
    models.fill(
        "int_source_indicators",
        "source varchar, dataset varchar, indicator_id varchar",
        [("s", "d", "total"), ("s", "d", "robbery")],
    )
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, indicator_id varchar,"
        " period_start date",
        [
            *((load, "s", "d", scope, "*", JULY) for load, (scope, _) in files.items()),
            ("stated", "s", "published counts", "west", "*", JULY),
        ],
    )
    models.fill(
        "int_counts_by_vintage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, month date,"
        " area_code varchar, indicator_id varchar, records bigint",
        [
            (load, "s", "d", scope, JULY, area, indicator, count)
            for load, (scope, counted) in files.items()
            for area, count in counted.items()
            # total and a part of it: a row is not two
            for indicator in ("total", "robbery")
        ],
    )
    models.build("int_load_areas")
    found: dict[str, set[str]] = {load: set() for load in files}
    for load, scope, area, speaks in models.connection.execute(
        "select load_id, scope, area_code, is_spoken_for from int_load_areas"
    ).fetchall():
        assert scope == files[load][0]
        if speaks:
            found[load].add(area)
    return found


@pytest.mark.parametrize(
    ("rows", "areas"),
    [
        pytest.param(
            {"A": 30, "B": 20, "C": 9, "D": 3, "west_unknown": 4},
            {"A", "B", "C", "D", "west", "west_unknown"},
            id="whole",
        ),
        pytest.param({"A": 500}, {"A"}, id="cut to one partnership"),
        pytest.param({"A": 500, "B": 400}, {"A", "B"}, id="half of the partnerships"),
        pytest.param(
            {"A": 500, "B": 400, "C": 9},
            {"A", "B", "C", "west", "west_unknown"},
            id="all but one that no other file has either",
        ),
        pytest.param({"west_unknown": 8}, {"west", "west_unknown"}, id="nothing located"),
        pytest.param({"elsewhere": 6}, set(), id="a few crimes in another force's area"),
    ],
)
def test_a_file_speaks_for_the_partnerships_that_it_has_rows_of(
    models: Any, rows: dict[str, int], areas: set[str]
) -> None:
    assert spoken_for(models, {"july": ("west", rows)}) == {"july": areas}


@pytest.mark.parametrize(("usual", "is_zero"), [((3, 9), True), ((6, 8), False)])
def test_a_partnership_that_usually_has_hardly_a_row_can_have_none(
    models: Any, usual: tuple[int, int], is_zero: bool
) -> None:
    """6.9 rows (ln 1000) are expected to be none in one month of a thousand."""
    rest = {"A": 500, "B": 400, "C": 300}
    files = {
        "june": ("west", {**rest, "D": usual[0]}),
        "may": ("west", {**rest, "D": usual[1]}),
        "july": ("west", rest),
    }
    assert ("D" in spoken_for(models, files)["july"]) is is_zero


def test_an_areas_own_file_and_a_force_without_partnerships_speak_without_rows(
    models: Any,
) -> None:
    found = spoken_for(models, {"own": ("Alpha", {}), "railway": ("btp", {"A": 5})})
    assert found == {"own": {"A"}, "railway": {"btp", "btp_unknown"}}
