"""Places of incidents: each count by itself, and what an earlier extract withheld."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)
FIRST, SECOND = date(2024, 7, 1), date(2024, 8, 1)
COUNTS = (
    "records", "callers", "repeat_callers", "records_of_repeat_callers", "locations",
    "repeat_locations", "records_at_repeat_locations",
)  # fmt: skip


def withheld(models: Any, supplied: dict[str, dict[date, dict[str, int]]]) -> set[tuple[str, date]]:
    """Places withheld of area A, from wards with their records by load and month."""
    models.settings = {"suppression_threshold": 5}
    models.fill(
        "stg_asb__records",
        "load_id varchar, area_as_written varchar, record_type varchar, occurred_on date,"
        " records bigint, ward varchar, lsoa_code varchar",
        [
            (load, "Alpha ", "incident", month.replace(day=9), n, ward, None)
            for load, months in supplied.items()
            for month, wards in months.items()
            for ward, n in wards.items()
        ],
    )
    models.fill("int_area_spellings", "spelling varchar, area_code varchar", [("alpha", "A")])
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, period_start date, indicator_id varchar",
        [(load, "asb", MAY, indicator) for load in supplied for indicator in ("a", "b")],
    )
    models.build("int_asb__withheld_places")
    models.settings = {}
    found = models.rows("select * from int_asb__withheld_places")
    assert all((row["area_code"], row["place_type"]) == ("A", "ward") for row in found)
    return {(row["place"], row["month"]) for row in found}


def test_a_small_place_takes_the_smallest_other_with_it(models: Any) -> None:
    wards = {"large": 40, "small": 2, "other": 18, "smaller": 1}
    assert withheld(models, {"one": {MAY: wards}}) == {
        ("small", MAY), ("smaller", MAY), ("other", MAY),
    }  # fmt: skip
    assert withheld(models, {"one": {MAY: {"large": 40, "other": 5}}}) == set()
    # a month that no extract covers is published nowhere
    assert withheld(models, {"one": {JUNE: wards}}) == set()


def test_what_an_earlier_extract_withheld_stays_withheld(models: Any) -> None:
    """May was 60 with 40 shown: were the 18 shown now, the 2 of then would follow."""
    first = {"large": 40, "small": 2, "other": 18}
    second = first | {"small": 12}
    assert withheld(models, {"one": {MAY: first}, "two": {MAY: second}}) == {
        ("small", MAY), ("other", MAY),
    }  # fmt: skip
    assert withheld(models, {"two": {MAY: second}}) == set()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((40, 30, 10, 20, 30, 10, 20), "all"),
        ((40, 40, 0, 0, 40, 0, 0), "all"),
        # 2 callers come again: who comes once has one record, so their 12 records would tell the 2
        ((40, 30, 2, 12, 30, 10, 20), "records callers locations repeat_locations "
                                      "records_at_repeat_locations"),
        ((40, 30, 27, 37, 30, 10, 20), "records callers locations repeat_locations "
                                       "records_at_repeat_locations"),
        ((9, 3, 3, 9, 9, 0, 0), "records locations repeat_locations records_at_repeat_locations"),
        ((9, None, None, None, 9, 0, 0), "records locations repeat_locations "
                                         "records_at_repeat_locations"),
        ((4, 4, 0, 0, 4, 0, 0), ""),
    ],
)  # fmt: skip
def test_each_count_of_a_place_is_judged_by_itself(
    models: Any, counts: tuple[int | None, ...], shown: str
) -> None:
    key = "area_code varchar, record_type varchar, place_type varchar, place varchar, month date"
    other = ("A", "incident", "ward", "beside", MAY)
    models.fill(
        "int_asb__repeat_places",
        f"{key}, {', '.join(f'{name} bigint' for name in COUNTS)}, extract_date date",
        [
            ("A", "incident", "ward", "judged", MAY, *counts, FIRST),
            (*other, 18, 18, 0, 0, 18, 0, 0, FIRST),
        ],
    )
    hidden = [("A", "incident", "ward", "judged", MAY), other] if counts[0] == 4 else []
    models.fill("int_asb__withheld_places", key, hidden)
    models.fill("areas", "area_code varchar, area_name varchar", [("A", "Alpha")])
    models.settings = {"suppression_threshold": 5}
    models.build("fct_repeat_locations")
    models.settings = {}
    (row,) = models.rows("select * from fct_repeat_locations where place = 'judged'")
    told = {name for name in COUNTS if row[name] is not None}
    assert told == (set(COUNTS) if shown == "all" else set(shown.split()))
    known = {name for name, count in zip(COUNTS, counts, strict=True) if count is not None}
    assert row["is_detail_suppressed"] is (told != known)
    assert row["is_suppressed"] is (row["records"] is None)
