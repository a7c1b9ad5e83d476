"""Authorities, partnerships and LSOAs as lookups and the seed give them, calculated by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

OLD, NEW = date(2024, 1, 1), date(2025, 1, 1)
LOOKUP = (
    "load_id varchar, extract_date date, row_number bigint, csp_vintage bigint, csp_code varchar,"
    " lad_vintage bigint, lad_code varchar, ward_vintage bigint, ward_code varchar,"
    " ward_name varchar, lsoa21_code varchar, lsoa21_name varchar, lsoa11_code varchar,"
    " lsoa11_name varchar, is_reference boolean"
)
COLUMNS = [column.split()[0] for column in LOOKUP.split(", ")]
AUTHORITIES = "lad_code varchar, lad_name varchar, csp_code varchar, valid_to date"
SEED = [
    ("L1", "Dudley", "C1", None),
    ("L2", "Sandwell", "C2", None),
    # two names of one authority of today, and one that is gone
    ("L3", "Old name", "C3", NEW),
    ("L3", "New name", "C3", None),
    ("L4", "Gone", "C1", NEW),
    (None, "Without a code", "C1", NEW),
    ("L9", "Of no partnership that is known", "C9", None),
]


def lookup(load: str, extract: date, **cells: Any) -> tuple[Any, ...]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {"load_id": load, "extract_date": extract, "row_number": 1, "is_reference": False}
    assert set(cells) <= set(row)
    return tuple((row | cells).values())


def pairs(models: Any, lookups: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    models.fill("int_area_lookups", LOOKUP, lookups)
    models.fill("local_authorities", AUTHORITIES, SEED)
    models.fill(
        "areas",
        "area_code varchar, force_code varchar",
        [("C1", "F1"), ("C2", "F1"), ("C3", "F3")],
    )
    models.build("int_authority_partnerships")
    rows = models.connection.execute("from int_authority_partnerships").fetchall()
    assert len(rows) == len(set(rows))
    return set(rows)


def test_without_a_lookup_the_seed_says_which_authorities_there_are(models: Any) -> None:
    assert pairs(models, []) == {
        ("L1", "C1", "F1", True, False),
        ("L2", "C2", "F1", True, False),
        ("L3", "C3", "F3", True, False),
        ("L4", "C1", "F1", False, False),
    }


def test_a_lookup_stands_before_the_seed_and_splits_authorities(models: Any) -> None:
    rows = [
        lookup("a", OLD, csp_vintage=2024, lad_code="L1", csp_code="C2"),
        lookup("a", OLD, csp_vintage=2024, lad_code="L1", csp_code="C2", row_number=2),
        lookup("a", OLD, csp_vintage=2024, lad_code="L1", csp_code="C3"),
        lookup("a", OLD, csp_vintage=2024, lad_code="L4", csp_code="C1"),
        lookup("a", OLD, csp_vintage=2024, lad_code="L8", csp_code="C9"),
        lookup("a", OLD, csp_vintage=2024, csp_code="C1"),
    ]
    assert pairs(models, rows) == {
        ("L1", "C2", "F1", True, True),
        ("L1", "C3", "F3", True, True),
        ("L4", "C1", "F1", False, False),  # the seed ended it
        # of the seed alone: no authorities of today
        ("L2", "C2", "F1", False, False),
        ("L3", "C3", "F3", False, False),
    }


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        # the boundaries' year first, then the day of the extract, then the load
        (("b", NEW, 2023), ("a", OLD, 2024)),
        (("b", NEW, None), ("a", OLD, 2020)),
        (("b", OLD, 2024), ("a", NEW, 2024)),
        (("a", NEW, 2024), ("b", NEW, 2024)),
    ],
)
def test_the_newest_lookup_of_partnerships_stands_alone(
    models: Any, older: tuple[Any, ...], newer: tuple[Any, ...]
) -> None:
    rows = [
        lookup(load, extract, csp_vintage=vintage, lad_code=lad, csp_code=csp)
        for (load, extract, vintage), lad, csp in (
            (older, "L1", "C2"),
            (older, "L5", "C2"),
            (newer, "L1", "C3"),
        )
    ]
    # a lookup without partnerships, newer than both, says nothing of them
    rows.append(lookup("z", date(2026, 1, 1), csp_vintage=2026, lad_code="L1"))
    found = pairs(models, rows)
    assert {row[:4] for row in found if row[0] in ("L1", "L5")} == {("L1", "C3", "F3", True)}


def test_a_lookup_of_one_force_leaves_the_others_to_the_reference_table(models: Any) -> None:
    reference = {"csp_vintage": 2024, "is_reference": True}
    rows = [
        lookup("reference", date(1900, 1, 1), lad_code="L1", csp_code="C1", **reference),
        # the newer lookup moves L2 to C1: neither L2 nor C1 is the reference table's any more
        lookup("reference", date(1900, 1, 1), lad_code="L2", csp_code="C2", **reference),
        lookup("reference", date(1900, 1, 1), lad_code="L3", csp_code="C3", **reference),
        lookup("a", NEW, csp_vintage=2025, lad_code="L2", csp_code="C1"),
    ]
    assert {row for row in pairs(models, rows) if row[0] in ("L1", "L2", "L3")} == {
        ("L1", "C1", "F1", False, False),  # of the seed alone
        ("L2", "C1", "F1", True, False),
        ("L3", "C3", "F3", True, False),
    }
    older = [*rows[:3], lookup("a", NEW, csp_vintage=2019, lad_code="L2", csp_code="C1")]
    assert {row[:2] for row in pairs(models, older) if row[3]} == {
        ("L1", "C1"),
        ("L2", "C2"),
        ("L3", "C3"),
    }


def placed(code: str, load: str = "a", extract: date = OLD, **cells: Any) -> tuple[Any, ...]:
    wards = {"ward_code": "W1", "ward_name": "Ward 1", "ward_vintage": 2024}
    here = {"lad_code": "L1", "lad_vintage": 2024, "lsoa21_code": code, "lsoa21_name": f"N {code}"}
    return lookup(load, extract, **({**wards, **here} | cells))


@pytest.fixture(scope="module")
def lsoas(models: Any) -> dict[str, tuple[Any, ...]]:
    """Rows of LSOAs by code: name, vintage, ward (code, name, vintage), authority, CSP."""
    second: dict[str, Any] = {"ward_code": "W2", "ward_name": "Ward 2"}
    nothing: dict[str, Any] = {"ward_code": None, "ward_name": None, "ward_vintage": None}
    rows = [
        # the newest boundaries, whatever the day; then the day; then the load; then the first row
        placed("vintage", load="z", extract=NEW, lad_vintage=2023, ward_vintage=2023, **second),
        placed("vintage"),
        placed("unknown", load="z", extract=NEW, lad_vintage=None, lad_code="L2", **nothing),
        placed("unknown", lad_vintage=2011),
        placed("day", load="z", lad_code="L2", **second),
        placed("day", extract=NEW),
        placed("load", lad_code="L2", **second),
        placed("load", load="b"),
        # a newer lookup without authorities, or wards, takes none away
        placed("kept", load="z", extract=NEW, lad_code=None, lad_vintage=2030, **nothing),
        placed(
            "kept", load="z", extract=NEW, lad_vintage=2024, **(nothing | {"ward_vintage": 2030})
        ),
        placed("kept"),
        placed("wardless", **nothing),
        placed("astray", lad_code="L0"),
        placed("split", lad_code="LS"),
        lookup("a", OLD, lad_code="L1", ward_code="W7", lsoa11_code="no successor"),
        lookup("a", OLD, lad_code="L1", ward_code="W8", ward_vintage=2030),
        # boundaries of 2011: one known still, one carried, some split
        lookup("c", OLD, lsoa11_code="day", lsoa11_name="Old 001A", lsoa21_code="day"),
        *(
            lookup("c", OLD, lsoa11_code=old, lsoa11_name=f"{name} 001A", lsoa21_code=new)
            for old, name, new in (
                ("carried", "Dudley", "load"),
                ("two wards", "Dudley", "w2"),
                ("two wards", "Dudley", "w1"),
                ("two authorities", "Dudley", "w1"),
                ("two authorities", "Dudley", "l2"),
                ("vintages", "Dudley", "v1"),
                ("vintages", "Dudley", "v2"),
                ("off the map", "Dudley", "nowhere"),
                # the district of the old name decides for a split authority
                ("o1", "Aylesbury Vale", "s1"),
                ("o2", "Wycombe", "s2"),
                ("o3", "Wycombe", "s3"),
                ("o4", "Aylesbury Vale", "s3"),
                ("o5", "Unheard", "s4"),
                ("o6", "Wycombe", "s5"),
                ("o7", "Unheard", "s5"),
                ("o8", "Wycombe", "single"),
            )
        ),
        placed("w1"),
        placed("w2", **second),
        placed("l2", lad_code="L2"),
        placed("v1", lad_vintage=2023, ward_vintage=2022),
        placed("v2"),
        *(placed(f"s{n}", lad_code="LS") for n in range(1, 6)),
        placed("single"),
    ]
    models.fill("int_area_lookups", LOOKUP, rows)
    models.fill(
        "int_authority_partnerships",
        "lad_code varchar, csp_code varchar, is_split boolean",
        [("L1", "C1", False), ("L2", "C2", False), ("LS", "CA", True), ("LS", "CW", True)],
    )
    models.fill(
        "local_authorities",
        AUTHORITIES,
        [
            ("LA", "Aylesbury Vale", "CA", NEW),
            ("LW", "Wycombe", "CW", NEW),
            ("L1", "Dudley", "C1", None),
        ],
    )
    models.build("int_lsoa_areas")
    found = models.rows("from int_lsoa_areas")
    assert len({row["lsoa_code"] for row in found}) == len(found)
    return {row.pop("lsoa_code"): tuple(row.values()) for row in found}


HERE = ("W1", "Ward 1", 2024, "L1", 2024, "C1")


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("vintage", HERE),
        ("unknown", ("W1", "Ward 1", 2024, "L1", 2011, "C1")),
        ("day", HERE),
        ("load", HERE),
        ("kept", HERE),
        ("wardless", (None, None, None, "L1", 2024, "C1")),
        ("astray", ("W1", "Ward 1", 2024, "L0", 2024, None)),
        ("split", ("W1", "Ward 1", 2024, "LS", 2024, None)),
        ("s1", ("W1", "Ward 1", 2024, "LS", 2024, "CA")),
        ("s2", ("W1", "Ward 1", 2024, "LS", 2024, "CW")),
        ("s3", ("W1", "Ward 1", 2024, "LS", 2024, None)),
        ("s4", ("W1", "Ward 1", 2024, "LS", 2024, None)),
        ("s5", ("W1", "Ward 1", 2024, "LS", 2024, "CW")),
        ("single", HERE),  # where the authority says it, the old name does not
    ],
)
def test_an_lsoa_of_today_lies_where_the_newest_lookup_says(
    lsoas: dict[str, tuple[Any, ...]], code: str, place: tuple[Any, ...]
) -> None:
    assert lsoas[code] == (f"N {code}", 2021, *place)


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("carried", "Dudley 001A", HERE),
        ("two wards", "Dudley 001A", (None, None, None, "L1", 2024, "C1")),
        ("two authorities", "Dudley 001A", ("W1", "Ward 1", 2024, None, None, None)),
        # as old as the older of its parts
        ("vintages", "Dudley 001A", ("W1", "Ward 1", 2022, "L1", 2023, "C1")),
        ("o3", "Wycombe 001A", ("W1", "Ward 1", 2024, "LS", 2024, None)),
    ],
)
def test_an_lsoa_of_2011_keeps_what_all_its_parts_share(
    lsoas: dict[str, tuple[Any, ...]], code: str, name: str, place: tuple[Any, ...]
) -> None:
    assert lsoas[code] == (name, 2011, *place)


def test_there_are_no_other_lsoas(lsoas: dict[str, tuple[Any, ...]]) -> None:
    today = {"vintage", "unknown", "day", "load", "kept", "wardless", "astray", "split", "single"}
    today |= {"w1", "w2", "l2", "v1", "v2", *(f"s{n}" for n in range(1, 6))}
    old = {"carried", "two wards", "two authorities", "vintages", *(f"o{n}" for n in range(1, 9))}
    assert set(lsoas) == today | old
