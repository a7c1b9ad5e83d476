"""Records of a force's extract and of anti-social behaviour: where and in what they count."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

MARKERS = (
    "domestic_abuse", "hate_crime", "hate_race", "hate_religion", "hate_sexual_orientation",
    "hate_disability", "hate_transgender", "knife", "business", "public_place", "gang", "cyber",
    "female_genital_mutilation", "repeat_victim", "youth_victim", "older_victim",
)  # fmt: skip
COLUMNS = (
    "load_id varchar, row_number bigint, scope varchar, force_slug varchar, recorded_date date,"
    " offence_code varchar, csp varchar, lsoa_code varchar, lsoa_name varchar, outcome varchar,"
    " cancelled varchar, " + ", ".join(f"{marker} varchar" for marker in MARKERS)
)
NAMES = [column.split()[0] for column in COLUMNS.split(", ")]
Record = dict[str, Any]


def record(number: int, code: str = "1", **other: Any) -> Record:
    told: Record = {"load_id": "l", "row_number": number, "scope": "west", "force_slug": "west"}
    told |= {"recorded_date": date(2025, 6, 14), "offence_code": code, "csp": "alpha"}
    return told | dict.fromkeys(MARKERS, "no") | other


def build(models: Any, *records: Record) -> None:
    models.fill(
        "stg_force_extract__records", COLUMNS, [tuple(r.get(n) for n in NAMES) for r in records]
    )
    models.fill("police_forces", "force_slug varchar, force_code varchar", [("west", "WF")])
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [("alpha", "A"), ("beta", "B"), ("theforce", "WF")],
    )
    models.fill(
        "areas",
        "area_code varchar, area_type varchar",
        [("A", "csp"), ("B", "csp"), ("WF", "force")],
    )
    models.fill(
        "local_authorities",
        "lad_name varchar, lad_code varchar, csp_code varchar",
        [
            ("Alpha", "L1", "A"),
            ("Beta", "L2", "B"),
            ("New Beta", "L2", "B"),
            ("Gamma", None, "G"),
            ("Old-Delta", "L4", "A"),
        ],
    )
    models.fill(
        "int_lsoa_areas",
        "lsoa_code varchar, csp_code varchar",
        # E3 lies across two partnerships
        [("E1", "A"), ("E2", "B"), ("E3", None), ("E4", "B"), ("E9", "G")],
    )
    models.build("int_force_extract__located")


def places(models: Any, *records: Record) -> dict[int, str]:
    build(models, *records)
    found = models.rows("from int_force_extract__located")
    assert len({r["row_number"] for r in found}) == len(found)
    return {r["row_number"]: r["area_code"] for r in found}


def test_the_forces_own_word_then_the_lsoas_code_then_its_name_places_a_record(
    models: Any,
) -> None:
    def at(number: int, csp: str | None, code: str | None, name: str | None) -> Record:
        return record(number, csp=csp, lsoa_code=code, lsoa_name=name)

    assert places(
        models,
        at(1, " Alpha ", "E2", "Beta 001A"),
        at(2, "unheard of", "E1", "Gamma 001A"),
        at(12, None, "E3", "Gamma 001A"),
        at(3, None, "E1", None),
        at(4, None, "E2", "Nowhere 002A"),
        at(5, None, "E3", None),
        at(6, None, "E4", None),
        at(7, None, "E5", "Beta 001A"),
        at(8, None, "E7", None),
        at(9, None, None, None),
        at(10, "the force", None, None),
        at(11, None, "E9", None),
    ) == {
        1: "A", 2: "A", 12: "G", 3: "A", 4: "B", 5: "WF_unknown", 6: "B", 7: "B", 8: "WF_unknown",
        9: "WF_unknown", 10: "WF_unknown", 11: "G",
    }  # fmt: skip


def test_a_district_in_the_place_of_a_partnership_places_a_record_in_the_one_around_it(
    models: Any,
) -> None:
    assert places(
        models,
        record(1, csp="old delta"),
        record(2, csp="l4"),
        record(3, csp="L2"),
        record(4, csp="New Beta "),
        record(5, csp="Old Delta", lsoa_code="E2"),  # where it happened is more exact
        record(6, csp="Old Delt"),
    ) == {1: "A", 2: "A", 3: "B", 4: "B", 5: "B", 6: "WF_unknown"}


def test_what_is_cancelled_or_of_a_force_that_nobody_knows_is_no_crime(models: Any) -> None:
    found = places(
        models,
        record(1, cancelled="no"),
        record(2, cancelled=None),
        record(3, cancelled="yes"),
        record(4, force_slug="unheard-of"),
    )
    assert set(found) == {1, 2}


@pytest.mark.parametrize("marker", [m for m in MARKERS if m.startswith("hate_")])
def test_any_strand_of_hate_is_hate(models: Any, marker: str) -> None:
    build(models, record(1, **{marker: "yes"}), record(2), record(3, hate_crime=None))
    found = models.rows("select * from int_force_extract__located order by row_number")
    assert [r["hate_crime"] for r in found] == ["yes", "no", "no"]


# --- indicators -------------------------------------------------------------------------------

CHANGE = date(2025, 4, 1)
LAST_DAY = date(2025, 3, 31)


def indicators(models: Any, *records: Record) -> dict[int, set[str]]:
    build(models, *records)
    models.fill(
        "int_offence_codes",
        "offence_code varchar, offence_group varchar, valid_from date, valid_to date",
        [
            ("1", "violence", None, None),
            ("2", "robbery", None, None),
            ("3", "violence", CHANGE, None),
            ("4", "violence", None, LAST_DAY),
            ("F", "fraud", None, None),
        ],
    )
    models.fill(
        "int_offence_indicators",
        "offence_code varchar, indicator_id varchar, valid_from date, valid_to date",
        [
            *((code, "total_recorded_crime", None, None) for code in "1234"),
            ("1", "violence", None, None),
            ("2", "robbery", None, None),
            ("3", "violence", CHANGE, None),
            ("4", "violence", None, LAST_DAY),
            ("2", "knife_crime", None, None),
            ("F", "fraud", None, None),
        ],
    )
    models.fill(
        "int_marker_indicators",
        "marker varchar, offence_group varchar, offence_code varchar, indicator_id varchar",
        [
            # of two offences only; a marked one of any other is no knife crime
            ("knife", None, "1", "knife_crime"),
            ("knife", None, "2", "knife_crime"),
            ("hate_crime", None, None, "hate_crime"),
            ("public_place", "violence", None, "public_place_violence"),
            ("youth_victim", "violence", None, "youth_violence"),
            ("youth_victim", "robbery", None, "youth_robbery"),
            ("older_victim", None, None, "older_victim_crime"),
            ("hate_disability", None, None, "hate_crime_disability"),
        ],
    )
    models.build("int_force_extract__indicators")
    found: dict[int, set[str]] = {}
    rows = models.rows("from int_force_extract__indicators")
    for row in rows:
        found.setdefault(row["row_number"], set()).add(row["indicator_id"])
    assert len({tuple(row.values()) for row in rows}) == len(rows)
    return found


TOTAL = "total_recorded_crime"


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("3", CHANGE, {TOTAL, "violence"}),
        ("3", LAST_DAY, {TOTAL}),
        ("4", LAST_DAY, {TOTAL, "violence"}),
        ("4", CHANGE, {TOTAL}),
        ("999", CHANGE, {TOTAL}),
    ],
)
def test_a_code_counts_as_it_stood_on_the_day(
    models: Any, code: str, day: date, expected: set[str]
) -> None:
    assert indicators(models, record(1, code, recorded_date=day))[1] == expected


@pytest.mark.parametrize(
    ("code", "day", "found"),
    [
        ("3", CHANGE, True),
        ("3", LAST_DAY, False),
        ("4", LAST_DAY, True),
        ("4", CHANGE, False),
        ("2", CHANGE, False),
        ("999", CHANGE, False),
    ],
)
def test_a_marker_counts_with_the_group_of_its_day(
    models: Any, code: str, day: date, found: bool
) -> None:
    told = indicators(models, record(1, code, recorded_date=day, public_place="yes"))[1]
    assert ("public_place_violence" in told) is found


def test_markers_count_by_group_or_whatever_the_offence_and_once(models: Any) -> None:
    found = indicators(
        models,
        record(1, "1", knife="yes", youth_victim="yes"),
        record(2, "2", knife="yes", youth_victim="yes"),
        record(3, "999", knife="yes", hate_race="yes"),
        record(4, "1"),
        record(5, "1", knife="unknown", hate_crime=None),
        record(6, "1", older_victim="yes", hate_disability="yes"),
    )
    assert found == {
        1: {TOTAL, "violence", "knife_crime", "youth_violence"},
        2: {TOTAL, "robbery", "knife_crime", "youth_robbery"},
        3: {TOTAL, "hate_crime"},
        4: {TOTAL, "violence"},
        5: {TOTAL, "violence"},
        # a strand of hate is a count of its own, and hate
        6: {TOTAL, "violence", "older_victim_crime", "hate_crime", "hate_crime_disability"},
    }


def test_fraud_is_recorded_centrally_and_counts_in_nothing(models: Any) -> None:
    assert indicators(models, record(1, "F", knife="yes"), record(2, "1")) == {
        2: {TOTAL, "violence"}
    }


# --- counts -----------------------------------------------------------------------------------


def test_counts_are_of_the_place_and_of_the_force_and_keep_code_and_outcome(models: Any) -> None:
    records = [
        record(1, "1", outcome=" Charged "),
        record(2, "1", outcome="charged", csp="beta"),
        record(3, "1", csp=None, recorded_date=date(2025, 7, 1)),
        record(4, "2"),
        record(1, "1", load_id="m", outcome="other"),
    ]
    indicators(models, *records)
    models.build("int_force_extract__area_counts", "int_force_extract__offence_counts")
    places = {1: "A", 2: "B", 3: "WF_unknown", 4: "A"}
    kinds = {"1": "violence", "2": "robbery"}
    expected: Counter[tuple[Any, ...]] = Counter()
    by_code: Counter[tuple[Any, ...]] = Counter()
    for told in records:
        month = told["recorded_date"].replace(day=1)
        outcome = told["outcome"].strip().lower() if told.get("outcome") else None
        names = [TOTAL, kinds[told["offence_code"]]]
        names += ["knife_crime"] if told["offence_code"] == "2" else []
        for area in (places[told["row_number"]], "WF"):
            for name in names:
                key = (told["load_id"], "west", month, area, name)
                expected[key] += 1
                by_code[(*key, told["offence_code"], outcome)] += 1
    keys = ["load_id", "scope", "month", "area_code", "indicator_id"]
    rows = models.rows("from int_force_extract__area_counts")
    assert {tuple(r[k] for k in keys): r["records"] for r in rows} == expected
    assert len(rows) == len(expected)
    keys += ["offence_code", "outcome_word"]
    rows = models.rows("from int_force_extract__offence_counts")
    assert {tuple(r[k] for k in keys): int(r["records"]) for r in rows} == by_code
    assert len(rows) == len(by_code)


# --- anti-social behaviour --------------------------------------------------------------------

ASB = (
    "load_id varchar, row_number bigint, extract_date date, record_type varchar,"
    " area_as_written varchar, occurred_on date, is_youth boolean, ward varchar,"
    " lsoa_code varchar, records bigint, caller_key varchar, location_key varchar"
)
MARCH = date(2025, 3, 5)


def asb(number: int, kind: str = "incident", **other: Any) -> tuple[Any, ...]:
    told = {"load": "l", "area": "Alpha", "on": MARCH, "youth": False, "ward": "W", "lsoa": None}
    told |= {"records": 1, "caller": None, "location": None} | other
    return (
        *(told["load"], number, date(2025, 9, 1), kind, told["area"], told["on"], told["youth"]),
        *(told["ward"], told["lsoa"], told["records"], told["caller"], told["location"]),
    )


def fill_asb(models: Any, *rows: tuple[Any, ...]) -> None:
    models.fill("stg_asb__records", ASB, list(rows))
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [("alpha", "A"), ("a1", "A"), ("beta", "B"), ("theforce", "WF")],
    )
    models.fill(
        "areas",
        "area_code varchar, area_name varchar, area_type varchar",
        [("A", "Alpha", "csp"), ("B", "Beta", "csp"), ("WF", "West", "force")],
    )


def test_incidents_calls_and_youth_are_counted_however_the_area_is_spelt(models: Any) -> None:
    fill_asb(
        models,
        asb(1, records=3),
        asb(2, youth=True, on=date(2025, 3, 31)),
        asb(3, area=" A1 ", youth=True),
        asb(4, "call", youth=True, records=5),
        asb(5, on=date(2025, 4, 1)),
        asb(6, load="m"),
        asb(7, area="nowhere"),
        asb(8, youth=None),
        asb(9, area="The force", records=2),
    )
    models.build("int_asb__area_counts")
    march, april = date(2025, 3, 1), date(2025, 4, 1)
    rows = models.rows("from int_asb__area_counts")
    assert {(r["load_id"], r["scope"], r["month"], r["indicator_id"]): r["records"] for r in
            rows} == {
        ("l", "Alpha", march, "asb_incidents"): 6,
        ("l", "Alpha", march, "asb_youth"): 2,
        ("l", "WF", march, "asb_incidents"): 2,
        ("l", "Alpha", march, "asb_calls_for_service"): 5,
        ("l", "Alpha", april, "asb_incidents"): 1,
        ("m", "Alpha", march, "asb_incidents"): 1,
    }  # fmt: skip
    assert {r["area_code"] for r in rows} == {"A", "WF"}


def test_only_what_the_newest_extract_covers_has_a_place(models: Any) -> None:
    incidents, calls = "asb_incidents", "asb_calls_for_service"
    fill_asb(
        models,
        asb(1),
        asb(2, ward=None, lsoa="E1"),
        asb(3, ward=None, lsoa=None),
        asb(4, ward="W", lsoa="E1"),
        asb(5, "call"),
        asb(6, on=date(2025, 4, 2)),
        asb(7, area="A1"),
        asb(8, load="m"),
        asb(9, area="nowhere"),
    )
    models.fill(
        "int_current_coverage",
        "load_id varchar, source varchar, scope varchar, indicator_id varchar, period_start date",
        [
            ("l", "asb", "Alpha", incidents, date(2025, 3, 1)),
            ("l", "asb", "nowhere", incidents, date(2025, 3, 1)),
            ("l", "asb", "Alpha", calls, date(2025, 4, 1)),
            ("l", "police_uk", "Alpha", incidents, date(2025, 4, 1)),
            ("m", "police_uk", "Alpha", incidents, date(2025, 3, 1)),
        ],
    )
    models.build("int_asb__places")
    found = models.rows("select * from int_asb__places order by row_number")
    assert [(r["row_number"], r["place_type"], r["place"]) for r in found] == [
        (1, "ward", "W"),
        (2, "lsoa", "E1"),
        (3, "unknown", "unknown"),
        (4, "ward", "W"),
        (7, "ward", "W"),  # of the same area under another spelling
    ]
    assert {r["month"] for r in found} == {date(2025, 3, 1)}


PLACES = (
    "area_code varchar, record_type varchar, place_type varchar, place varchar, month date,"
    " records bigint, caller_key varchar, location_key varchar, extract_date date"
)


def at_place(month: date, caller: str | None, location: str | None, **other: Any) -> Any:
    told = {"area": "A", "kind": "incident", "place": "W", "records": 1} | other
    return (
        *(told["area"], told["kind"], "ward", told["place"], month, told["records"]),
        *(caller, location, told.get("day", date(2025, 9, 1))),
    )


def repeats(models: Any, *rows: Any) -> dict[tuple[str, str, date], dict[str, Any]]:
    models.fill("int_asb__places", PLACES, list(rows))
    models.build("int_asb__repeat_places")
    found = models.rows("from int_asb__repeat_places")
    return {(r["area_code"], r["place"], r["month"]): r for r in found}


@pytest.mark.parametrize(
    ("before", "other", "repeat"),
    [
        (date(2025, 3, 1), {}, True),
        (date(2024, 4, 1), {}, True),  # the twelve months that end with March 2025
        (date(2024, 3, 1), {}, False),
        (date(2025, 4, 1), {}, False),  # what comes later makes no repeat
        (date(2025, 2, 1), {"place": "V"}, True),  # a repeat of the partnership, in another ward
        (date(2025, 2, 1), {"area": "B"}, False),
        (date(2025, 2, 1), {"kind": "call"}, False),
    ],
)
def test_a_repeat_caller_or_location_has_another_record_within_twelve_months(
    models: Any, before: date, other: dict[str, Any], repeat: bool
) -> None:
    now = date(2025, 3, 1)
    keys: tuple[str, str]
    for keys in (("C", "L1"), ("C1", "L")):
        first = (keys[0] if keys[0] == "C" else "C9", keys[1] if keys[1] == "L" else "L9")
        row = repeats(
            models,
            at_place(before, *first, **other),
            at_place(now, *keys, records=1),
            at_place(now, None, None),
        )["A", "W", now]
        subject = "caller" if keys[0] == "C" else "location"
        of = "of_repeat_callers" if subject == "caller" else "at_repeat_locations"
        same_cell = before == now and not other
        assert row[f"repeat_{subject}s"] == int(repeat)
        assert row[f"records_{of}"] == (2 if same_cell else 1) * int(repeat)
        opposite = "location" if subject == "caller" else "caller"
        assert row[f"repeat_{opposite}s"] == 0


def test_records_without_a_key_are_counted_and_repeat_nothing(models: Any) -> None:
    now = date(2025, 3, 1)
    row = repeats(
        models,
        at_place(now, None, None, records=4, day=date(2025, 8, 1)),
        at_place(now, "C", "L"),
        at_place(now, "D", "L"),
        at_place(now, "D", None),
    )["A", "W", now]
    assert (row["records"], row["callers"], row["locations"]) == (7, 2, 1)
    assert (row["repeat_callers"], row["records_of_repeat_callers"]) == (1, 2)
    assert (row["repeat_locations"], row["records_at_repeat_locations"]) == (1, 2)
    assert row["extract_date"] == date(2025, 9, 1)


def test_one_record_of_many_is_itself_a_repeat(models: Any) -> None:
    """A count-level row stands for several records of one caller."""
    now = date(2025, 3, 1)
    row = repeats(models, at_place(now, "C", "L", records=2))["A", "W", now]
    assert (row["repeat_callers"], row["repeat_locations"]) == (1, 1)


def test_where_no_key_was_supplied_nothing_is_known_of_callers_and_places(models: Any) -> None:
    now = date(2025, 3, 1)
    row = repeats(models, at_place(now, None, None, records=4), at_place(now, None, "L"))[
        "A", "W", now
    ]
    assert (row["records"], row["locations"], row["repeat_locations"]) == (5, 1, 0)
    assert (row["callers"], row["repeat_callers"], row["records_of_repeat_callers"]) == (
        None,
        None,
        None,
    )
