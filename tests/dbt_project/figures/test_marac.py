"""MARAC from lists of cases and from quarterly returns, at every bound of the definition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

OLD, NEW = date(2026, 1, 10), date(2026, 2, 10)
JUNE = date(2025, 6, 1)


def month(number: int) -> date:
    """Months counted from January 2024."""
    return date(2024 + number // 12, number % 12 + 1, 1)


@pytest.fixture(autouse=True)
def spellings(models: Any) -> None:
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [("alpha", "A"), ("a1", "A"), ("beta", "B")],
    )


# --- which list speaks ------------------------------------------------------------------------


def covered(models: Any, rows: list[tuple[Any, ...]]) -> dict[tuple[str, date], dict[str, Any]]:
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,"
        " period_start date",
        rows,
    )
    models.fill(
        "stg_landing__loads",
        "load_id varchar, rows_loaded bigint",
        [(load, 1) for load in {row[0] for row in rows} | {"gone"}],
    )
    models.fill(
        "stg_marac__cases", "load_id varchar", [(row[0],) for row in rows if row[0] != "gone"]
    )
    models.build("int_marac__covered_months")
    found = models.rows("from int_marac__covered_months")
    keyed = {(r["area_code"], r["month"]): r for r in found}
    assert len(keyed) == len(found)
    return keyed


def coverage(load: str, area: str, at: date, day: date = OLD) -> tuple[Any, ...]:
    return (load, "marac", "marac_cases", day, area, at)


def test_the_newest_list_that_covers_a_month_speaks_for_it(models: Any) -> None:
    found = covered(
        models,
        [
            coverage("z", "alpha", JUNE),
            coverage("a", " A1 ", JUNE, NEW),
            coverage("b", "ALPHA", JUNE, NEW),
            coverage("z", "alpha", date(2025, 7, 1)),
            coverage("y", "beta", JUNE),
            coverage("x", "nowhere", JUNE, NEW),
            ("q", "marac", "marac_quarterly", NEW, "alpha", JUNE),
            ("q", "asb", "marac_cases", NEW, "alpha", JUNE),
        ],
    )
    assert {key: row["load_id"] for key, row in found.items()} == {
        ("A", JUNE): "b",
        ("A", date(2025, 7, 1)): "z",
        ("B", JUNE): "y",
    }
    assert found["A", JUNE]["extract_date"] == NEW


@pytest.mark.parametrize(
    ("months", "known"),
    [
        (range(13), {12}),  # the twelve before January 2025 are all there
        (range(1, 13), set()),
        ([*range(5), *range(6, 14)], set()),  # one is missing among them
        (range(15), {12, 13, 14}),
    ],
)
def test_repeats_need_the_twelve_months_before(
    models: Any, months: list[int], known: set[int]
) -> None:
    rows = [coverage("l", "alpha", month(n)) for n in months]
    # another area's months are not its own
    rows += [coverage("l", "beta", month(n)) for n in (5, 6)]
    found = covered(models, rows)
    assert {key for key, row in found.items() if row["has_year_before"]} == {
        ("A", month(n)) for n in known
    }


def test_a_year_before_whose_rows_are_gone_is_no_year_before(models: Any) -> None:
    rows = [coverage("gone" if n < 3 else "l", "alpha", month(n)) for n in range(20)]
    found = covered(models, rows)
    assert {n for n in range(20) if not found["A", month(n)]["has_records"]} == {0, 1, 2}
    assert {n for n in range(20) if found["A", month(n)]["has_year_before"]} == set(range(15, 20))


# --- cases ------------------------------------------------------------------------------------

CASES = (
    "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
    " victim_key varchar, perpetrator_keys varchar, referral_date date, discussed_date date,"
    " referring_agency varchar, is_any_abuse boolean, is_potentially_criminal boolean"
)


def case(number: int, referred: date, **other: Any) -> tuple[Any, ...]:
    told = {"load": "l", "area": "alpha", "victim": "V", "by": "P", "any": True, "crime": True}
    told |= {"discussed": JUNE.replace(day=14)} | other
    return (
        *(told["load"], number, OLD, told["area"], told["victim"], told["by"], referred),
        *(told["discussed"], "Police", told["any"], told["crime"]),
    )


def repeats(models: Any, *cases: tuple[Any, ...]) -> dict[int, tuple[bool, bool | None]]:
    models.fill("stg_marac__cases", CASES, list(cases))
    models.fill(
        "int_marac__covered_months",
        "load_id varchar, area_code varchar, month date",
        [("l", "A", JUNE), ("l", "B", JUNE), ("l", "A", date(2025, 8, 1)), ("k", "A", JUNE)],
    )
    models.build("int_marac__cases", "int_marac__repeats")
    found = models.rows("from int_marac__repeats")
    assert len({(r["load_id"], r["row_number"]) for r in found}) == len(found)
    return {
        r["row_number"]: (r["is_repeat_any_abuse"], r["is_repeat_potentially_criminal"])
        for r in found
    }


FIRST = date(2025, 1, 31)


@pytest.mark.parametrize(
    ("again", "repeat"),
    [
        (date(2025, 2, 1), True),
        (date(2026, 1, 31), True),
        (date(2026, 2, 1), False),
        (date(2025, 1, 31), False),  # two referrals of one day are no repeat of each other
    ],
)
def test_a_repeat_is_within_twelve_months_of_the_referral_before(
    models: Any, again: date, repeat: bool
) -> None:
    found = repeats(models, case(1, FIRST), case(2, again))
    assert found == {1: (False, False), 2: (repeat, repeat)}


@pytest.mark.parametrize(
    ("other", "repeat"),
    [
        ({"victim": "W"}, False),
        ({"area": "beta"}, False),
        ({"by": "Q"}, False),
        ({"by": "Q;P"}, True),
        ({"by": ""}, False),
        ({"by": None}, False),
        ({"area": " A1 "}, True),
    ],
)
def test_a_repeat_is_of_the_same_victim_and_one_of_the_same_perpetrators(
    models: Any, other: dict[str, Any], repeat: bool
) -> None:
    found = repeats(models, case(1, FIRST), case(2, date(2025, 3, 1), **other))
    assert found[2] == (repeat, repeat)


def test_without_a_perpetrators_key_nothing_is_a_repeat(models: Any) -> None:
    none = repeats(models, case(1, FIRST, by=""), case(2, date(2025, 3, 1), by=""))
    assert none[2] == (False, False)


@pytest.mark.parametrize(
    ("any_abuse", "crime", "expected"),
    [
        (True, True, (True, True)),
        (True, False, (True, False)),
        (False, True, (True, True)),  # what may be a crime is abuse
        (False, False, (False, False)),
    ],
)
def test_the_two_versions_of_the_definition(
    models: Any, any_abuse: bool, crime: bool, expected: tuple[bool, bool]
) -> None:
    again = case(2, date(2025, 3, 1), any=any_abuse, crime=crime)
    found = repeats(models, case(1, FIRST), again)
    assert found[2] == expected
    # the first of them is no repeat, whatever it was
    assert repeats(models, again)[2] == (False, False)


def test_a_list_that_does_not_say_what_is_criminal_has_repeats_of_any_abuse_alone(
    models: Any,
) -> None:
    again = case(2, date(2025, 3, 1), crime=None)
    found = repeats(models, case(1, FIRST, crime=None), again)
    assert found == {1: (False, None), 2: (True, None)}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ((None, None), [None, None]),  # the list has no such column, or nobody filled it
        (("yes", None), [True, False]),
        (("no", None), [False, False]),
    ],
)
def test_what_is_criminal_is_unknown_where_the_list_says_it_of_no_case(
    models: Any, said: tuple[str | None, ...], read: list[bool | None]
) -> None:
    loads = [("l", OLD), ("k", OLD)]
    models.fill("stg_landing__loads", "load_id varchar, extract_date date", loads)
    models.fill(
        "marac_cases",
        "_load_id varchar, _row_number bigint, area varchar, victim_key varchar,"
        " perpetrator_keys varchar, referral_date date, discussed_date date,"
        " referring_agency varchar, any_abuse varchar, potentially_criminal varchar",
        [
            (load, number, "alpha", "V", "P", FIRST, JUNE, "Police", None, word)
            for load, words in (("l", said), ("k", ("yes", "no")))
            for number, word in enumerate(words)
        ],
    )
    models.build("stg_marac__cases")
    found = models.rows("from stg_marac__cases where load_id = 'l' order by row_number")
    assert [row["is_potentially_criminal"] for row in found] == read


def test_only_cases_of_a_covered_month_by_its_own_list_are_in_force(models: Any) -> None:
    found = repeats(
        models,
        case(1, FIRST),
        case(2, FIRST, discussed=date(2025, 7, 14)),  # a month that the list does not cover
        case(3, FIRST, discussed=None),  # not yet discussed
        case(4, FIRST, load="m"),  # a list that is not in force
        case(5, FIRST, area="nowhere"),
        case(6, FIRST, load="k", area="beta"),  # in force for A, not for B
        case(7, FIRST, discussed=date(2025, 8, 31)),
    )
    assert set(found) == {1, 7}


def test_the_last_of_several_referrals_is_told(models: Any) -> None:
    repeats(models, case(1, FIRST), case(2, date(2025, 3, 1)), case(3, date(2025, 4, 1)))
    rows = models.rows("select * from int_marac__repeats order by row_number")
    assert [r["last_referral_date"] for r in rows] == [None, FIRST, date(2025, 3, 1)]


# --- observations -----------------------------------------------------------------------------


def test_covered_months_without_cases_have_none_and_quarters_stand_as_returned(
    models: Any,
) -> None:
    may, july = date(2025, 5, 1), date(2025, 7, 1)
    models.fill(
        "int_marac__covered_months",
        "load_id varchar, area_code varchar, month date, extract_date date, has_records boolean,"
        " has_year_before boolean",
        [
            ("l", "A", may, OLD, True, False),
            ("l", "A", JUNE, NEW, True, True),
            ("l", "A", july, OLD, True, True),
            ("m", "B", JUNE, OLD, True, True),
            # rows gone, counts kept; rows gone, and no counts of the month
            ("n", "B", july, OLD, False, False),
            ("o", "B", date(2025, 8, 1), OLD, False, False),
            # rows still there, but what they look back on may not be: the kept counts stand
            ("p", "B", date(2025, 9, 1), NEW, True, True),
            ("q", "D", JUNE, OLD, True, True),
        ],
    )
    models.fill(
        "stg_landing__counts_archive",
        "load_id varchar, dataset varchar, month date, area_code varchar, indicator_id varchar,"
        " records bigint",
        [
            ("n", "marac_cases", july, "B", "marac_cases", 51),
            ("n", "marac_cases", july, "B", "marac_repeat_cases", 11),
            ("p", "marac_cases", date(2025, 9, 1), "B", "marac_cases", 52),
            ("older", "marac_cases", july, "B", "marac_cases", 99),
            ("n", "asb_records", july, "B", "asb_incidents", 98),
        ],
    )
    models.fill(
        "int_marac__repeats",
        "load_id varchar, area_code varchar, month date, is_repeat_any_abuse boolean,"
        " is_repeat_potentially_criminal boolean",
        [
            ("l", "A", may, True, True),
            ("l", "A", JUNE, True, False),
            ("l", "A", JUNE, True, True),
            ("l", "A", JUNE, False, False),
            ("l", "C", JUNE, True, True),
            # a list that does not say what would be a crime
            ("q", "D", JUNE, True, None),
            ("q", "D", JUNE, False, None),
        ],
    )
    models.fill(
        "stg_marac__quarterly",
        "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
        " period_label varchar, period_start date, period_end date, measure varchar,"
        " breakdown varchar, counted bigint",
        [
            ("z", 9, OLD, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "cases", None, 1),
            ("a", 1, NEW, " Beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "cases", None, 2),
            ("b", 1, NEW, "BETA", "Q1", date(2025, 4, 1), date(2025, 6, 30), "cases", None, 3),
            ("b", 2, NEW, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "cases", None, 40),
            ("b", 3, OLD, "beta", "Q2", july, date(2025, 9, 30), "cases", None, 41),
            ("b", 4, OLD, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "children", None, 42),
            ("b", 5, OLD, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "repeats",
             "Any_abuse", 43),
            ("b", 6, NEW, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "repeats",
             "any_abuse", 44),
            ("b", 7, OLD, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "repeats",
             "potentially_criminal", 45),
            ("b", 8, OLD, "beta", "Q1", date(2025, 4, 1), date(2025, 6, 30), "referrals",
             "Police", 46),
            ("b", 9, OLD, "nowhere", "Q1", july, date(2025, 9, 30), "cases", None, 47),
        ],
    )  # fmt: skip
    models.build("int_marac__quarterly", "int_marac__months", "int_marac__observations")
    rows = models.rows("from int_marac__observations")
    found = {
        (r["area_code"], r["indicator_id"], r["period_start"], r["period_end"].month): (
            r["numerator"],
            r["extract_date"],
        )
        for r in rows
    }
    assert len(found) == len(rows)
    any_abuse, criminal = "marac_repeat_cases", "marac_repeat_cases_criminal"
    april = date(2025, 4, 1)
    assert found == {
        ("A", "marac_cases", may, 5): (1, OLD),
        ("A", "marac_cases", JUNE, 6): (3, NEW),
        ("A", any_abuse, JUNE, 6): (2, NEW),
        ("A", criminal, JUNE, 6): (1, NEW),
        ("A", "marac_cases", july, 7): (0, OLD),
        ("A", any_abuse, july, 7): (0, OLD),
        ("A", criminal, july, 7): (0, OLD),
        ("B", "marac_cases", JUNE, 6): (0, OLD),
        ("B", any_abuse, JUNE, 6): (0, OLD),
        ("B", criminal, JUNE, 6): (0, OLD),
        ("B", "marac_cases", july, 7): (51, OLD),
        ("B", any_abuse, july, 7): (11, OLD),
        ("B", "marac_cases", date(2025, 9, 1), 9): (52, NEW),
        ("B", "marac_cases", april, 6): (40, NEW),
        ("B", "marac_cases", july, 9): (41, OLD),
        ("B", "marac_children", april, 6): (42, OLD),
        ("B", any_abuse, april, 6): (44, NEW),
        ("B", criminal, april, 6): (45, OLD),
        ("D", "marac_cases", JUNE, 6): (2, OLD),
        ("D", any_abuse, JUNE, 6): (1, OLD),
    }
