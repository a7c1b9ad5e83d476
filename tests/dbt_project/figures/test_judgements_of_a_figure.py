"""What is said of a figure: better or worse, red or green, crossing a break, by which source.

Every table holds each combination of its keys, and every rule one combination alone: a join that
leaves out a key, or asks for one too many, gives a row to the wrong figure.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

END, YEAR_AFTER = date(2018, 9, 30), date(2019, 9, 30)
SOURCES, AREAS, TYPES, ENDS = ("s", "t"), ("A", "B", "F"), ("quarter", "ytd"), (END, YEAR_AFTER)
INDICATORS = {"down": "lower_is_better", "up": "higher_is_better", "quiet": "neutral"}
START = {"quarter": (7, 1), "ytd": (4, 1)}

COMPARISONS = (
    "source varchar, indicator_id varchar, area_code varchar, period_type varchar,"
    " period_start date, period_end date, value double, is_complete boolean,"
    " significance varchar, extract_date date, is_provisional boolean"
)


def fill_names(models: Any) -> None:
    models.fill(
        "int_indicators",
        "indicator_id varchar, indicator_name varchar, theme varchar, unit varchar,"
        " polarity varchar, source_rule varchar",
        [(name, name, "t", "count", polarity, "t>s") for name, polarity in INDICATORS.items()],
    )
    models.fill(
        "areas",
        "area_code varchar, area_name varchar, area_type varchar, force_code varchar",
        [("A", "A", "csp", "F"), ("B", "B", "csp", "G"), ("F", "F", "force", "F")],
    )


def every_row(**columns: Any) -> list[tuple[Any, ...]]:
    given = {"value": 100.0, "complete": True, "significance": "higher", **columns}
    return [
        (
            *(source, name, area, kind, date(last.year, *START[kind]), last),
            *(given["value"], given["complete"], given["significance"], date(2019, 1, 1), False),
        )
        for source, name, area, kind, last in product(SOURCES, INDICATORS, AREAS, TYPES, ENDS)
    ]


BREAKS = (
    "source varchar, indicator_id varchar, area_code varchar, period_type varchar,"
    " period_end date, break_note varchar, baseline_break_note varchar"
)
TARGETS = (
    "area_code varchar, indicator_id varchar, period_type varchar, period_end date,"
    " target_value double"
)


def values(models: Any, rows: list[tuple[Any, ...]], **tables: Any) -> list[dict[str, Any]]:
    fill_names(models)
    models.fill("int_period_comparisons", COMPARISONS, rows)
    models.fill("int_period_breaks", BREAKS, tables.get("breaks", []))
    models.fill("int_targets", TARGETS, tables.get("targets", []))
    models.build("int_indicator_values")
    return models.rows("from int_indicator_values")


def test_each_rule_meets_its_own_figure_and_no_other(models: Any) -> None:
    found = values(
        models,
        every_row(),
        breaks=[("s", "down", "A", "ytd", END, "a new system", "a new system")],
        targets=[("A", "up", "quarter", END, 90.0)],
    )
    assert len(found) == len(every_row())
    by_note = [r for r in found if r["break_note"] is not None]
    assert [(r["source"], r["indicator_id"], r["area_code"]) for r in by_note] == [
        ("s", "down", "A")
    ]
    assert [(r["period_type"], r["period_end"]) for r in by_note] == [("ytd", END)]
    with_target = [r for r in found if r["target_value"] is not None]
    assert {(r["source"], r["rag"]) for r in with_target} == {("s", "green"), ("t", "green")}
    assert {(r["indicator_id"], r["area_code"], r["period_type"], r["period_end"]) for r in
            with_target} == {("up", "A", "quarter", END)}  # fmt: skip
    assert len(with_target) == 2


def test_figures_of_what_is_no_indicator_or_area_of_ours_are_none(models: Any) -> None:
    row = every_row()[0]
    strangers = [(row[0], "stranger", *row[2:]), (*row[:2], "Z", *row[3:])]
    assert values(models, strangers) == []


@pytest.mark.parametrize(
    ("significance", "indicator", "note", "expected"),
    [
        ("higher", "down", None, "worse"),
        ("lower", "down", None, "better"),
        ("higher", "up", None, "better"),
        ("lower", "up", None, "worse"),
        ("higher", "quiet", None, "changed"),
        ("lower", "quiet", None, "changed"),
        ("no clear change", "down", None, "same"),
        ("no clear change", "quiet", None, "same"),
        (None, "down", None, None),
        ("higher", "down", "a break", None),
        ("no clear change", "up", "a break", None),
    ],
)
def test_better_and_worse_follow_polarity_and_never_cross_a_break(
    models: Any, significance: str | None, indicator: str, note: str | None, expected: str | None
) -> None:
    start = date(2018, 4, 1)
    row = ("s", indicator, "A", "ytd", start, END, 1.0, True, significance, END, False)
    breaks = [("s", indicator, "A", "ytd", END, note, note)] if note else []
    (found,) = values(models, [row], breaks=breaks)
    assert found["direction_of_travel"] == expected


@pytest.mark.parametrize(
    ("indicator", "value", "target", "complete", "expected"),
    [
        ("down", 100.0, 100.0, True, "green"),
        ("down", 99.9, 100.0, True, "green"),
        ("down", 100.01, 100.0, True, "amber"),
        ("down", 105.0, 100.0, True, "amber"),
        ("down", 105.01, 100.0, True, "red"),
        ("up", 100.0, 100.0, True, "green"),
        ("up", 101.0, 100.0, True, "green"),
        ("up", 99.99, 100.0, True, "amber"),
        ("up", 95.0, 100.0, True, "amber"),
        ("up", 94.99, 100.0, True, "red"),
        ("up", 0.0, 100.0, True, "red"),
        ("down", 0.0, 0.0, True, "green"),
        ("down", 1.0, 0.0, True, "red"),
        ("quiet", 1.0, 100.0, True, "grey"),
        ("down", 1.0, 100.0, False, "grey"),
        ("down", 1.0, None, True, "grey"),
        ("up", 1000.0, None, True, "grey"),
    ],
)
def test_red_amber_and_green_at_their_bounds(
    models: Any, indicator: str, value: float, target: float | None, complete: bool, expected: str
) -> None:
    """Met is green, within 5 % amber, worse than 5 % red, no target grey (definitions 9)."""
    row = ("s", indicator, "A", "ytd", date(2018, 4, 1), END, value, complete, "higher", END, False)
    targets = [("A", indicator, "ytd", END, target)] if target is not None else []
    (found,) = values(models, [row], targets=targets)
    assert found["rag"] == expected


# --- breaks -----------------------------------------------------------------------------------


def crossing(
    models: Any, *breaks: tuple[Any, ...], notes: list[tuple[Any, ...]] | None = None
) -> dict[tuple[Any, ...], str]:
    fill_names(models)
    models.fill("int_period_rates", COMPARISONS, every_row())
    models.fill(
        "int_breaks",
        "source varchar, indicator_id varchar, area_code varchar, break_date date,"
        " break_note varchar",
        list(breaks),
    )
    models.fill(
        "series_notes",
        "source varchar, indicator_id varchar, area_code varchar, first_day date, last_day date,"
        " note varchar",
        notes or [],
    )
    models.build("int_period_breaks")
    keys = ("source", "indicator_id", "area_code", "period_type", "period_end")
    return {
        tuple(r[k] for k in keys): r["break_note"]
        for r in models.rows("from int_period_breaks where break_note is not null")
    }


@pytest.mark.parametrize(
    ("on", "crossed"),
    [
        # the comparison is of July to September 2018 with the same months of 2017
        (date(2017, 7, 1), False),  # all of both lies after it
        (date(2017, 7, 2), True),
        (date(2018, 9, 30), True),
        (date(2018, 10, 1), False),
    ],
)
def test_a_break_is_crossed_between_the_start_of_the_year_before_and_the_end(
    models: Any, on: date, crossed: bool
) -> None:
    found = crossing(models, ("s", "down", "A", on, "note"))
    assert (("s", "down", "A", "quarter", END) in found) is crossed


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [
        # July to September 2018 and the same months of 2017 both lie outside
        (date(2017, 1, 1), date(2017, 6, 30), False),
        (date(2018, 10, 1), date(2019, 1, 1), False),
        # one day of either is enough
        (date(2017, 1, 1), date(2017, 7, 1), True),
        (date(2018, 9, 30), date(2019, 1, 1), True),
        (date(2017, 1, 1), date(2019, 1, 1), True),
    ],
)
def test_a_note_stands_beside_every_comparison_that_touches_its_time(
    models: Any, first: date, last: date, touched: bool
) -> None:
    found = crossing(models, notes=[("*", "*", "*", first, last, "a note")])
    assert (("s", "down", "A", "quarter", END) in found) is touched
    of_others = crossing(models, notes=[("s", "up", "*", first, last, "a note")])
    assert ("s", "down", "A", "quarter", END) not in of_others


@pytest.mark.parametrize(
    ("on", "crossed"),
    [
        # the mean is of July to September 2015, 2016 and 2017
        (date(2015, 7, 1), False),
        (date(2015, 7, 2), True),
        (date(2017, 7, 1), True),  # crossed by the mean, and not by the comparison with 2017
        (date(2018, 9, 30), True),
        (date(2018, 10, 1), False),
    ],
)
def test_the_mean_of_three_years_carries_the_breaks_since_the_first_of_them(
    models: Any, on: date, crossed: bool
) -> None:
    crossing(models, ("s", "down", "A", on, "note"))
    notes = models.rows(
        "select break_note, baseline_break_note from int_period_breaks"
        " where (source, indicator_id, area_code, period_type, period_end)"
        f" = ('s', 'down', 'A', 'quarter', date '{END}')"
    )
    assert [row["baseline_break_note"] for row in notes] == (["note"] if crossed else [])
    if on == date(2017, 7, 1):
        assert notes[0]["break_note"] is None


@pytest.mark.parametrize(
    ("source", "indicator", "area"), list(product(("s", "*"), ("down", "*"), ("A", "F", "*")))
)
def test_a_break_holds_for_what_it_names_and_a_star_for_all(
    models: Any, source: str, indicator: str, area: str
) -> None:
    """A force's break is one of its partnerships too."""
    found = crossing(models, (source, indicator, area, date(2018, 8, 1), "note"))
    areas = {"A": {"A"}, "F": {"A", "F"}, "*": set(AREAS)}[area]
    expected = {
        (s, i, a, kind, END)
        for s, i, a, kind in product(SOURCES, INDICATORS, AREAS, TYPES)
        if source in ("*", s) and indicator in ("*", i) and a in areas
    }
    # August 2018 lies in the year before a comparison that ends in September 2019
    expected |= {(*key[:4], YEAR_AFTER) for key in expected}
    assert set(found) == expected
    assert set(found.values()) == {"note"}


