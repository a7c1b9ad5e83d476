"""Outcomes and severity by month and period, of several series side by side, calculated by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

MAY, JUNE, JULY, AUGUST = (date(2024, month, 1) for month in (5, 6, 7, 8))
COUNTED = "source varchar, indicator_id varchar, area_code varchar, month date, is_supplied boolean"
FOCUS = (
    "area_code varchar, area_name varchar, area_type varchar, force_code varchar,"
    " is_home_area boolean"
)
FOCUS_ROWS = [
    ("A", "Area A", "csp", "F1", True),
    ("B", "Area B", "csp", "F1", False),
    ("F1", "Force 1", "force", "F1", False),
]
CATEGORIES = "source varchar, category varchar, indicator_id varchar"
CATEGORY_ROWS = [
    ("police_uk", "Robbery", "robbery"),
    ("police_uk", "Robbery", "total_recorded_crime"),
    ("police_uk", "Other crime", "other"),
    ("police_uk", "Other crime", "total_recorded_crime"),
    ("police_uk", "ASB", "asb_incidents"),
    ("another", "Robbery", "other"),
]
COVERAGE = (
    "load_id varchar, source varchar, dataset varchar, scope varchar, indicator_id varchar,"
    " period_start date"
)
REMOVED = "source varchar, area_code varchar, month date"
EXTRACTS = (
    "load_id varchar, scope varchar, month date, area_code varchar, indicator_id varchar,"
    " offence_code varchar, outcome_word varchar, records bigint"
)


def counted(models: Any) -> None:
    """Supplied months: of A all, of B May; of the force extract A's June is past its time."""
    models.fill(
        "int_counted_months",
        COUNTED,
        [
            *(
                ("police_uk", indicator, "A", month, month != AUGUST)
                for indicator in ("robbery", "other", "total_recorded_crime", "asb_incidents")
                for month in (MAY, JUNE, AUGUST)
            ),
            ("police_uk", "robbery", "B", MAY, True),
            ("police_uk", "robbery", "Z", MAY, True),
            ("another", "robbery", "A", MAY, True),
            ("force_extract", "robbery", "A", MAY, True),
            ("force_extract", "robbery", "A", JUNE, True),
            ("force_extract", "robbery", "B", JUNE, True),
            ("force_extract", "asb_incidents", "A", MAY, True),
        ],
    )
    models.fill("int_removed_months", REMOVED, [("force_extract", "A", JUNE)])
    models.fill("int_focus_areas", FOCUS, FOCUS_ROWS)
    models.fill("crime_categories", CATEGORIES, CATEGORY_ROWS)
    models.fill(
        "int_current_offence_counts",
        EXTRACTS,
        [
            ("x", "f", MAY, "A", "robbery", "34B", "charged", 4),
            ("x", "f", MAY, "A", "robbery", "34B", None, 3),
            ("x", "f", MAY, "A", "robbery", "34A", "no suspect", 2),
            ("x", "f", MAY, "A", "robbery", "34A", "unheard", 1),
            ("x", "f", MAY, "A", "total_recorded_crime", "34A", "charged", 50),
            ("x", "f", JUNE, "A", "robbery", "34A", "charged", 60),
            ("x", "f", JUNE, "B", "robbery", "34A", "charged", 7),
            ("x", "f", MAY, "B", "robbery", "34A", "charged", 70),
        ],
    )


