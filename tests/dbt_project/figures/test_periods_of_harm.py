"""Periods, figures and closed indicators of outcomes and severity, calculated by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

MAY, JUNE, YEAR_BEFORE = date(2024, 5, 1), date(2024, 6, 1), date(2023, 5, 1)
PERIODS = (
    "period_type varchar, period_label varchar, period_start date, period_end date,"
    " end_month_number bigint, months_expected bigint"
)


def periods(models: Any) -> None:
    """Months, two-month 'quarters', and years to date of May and June."""
    rows = []
    for year in (2023, 2024):
        may, june, number = date(year, 5, 31), date(year, 6, 30), year * 12 + 5
        start = date(year, 5, 1)
        rows += [
            ("month", f"May {year}", start, may, number, 1),
            ("month", f"June {year}", date(year, 6, 1), june, number + 1, 1),
            ("quarter", f"quarter {year}", start, june, number + 1, 2),
            ("ytd", f"May to May {year}", start, may, number, 1),
            ("ytd", f"May to June {year}", start, june, number + 1, 2),
        ]
    models.fill("int_periods", PERIODS, rows)
    models.build("int_period_months")


def test_severity_of_periods_and_of_the_year_before(models: Any) -> None:
    periods(models)
    models.fill(
        "int_harm_by_month",
        "scheme varchar, source varchar, indicator_id varchar, area_code varchar, month date,"
        " records bigint, weighted_records bigint, severity double",
        [
            ("s", "x", "i", "A", YEAR_BEFORE, 1, 1, 10.0),
            ("s", "x", "i", "A", date(2023, 6, 1), 2, 1, 20.0),
            ("s", "x", "i", "A", MAY, 3, 2, 30.0),
            ("s", "x", "i", "A", JUNE, 4, 3, 40.0),
            # each other series differs in one thing, and has May of both years, or one year's
            ("t", "x", "i", "A", YEAR_BEFORE, 5, 5, 50.0),
            ("s", "y", "i", "A", YEAR_BEFORE, 6, 6, 60.0),
            ("s", "x", "j", "A", YEAR_BEFORE, 7, 7, 70.0),
            ("s", "x", "i", "B", YEAR_BEFORE, 8, 8, 80.0),
            ("s", "x", "i", "B", MAY, 9, 9, 90.0),
            ("s", "x", "i", "B", JUNE, 1, 0, 0.0),
        ],
    )
    models.build("int_harm_periods")
    rows = models.connection.execute(
        "select scheme, source, indicator_id, area_code, period_label, records, weighted_records,"
        " severity, is_complete, previous_records, previous_severity from int_harm_periods"
    ).fetchall()
    found = {(*row[:5],): row[5:] for row in rows}
    assert len(found) == len(rows)
    a, b = ("s", "x", "i", "A"), ("s", "x", "i", "B")
    alone = {("t", "x", "i", "A"): 5, ("s", "y", "i", "A"): 6, ("s", "x", "j", "A"): 7, b: 8}
    none = (None, None)
    expected = {
        **{(*a, label): (1, 1, 10, True, *none) for label in ("May 2023", "May to May 2023")},
        (*a, "June 2023"): (2, 1, 20, True, *none),
        (*a, "quarter 2023"): (3, 2, 30, True, *none),
        (*a, "May to June 2023"): (3, 2, 30, True, *none),
        (*a, "May 2024"): (3, 2, 30, True, 1, 10),
        (*a, "May to May 2024"): (3, 2, 30, True, 1, 10),
        (*a, "June 2024"): (4, 3, 40, True, 2, 20),
        (*a, "quarter 2024"): (7, 5, 70, True, 3, 30),
        (*a, "May to June 2024"): (7, 5, 70, True, 3, 30),
        # B has no June of the year before: what has one month of two is no year before
        (*b, "May 2024"): (9, 9, 90, True, 8, 80),
        (*b, "May to May 2024"): (9, 9, 90, True, 8, 80),
        (*b, "June 2024"): (1, 0, 0, True, *none),
        (*b, "quarter 2024"): (10, 9, 90, True, *none),
        (*b, "May to June 2024"): (10, 9, 90, True, *none),
    }
    for key, n in alone.items():
        # a quarter without its June is there, not complete; a year to June that ends in May is not
        expected[(*key, "quarter 2023")] = (n, n, 10 * n, False, *none)
        for label in ("May 2023", "May to May 2023"):
            expected[(*key, label)] = (n, n, 10 * n, True, *none)
    assert found == expected


def test_outcomes_of_periods_and_of_the_year_before(models: Any) -> None:
    periods(models)
    models.fill(
        "int_outcomes_by_month",
        "source varchar, basis varchar, indicator_id varchar, area_code varchar, month date,"
        " crimes bigint, crimes_with_outcome bigint, decided bigint, positive bigint",
        [
            ("x", "c", "i", "A", YEAR_BEFORE, 9, 8, 7, 6),
            ("x", "c", "i", "A", date(2023, 6, 1), 1, 1, 1, 1),
            ("x", "c", "i", "A", MAY, 19, 18, 17, 16),
            ("x", "c", "i", "A", JUNE, 5, 4, 3, 2),
            ("y", "c", "i", "A", YEAR_BEFORE, 5, 5, 5, 5),
            ("x", "d", "i", "A", YEAR_BEFORE, 6, 6, 6, 6),
            ("x", "c", "j", "A", YEAR_BEFORE, 7, 7, 7, 7),
            ("x", "c", "i", "B", YEAR_BEFORE, 8, 8, 8, 8),
            ("x", "c", "i", "B", MAY, 4, 3, 2, 1),
            ("x", "c", "i", "B", JUNE, 4, 3, 2, 1),
        ],
    )
    models.build("int_outcome_periods")
    rows = models.connection.execute(
        "select source, basis, indicator_id, area_code, period_label, crimes, crimes_with_outcome,"
        " decided, positive, is_complete, previous_crimes_with_outcome, previous_positive"
        " from int_outcome_periods"
    ).fetchall()
    found = {row[:5]: row[5:] for row in rows}
    assert len(found) == len(rows)
    a, b = ("x", "c", "i", "A"), ("x", "c", "i", "B")
    alone = {("y", "c", "i", "A"): 5, ("x", "d", "i", "A"): 6, ("x", "c", "j", "A"): 7, b: 8}
    none = (None, None)
    expected = {
        **{(*a, label): (9, 8, 7, 6, True, *none) for label in ("May 2023", "May to May 2023")},
        (*a, "June 2023"): (1, 1, 1, 1, True, *none),
        (*a, "quarter 2023"): (10, 9, 8, 7, True, *none),
        (*a, "May to June 2023"): (10, 9, 8, 7, True, *none),
        (*a, "May 2024"): (19, 18, 17, 16, True, 8, 6),
        (*a, "May to May 2024"): (19, 18, 17, 16, True, 8, 6),
        (*a, "June 2024"): (5, 4, 3, 2, True, 1, 1),
        (*a, "quarter 2024"): (24, 22, 20, 18, True, 9, 7),
        (*a, "May to June 2024"): (24, 22, 20, 18, True, 9, 7),
        (*b, "May 2024"): (4, 3, 2, 1, True, 8, 8),
        (*b, "May to May 2024"): (4, 3, 2, 1, True, 8, 8),
        (*b, "June 2024"): (4, 3, 2, 1, True, *none),
        (*b, "quarter 2024"): (8, 6, 4, 2, True, *none),
        (*b, "May to June 2024"): (8, 6, 4, 2, True, *none),
    }
    for key, n in alone.items():
        expected[(*key, "quarter 2023")] = (n, n, n, n, False, *none)
        for label in ("May 2023", "May to May 2023"):
            expected[(*key, label)] = (n, n, n, n, True, *none)
    assert found == expected


def around(models: Any) -> None:
    """Two areas of two forces, two indicators, and what is closed of them."""
    models.fill(
        "int_focus_areas",
        "area_code varchar, area_name varchar, area_type varchar, force_code varchar",
        [("A", "Area A", "csp", "F1"), ("B", "Area B", "csp", "F2")],
    )
    models.fill(
        "indicators",
        "indicator_id varchar, indicator_name varchar, polarity varchar",
        [("i", "I", "lower"), ("j", "J", "lower")],
    )
    models.fill(
        "int_withheld_outcomes",
        "source varchar, force_code varchar, indicator_id varchar",
        [("x", "F1", "i"), ("x", "F2", "j")],
    )


WITHHELD = {
    ("x", "i", "A"): True,
    ("x", "i", "B"): False,
    ("x", "j", "A"): False,
    ("x", "j", "B"): True,
    ("y", "i", "A"): False,
}


def test_rates_of_positive_outcomes_and_what_is_withheld_of_them(models: Any) -> None:
    around(models)
    columns = (
        "source varchar, indicator_id varchar, area_code varchar, is_complete boolean,"
        " crimes_with_outcome bigint, positive bigint, previous_crimes_with_outcome bigint,"
        " previous_positive bigint, crimes bigint, decided bigint, basis varchar"
    )
    models.fill(
        "int_outcome_periods",
        columns,
        [
            ("x", "i", "A", True, 40, 10, 50, 5, 50, 30, "crime_month"),
            ("x", "i", "B", False, 40, 10, None, None, 50, 30, "crime_month"),
            ("x", "j", "A", True, 0, 0, 0, 0, 0, 0, "crime_month"),
            ("x", "j", "B", True, 1, 1, 1, 0, 1, 1, "crime_month"),
            ("y", "i", "A", True, 8, 1, 1, 1, 9, 8, "crime_month"),
            ("x", "i", "Z", True, 8, 1, 1, 1, 8, 8, "crime_month"),
            ("x", "k", "A", True, 8, 1, 1, 1, 8, 8, "crime_month"),
        ],
    )
    models.build("int_outcome_figures")
    rows = models.connection.execute(
        "select source, indicator_id, area_code, is_withheld, positive_outcome_rate,"
        " previous_positive_outcome_rate, crimes, crimes_with_outcome, decided, positive"
        " from int_outcome_figures"
    ).fetchall()
    assert len(rows) == 5
    assert {row[:3]: row[3] for row in rows} == WITHHELD
    # an incomplete period has no count either
    assert {row[:3]: row[6:] for row in rows}["x", "i", "A"] == (50, 40, 30, 10)
    assert {row[:3]: row[6:] for row in rows}["x", "i", "B"] == (None,) * 4
    assert {row[:3]: row[4:6] for row in rows} == {
        ("x", "i", "A"): (25.0, 10.0),
        ("x", "i", "B"): (None, None),
        ("x", "j", "A"): (None, None),  # of none, no rate
        ("x", "j", "B"): (100.0, 0.0),
        ("y", "i", "A"): (12.5, 100.0),
    }


def test_limits_and_undecided_share_of_positive_outcomes(models: Any) -> None:
    around(models)
    models.fill(
        "int_outcome_periods",
        "source varchar, indicator_id varchar, area_code varchar, basis varchar,"
        " is_complete boolean, crimes_with_outcome bigint, positive bigint,"
        " previous_crimes_with_outcome bigint, previous_positive bigint, crimes bigint,"
        " decided bigint",
        [
            ("x", "i", "A", "crime_month", True, 100, 65, 100, 50, 120, 90),
            ("x", "i", "B", "crime_month", False, 100, 65, 100, 50, 120, 90),
            ("y", "i", "A", "outcome_month", True, 100, 65, 100, 50, 120, 90),
        ],
    )
    models.build("int_outcome_figures")
    found = {
        (row["source"], row["area_code"]): row for row in models.rows("from int_outcome_figures")
    }
    whole = found["x", "A"]
    # PHEindicatormethods: Wilson's interval of 65 in 100
    assert whole["positive_outcome_rate_lower"] == pytest.approx(55.25445243)
    assert whole["positive_outcome_rate_upper"] == pytest.approx(73.63575176)
    assert (whole["undecided_pct"], whole["positive_outcome_change_pp"]) == (10.0, 15.0)
    for other in (found["x", "B"], found["y", "A"]):
        assert other["positive_outcome_rate_lower"] is None
        assert other["positive_outcome_rate_upper"] is None
        assert other["undecided_pct"] is None


def test_severity_stands_beside_the_people_of_the_same_figure(models: Any) -> None:
    around(models)
    end, other = date(2024, 5, 31), date(2023, 5, 31)
    key = "source varchar, indicator_id varchar, area_code varchar, period_type varchar,"
    models.fill(
        "int_harm_periods",
        f"{key} period_end date, is_complete boolean, severity double, records bigint,"
        " weighted_records bigint, previous_severity double, previous_records bigint",
        [(*series, "month", end, series[2] == "A", 1.0, 3, 2, 4.0, 2) for series in WITHHELD]
        + [
            (*series, "month", end, True, 1.0, 3, 2, 4.0, 2)
            for series in (("x", "i", "Z"), ("x", "k", "A"))
        ],
    )
    models.fill(
        "int_indicator_values",
        f"{key} period_end date, denominator double, denominator_kind varchar,"
        " population_year bigint, rate_per bigint, break_note varchar",
        [
            (*values, "residents", 2023, 1000, None)
            for values in (
                ("x", "i", "A", "month", end, 100.0),
                ("x", "i", "B", "month", end, 200.0),
                ("x", "j", "A", "month", end, 300.0),
                ("y", "i", "A", "month", end, 400.0),
                ("x", "i", "A", "ytd", end, 500.0),
                ("x", "i", "A", "month", other, 600.0),
            )
        ],
    )
    models.fill(
        "int_withheld_severities",
        f"{key} period_end date, is_severity_withheld boolean,"
        " is_previous_severity_withheld boolean",
        [
            ("x", "i", "A", "month", end, True, None),
            ("x", "j", "B", "month", end, True, True),
            # another period, type, area or source tells nothing of these
            ("x", "i", "B", "month", other, True, True),
            ("x", "i", "B", "ytd", end, True, True),
            ("x", "j", "Z", "month", end, True, True),
            ("y", "j", "A", "month", end, True, True),
        ],
    )
    models.build("int_harm_figures")
    complete = models.connection.execute(
        "select area_code = 'A' as is_complete, severity, records, weighted_records"
        " from int_harm_figures group by all order by all"
    ).fetchall()
    assert complete == [(False, None, None, None), (True, 1.0, 3, 2)]
    rows = models.connection.execute(
        "select source, indicator_id, area_code, is_severity_withheld, denominator,"
        " is_previous_severity_withheld from int_harm_figures"
    ).fetchall()
    assert len(rows) == 5
    assert {row[:3]: row[3] for row in rows} == WITHHELD
    assert [row[:3] for row in rows if row[5]] == [("x", "j", "B")]
    assert {row[:3]: row[4] for row in rows} == {
        ("x", "i", "A"): 100,
        ("x", "i", "B"): 200,
        ("x", "j", "A"): 300,
        ("x", "j", "B"): None,
        ("y", "i", "A"): 400,
    }
    assert models.connection.execute(
        "select severity_per_offence, round(weighted_share_pct, 3), severity_rate,"
        " severity_change, severity_change_pct, count_change_pct from int_harm_figures"
        " where (source, indicator_id, area_code) = ('x', 'i', 'A')"
    ).fetchall() == [(0.5, 66.667, 10.0, -3.0, -75.0, 50.0)]


CLOSING = "source varchar, indicator_id varchar, area_code varchar"


def closing(models: Any, series: list[tuple[str, ...]]) -> None:
    """Sensitive s and t, o that is not; w would tell s, and x is public."""
    models.settings = {"suppression_threshold": 5}
    models.fill("int_withheld_series", CLOSING, series)
    models.fill(
        "int_indicators",
        "indicator_id varchar, is_sensitive boolean",
        [("s", True), ("t", True), ("o", False), ("w", False)],
    )
    models.fill(
        "int_withheld_together",
        "indicator_id varchar, sensitive_indicator_id varchar",
        [("w", "s")],
    )
    models.fill("sources", "source varchar, is_public boolean", [("x", False), ("police_uk", True)])
    models.fill("areas", "area_code varchar, force_code varchar", [("A", "F1"), ("B", "F2")])


@pytest.mark.parametrize(
    ("counts", "closes"),
    [
        # crimes, with outcome, decided, positive; the threshold is 5
        ((40, 30, 20, 10), False),
        ((40, 40, 40, 40), False),
        ((5, 5, 5, 0), False),
        ((4, 0, 0, 0), True),
        ((1, 0, 0, 0), True),
        ((40, 4, 0, 0), True),
        ((40, 30, 4, 0), True),
        ((40, 30, 20, 4), True),
        ((40, 36, 20, 10), True),  # 4 without an outcome
        ((40, 35, 20, 10), False),
        ((40, 30, 26, 10), True),  # 4 not decided
        ((60, 50, 30, 46), True),  # 4 with an outcome that is not positive
        ((60, 40, 20, 16), True),  # 4 decided that are not positive
    ],
)
def test_a_small_number_of_a_sensitive_month_closes_the_indicator(
    models: Any, counts: tuple[int, ...], closes: bool
) -> None:
    closing(models, [])
    models.fill(
        "int_outcomes_by_month",
        f"{CLOSING}, crimes bigint, crimes_with_outcome bigint, decided bigint, positive bigint",
        [(source, indicator, "A", *counts) for source in ("x", "police_uk") for indicator in "so"],
    )
    models.build("int_withheld_outcomes")
    models.settings = {}
    found = models.connection.execute("from int_withheld_outcomes order by all").fetchall()
    assert found == ([("x", "F1", "s"), ("x", "F1", "w")] if closes else [])


def test_a_withheld_series_closes_its_outcomes_in_its_force(models: Any) -> None:
    closing(
        models, [("x", "t", "A"), ("y", "s", "B"), ("x", "s", "nowhere"), ("police_uk", "s", "A")]
    )
    models.fill(
        "int_outcomes_by_month",
        f"{CLOSING}, crimes bigint, crimes_with_outcome bigint, decided bigint, positive bigint",
        [],
    )
    models.build("int_withheld_outcomes")
    models.settings = {}
    found = models.connection.execute("from int_withheld_outcomes").fetchall()
    assert sorted(found) == [("x", "F1", "t"), ("y", "F2", "s"), ("y", "F2", "w")]


def test_the_newest_weights_of_each_scheme_stand_whole(models: Any) -> None:
    old, new = date(2023, 1, 1), date(2024, 1, 1)
    models.fill(
        "stg_severity_weights__weights",
        "load_id varchar, extract_date date, scheme varchar, offence_code varchar,"
        " indicator_id varchar, weight double, valid_from date, valid_to date",
        [
            ("z", old, "s", "1a", None, 9.0, None, None),
            ("z", old, "s", "left out", None, 9.0, None, None),
            ("a", new, "s", "1a", None, 2.0, None, None),
            ("a", new, "s", "1A", None, 3.0, MAY, None),
            ("a", old, "t", "1A", None, 4.0, None, MAY),
            ("b", old, "t", None, "robbery", 5.0, None, MAY),
        ],
    )
    models.build("int_severity_weights")
    first, last = date(1900, 1, 1), date(9999, 12, 31)
    found = models.connection.execute("from int_severity_weights order by weight").fetchall()
    assert found == [
        ("s", "1A", None, first, last, 2.0),
        ("s", "1A", None, MAY, last, 3.0),
        ("t", None, "robbery", first, MAY, 5.0),
    ]


def test_months_past_their_time_are_those_in_force_whose_records_are_gone(models: Any) -> None:
    models.fill(
        "stg_landing__counts_archive",
        "load_id varchar, dataset varchar, source varchar, scope varchar, area_code varchar,"
        " month date",
        [
            ("gone", "force_extract", "x", "f", "A", MAY),
            ("gone", "force_extract", "x", "f", "A", JUNE),  # another load is in force
            ("gone", "force_extract", "x", "g", "B", MAY),  # another scope is
            ("kept", "force_extract", "x", "f", "C", MAY),
            ("gone", "another", "x", "f", "D", MAY),
        ],
    )
    models.fill(
        "int_current_coverage",
        "load_id varchar, dataset varchar, scope varchar, period_start date",
        [
            ("gone", "force_extract", "f", MAY),
            ("kept", "force_extract", "f", MAY),
            ("kept", "force_extract", "f", JUNE),
            ("gone", "another", "g", MAY),
        ],
    )
    models.fill("int_force_extract__offence_counts", "load_id varchar", [("kept",), ("kept",)])
    models.build("int_removed_months")
    assert models.connection.execute("from int_removed_months").fetchall() == [("x", "A", MAY)]


def test_of_overlapping_scopes_the_one_that_speaks_gives_the_records(models: Any) -> None:
    counts = (
        "load_id varchar, scope varchar, month date, area_code varchar, indicator_id varchar,"
        " offence_code varchar, outcome_word varchar, records bigint"
    )
    models.fill(
        "int_force_extract__offence_counts",
        counts,
        [
            ("l", "force", MAY, "A", "i", "1", None, 1),  # the partnership speaks
            ("l", "own", MAY, "A", "i", "1", None, 2),
            ("l", "force", JUNE, "A", "i", "1", None, 3),
            ("l", "force", MAY, "B", "i", "1", None, 4),
            ("l", "force", MAY, "A", "j", "1", None, 5),
            ("l", "neighbour", MAY, "A", "i", "1", None, 6),
            ("l", "unplaced", MAY, "A", "i", "1", None, 7),
            ("old", "own", MAY, "A", "i", "1", None, 8),  # not in force
            ("l", "own", JUNE, "A", "i", "1", None, 9),  # nor this month
            ("l", "own", MAY, "A", "j", "1", None, 10),  # nor this indicator
            ("l", "elsewhere", MAY, "A", "i", "1", None, 11),  # nor this scope
        ],
    )
    models.fill(
        "int_current_coverage",
        "load_id varchar, dataset varchar, scope varchar, period_start date, indicator_id varchar",
        [
            ("l", "force_extract", scope, month, indicator)
            for scope, month, indicator in (
                ("force", MAY, "i"),
                ("force", JUNE, "i"),
                ("force", MAY, "j"),
                ("own", MAY, "i"),
                ("neighbour", MAY, "i"),
                ("unplaced", MAY, "i"),
            )
        ]
        + [("l", "another", "elsewhere", MAY, "i")],
    )
    models.fill(
        "int_scope_forces",
        "scope varchar, force_code varchar",
        [("force", "F1"), ("own", "F1"), ("neighbour", "F2"), ("elsewhere", "F2")],
    )
    models.fill(
        "int_speaking_scopes",
        "dataset varchar, indicator_id varchar, month date, area_code varchar,"
        " force_code varchar, scope varchar",
        [
            ("force_extract", "i", MAY, "A", "F1", "own"),
            ("another", "i", MAY, "B", "F1", "own"),
        ],
    )
    models.build("int_current_offence_counts")
    found = models.connection.execute(
        "select records from int_current_offence_counts order by records"
    ).fetchall()
    assert [records for (records,) in found] == [2, 3, 4, 5, 6, 7]


def test_areas_in_focus_are_the_home_forces_and_their_partnerships(models: Any) -> None:
    models.fill(
        "areas",
        "area_code varchar, area_name varchar, area_type varchar, force_code varchar",
        [
            ("A", "A", "csp", "F1"),
            ("B", "B", "csp", "F1"),
            ("F1", "F1", "force", "F1"),
            ("F1_unknown", "?", "unknown", "F1"),
            ("C", "C", "csp", "F2"),
        ],
    )
    models.fill("int_home_areas", "area_code varchar, force_code varchar", [("A", "F1")])
    models.build("int_focus_areas")
    found = models.connection.execute(
        "select area_code, is_home_area from int_focus_areas order by area_code"
    ).fetchall()
    assert found == [("A", True), ("B", False), ("F1", False)]