def test_two_breaks_are_told_in_the_order_of_their_dates_and_once_each(models: Any) -> None:
    found = crossing(
        models,
        ("*", "down", "A", date(2018, 8, 1), "later"),
        ("s", "down", "A", date(2018, 5, 1), "earlier"),
        ("s", "*", "*", date(2018, 5, 1), "earlier"),
    )
    assert found["s", "down", "A", "ytd", END] == "earlier; later"
    assert found["t", "down", "A", "ytd", END] == "later"
    assert found["s", "up", "B", "ytd", END] == "earlier"


BREAK_COLUMNS = (
    "series_source varchar, indicator_id varchar, area_as_written varchar, break_date date,"
    " break_note varchar, extract_date date, load_id varchar, row_number bigint"
)


def test_the_newest_delivery_words_a_break_and_the_seed_words_the_rest(models: Any) -> None:
    models.fill("int_area_spellings", "spelling varchar, area_code varchar", [("alpha", "A")])
    first, second, on = date(2018, 1, 1), date(2018, 2, 1), date(2017, 4, 1)
    models.fill(
        "stg_breaks__breaks",
        BREAK_COLUMNS,
        [
            ("s", "i", " Alpha ", on, "old words", first, "z", 9),
            ("s", "i", "alpha", on, "new words", second, "a", 1),
            ("s", "i", "ALPHA", on, "newer load", second, "b", 1),
            ("s", "i", "alpha", on, "last line", second, "b", 2),
            ("s", "i", " * ", on, "everywhere", first, "z", 9),
            ("s", "i", "nowhere", on, "of no place", first, "z", 9),
        ],
    )
    models.fill(
        "breaks",
        "source varchar, indicator_id varchar, area_code varchar, break_date date,"
        " break_note varchar",
        [
            ("s", "i", "A", on, "words of the seed"),
            ("s", "i", "B", on, "seed alone"),
            ("s", "j", "A", on, "another indicator"),
            ("t", "i", "A", on, "another source"),
            ("s", "i", "A", second, "another day"),
        ],
    )
    models.build("int_breaks")
    assert sorted(r["break_note"] for r in models.rows("from int_breaks")) == [
        "another day", "another indicator", "another source", "everywhere", "last line",
        "seed alone",
    ]  # fmt: skip