@pytest.fixture(scope="module")
def outcomes(models: Any) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Crimes, with outcome, decided and positive by source, basis, indicator, area and month."""
    counted(models)
    models.fill(
        "int_current_coverage",
        COVERAGE,
        [
            ("new", "police_uk", dataset, "west", indicator, month)
            for dataset in ("police_uk_street", "police_uk_outcomes")
            for indicator in (
                ("robbery", "other", "total_recorded_crime", "asb_incidents")
                if dataset == "police_uk_street"
                else (None,)
            )
            for month in (MAY, JUNE)
            if (dataset, month) != ("police_uk_outcomes", JUNE)
        ]
        + [
            ("old", "another", "police_uk_outcomes", "west", None, MAY),
            ("old", "police_uk", "another", "west", "robbery", MAY),
            ("new", "police_uk", "police_uk_outcomes", "east", None, JUNE),
        ],
    )
    models.fill(
        "outcome_types",
        "outcome_type varchar, stage varchar, is_decided boolean, is_positive boolean",
        [
            ("Charged", "police", True, True),
            ("No suspect", "police", True, False),
            ("Under investigation", "police", False, False),
            ("Fined", "court", True, True),
        ],
    )
    models.fill(
        "int_police_uk__outcome_counts",
        "load_id varchar, force_slug varchar, month date, area_code varchar, crime_type varchar,"
        " outcome_type varchar, records bigint",
        [
            ("new", "west", MAY, "A", "Robbery", "Charged", 5),
            ("new", "west", MAY, "A", "Robbery", "No suspect", 6),
            ("new", "west", MAY, "A", "Robbery", "Under investigation", 7),
            ("new", "west", MAY, "A", "Robbery", None, 8),
            ("new", "west", MAY, "A", "Other crime", "Fined", 9),
            ("new", "west", JUNE, "A", "Robbery", "No suspect", 10),
            ("new", "west", MAY, "B", "Robbery", "Charged", 11),
            ("new", "west", MAY, "A", "ASB", None, 12),
            ("new", "west", MAY, "A", "Unheard", "Charged", 13),
            ("old", "west", MAY, "A", "Robbery", "Charged", 100),
            ("new", "east", MAY, "A", "Robbery", "Charged", 200),
            ("new", "west", JULY, "A", "Robbery", "Charged", 300),
        ],
    )
    models.fill(
        "int_police_uk__decided_counts",
        "load_id varchar, force_slug varchar, month date, area_code varchar, crime_type varchar,"
        " outcome_type varchar, records bigint",
        [
            ("new", "west", MAY, "A", "Robbery", "Charged", 2),
            ("new", "west", MAY, "A", "Robbery", "No suspect", 3),
            ("new", "west", MAY, "A", "Robbery", "Under investigation", 4),
            ("new", "west", MAY, "A", "Robbery", "Fined", 5),
            ("new", "west", MAY, "A", "Robbery", None, 6),
            # of what crime is not said: it counts in the total alone
            ("new", "west", MAY, "A", None, "Charged", 20),
            ("new", "west", MAY, "B", "Robbery", "Charged", 30),
            ("new", "west", JUNE, "A", "Robbery", "Charged", 40),
            ("old", "west", MAY, "A", "Robbery", "Charged", 100),
            ("new", "east", MAY, "A", "Robbery", "Charged", 200),
        ],
    )
    models.fill(
        "int_scope_areas",
        "scope varchar, area_code varchar",
        [("west", "A"), ("west", "B"), ("east", "Z")],
    )
    models.build("int_recorded_months", "int_outcomes_by_month")
    rows = models.connection.execute(
        "select source, basis, indicator_id, area_code, month,"
        " crimes, crimes_with_outcome, decided, positive from int_outcomes_by_month"
    ).fetchall()
    assert len({row[:5] for row in rows}) == len(rows)
    return {row[:5]: row[5:] for row in rows}


def test_outcomes_of_each_month(outcomes: dict[tuple[Any, ...], tuple[Any, ...]]) -> None:
    crime, decision, total = "crime_month", "outcome_month", "total_recorded_crime"
    assert outcomes == {
        ("police_uk", crime, "robbery", "A", MAY): (26, 18, 11, 5),
        ("police_uk", crime, "robbery", "A", JUNE): (10, 10, 10, 0),
        ("police_uk", crime, "other", "A", MAY): (9, 9, 9, 9),
        ("police_uk", crime, "other", "A", JUNE): (0, 0, 0, 0),
        ("police_uk", crime, total, "A", MAY): (35, 27, 20, 14),
        ("police_uk", crime, total, "A", JUNE): (10, 10, 10, 0),
        ("police_uk", crime, "robbery", "B", MAY): (11, 11, 11, 11),
        ("force_extract", crime, "robbery", "A", MAY): (10, 6, 6, 4),
        ("force_extract", crime, "robbery", "B", JUNE): (7, 7, 7, 7),
        # by the month of the decision: of home areas, and months that outcome files cover
        ("police_uk", decision, "robbery", "A", MAY): (26, 26, 5, 2),
        ("police_uk", decision, "other", "A", MAY): (9, 9, 0, 0),
        ("police_uk", decision, total, "A", MAY): (35, 35, 25, 22),
    }


def test_severity_of_each_month(models: Any) -> None:
    counted(models)
    weights = (
        "scheme varchar, offence_code varchar, indicator_id varchar, weight double,"
        " valid_from date, valid_to date"
    )
    always = (date(1900, 1, 1), date(9999, 12, 31))
    models.fill(
        "int_severity_weights",
        weights,
        [
            ("codes", "34B", None, 10.0, date(1900, 1, 1), MAY),
            ("codes", "34B", None, 20.0, JUNE, date(9999, 12, 31)),
            ("codes", "34A", None, 3.0, date(1900, 1, 1), date(2024, 4, 30)),
            ("codes", "34A", None, 5.0, JUNE, date(9999, 12, 31)),
            ("categories", None, "robbery", 100.0, *always),
            ("totals", None, "total_recorded_crime", 7.0, *always),
            ("of nothing", None, "unheard", 8.0, *always),
        ],
    )
    models.fill(
        "int_current_counts",
        "source varchar, indicator_id varchar, area_code varchar, month date, records bigint",
        [
            ("police_uk", "robbery", "A", MAY, 2),
            ("police_uk", "robbery", "A", MAY, 1),
            ("police_uk", "other", "A", MAY, 4),
            ("police_uk", "total_recorded_crime", "A", MAY, 900),
            ("police_uk", "robbery", "A", JUNE, 5),
            ("police_uk", "robbery", "B", MAY, 6),
            ("police_uk", "robbery", "Z", MAY, 7),
            ("another", "robbery", "A", MAY, 800),
        ],
    )
    models.build("int_recorded_months", "int_harm_by_month")
    rows = models.connection.execute(
        "select scheme, source, indicator_id, area_code, month, records, weighted_records,"
        " severity from int_harm_by_month"
    ).fetchall()
    found = {row[:5]: row[5:] for row in rows}
    assert len(found) == len(rows)
    kinds, street, total = "categories", "police_uk", "total_recorded_crime"
    assert found == {
        ("codes", "force_extract", "robbery", "A", MAY): (10, 7, 70),
        ("codes", "force_extract", "robbery", "B", JUNE): (7, 7, 35),
        ("codes", "force_extract", "asb_incidents", "A", MAY): (0, 0, 0),
        (kinds, street, "robbery", "A", MAY): (3, 3, 300),
        (kinds, street, "robbery", "A", JUNE): (5, 5, 500),
        (kinds, street, "robbery", "B", MAY): (6, 6, 600),
        (kinds, street, "other", "A", MAY): (4, 0, 0),
        (kinds, street, "other", "A", JUNE): (0, 0, 0),
        (kinds, street, total, "A", MAY): (7, 3, 300),
        (kinds, street, total, "A", JUNE): (5, 5, 500),
        (kinds, street, "asb_incidents", "A", MAY): (0, 0, 0),
        (kinds, street, "asb_incidents", "A", JUNE): (0, 0, 0),
    }