def test_the_newest_delivery_of_a_target_is_in_force_and_the_seed_fills_up(models: Any) -> None:
    models.fill("int_area_spellings", "spelling varchar, area_code varchar", [("alpha", "A")])
    first, second = date(2018, 1, 1), date(2018, 2, 1)
    models.fill(
        "stg_targets__targets",
        "area_as_written varchar, indicator_id varchar, period_type varchar, period_end date,"
        " target_value double, source_document varchar, extract_date date, load_id varchar,"
        " row_number bigint",
        [
            (" Alpha ", "i", "ytd", END, 1.0, "d", first, "z", 9),
            ("alpha", "i", "ytd", END, 2.0, "d", second, "a", 1),
            ("alpha", "i", "ytd", END, 3.0, "d", second, "b", 1),
            ("alpha", "i", "ytd", END, 4.0, "d", second, "b", 2),
            ("nowhere", "i", "ytd", END, 5.0, "d", second, "b", 3),
        ],
    )
    models.fill(
        "targets",
        "area_code varchar, indicator_id varchar, period_type varchar, period_end date,"
        " target_value double, source varchar",
        [
            ("A", "i", "ytd", END, 6.0, "seed"),
            ("A", "i", "quarter", END, 7.0, "seed"),
            ("A", "i", "ytd", YEAR_AFTER, 8.0, "seed"),
            ("A", "j", "ytd", END, 9.0, "seed"),
            ("B", "i", "ytd", END, 10.0, "seed"),
        ],
    )
    models.build("int_targets")
    found = {r["target_value"]: r["extract_date"] for r in models.rows("from int_targets")}
    assert found == {4.0: second, 7.0: None, 8.0: None, 9.0: None, 10.0: None}
