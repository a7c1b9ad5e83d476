"""Grant lines in force, and what total, year and quarters say of them, calculated by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

LINES = (
    "load_id varchar, extract_date date, source_document varchar, row_number bigint,"
    " area_as_written varchar, period_label varchar, period_start date, period_end date,"
    " is_total boolean, budget_line varchar, allocation double, spend double, forecast double,"
    " carry_forward_in double, outcomes double, outcome_unit varchar, grant_name varchar,"
    " funder varchar, priority varchar, provider varchar"
)
CURRENT = (
    "area_code varchar, period_label varchar, period_start date, period_end date,"
    " financial_year bigint, is_whole_year boolean, is_total boolean, budget_line varchar,"
    " allocation double, spend double, forecast double, carry_forward_in double, outcomes double,"
    " outcome_unit varchar, source_document varchar, extract_date date, grant_name varchar,"
    " funder varchar, priority varchar, provider varchar"
)
QUARTERS = {
    "Q1": (date(2025, 4, 1), date(2025, 6, 30)),
    "Q2": (date(2025, 7, 1), date(2025, 9, 30)),
    "Q3": (date(2025, 10, 1), date(2025, 12, 31)),
    "Q4": (date(2026, 1, 1), date(2026, 3, 31)),
    "year": (date(2025, 4, 1), date(2026, 3, 31)),
    "calendar year": (date(2025, 1, 1), date(2025, 12, 31)),
}


def landed(
    load: str, extract: date, number: int, area: str, period: str, line: str, spend: float,
    grant: str = "Grant",
) -> tuple[Any, ...]:  # fmt: skip
    amounts = (10.0, spend, 20.0, 1.0, 2.0, "people")
    begin, end = QUARTERS[period]
    named = (grant, "Commissioner", "Youth violence", "Youth service")
    place = (load, extract, f"{load}.xlsx", number, area, period, begin, end, False, line)
    return *place, *amounts, *named


def test_each_period_stands_as_its_newest_document_gives_it(models: Any) -> None:
    old, new = date(2025, 7, 1), date(2025, 10, 1)
    models.fill(
        "stg_grant__lines",
        LINES,
        [
            # the newer extract has the smaller load, and leaves a line out
            landed("b", old, 1, "Dudley", "Q1", "Staff", 1.0),
            landed("b", old, 2, "Dudley", "Q1", "Left out", 2.0),
            landed("a", new, 1, " DUDLEY ", "Q1", "Staff", 3.0),
            # of two documents of one day the load decides
            landed("c", old, 1, "Dudley", "Q2", "Staff", 4.0),
            landed("d", old, 1, "Dudley", "Q2", "Staff", 5.0),
            # the last of a repeated line stands
            landed("b", old, 3, "Sandwell", "Q1", "Staff", 6.0),
            landed("b", old, 9, "Sandwell", "Q1", "STAFF", 7.0),
            landed("b", old, 4, "Sandwell", "Q1", "Training", 8.0),
            landed("b", old, 5, "Sandwell", "year", "Staff", 9.0),
            # until the end of March, the financial year is the year before
            landed("b", old, 6, "Sandwell", "Q4", "Staff", 10.0),
            landed("b", old, 7, "Nowhere", "Q1", "Staff", 11.0),
        ],
    )
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [("dudley", "D"), ("sandwell", "S")],
    )
    models.build("int_grant__current_lines")
    found = models.connection.execute(
        "select area_code, period_label, budget_line, spend, is_whole_year, financial_year,"
        " source_document from int_grant__current_lines order by spend"
    ).fetchall()
    assert found == [
        ("D", "Q1", "Staff", 3.0, False, 2025, "a.xlsx"),
        ("D", "Q2", "Staff", 5.0, False, 2025, "d.xlsx"),
        ("S", "Q1", "STAFF", 7.0, False, 2025, "b.xlsx"),
        ("S", "Q1", "Training", 8.0, False, 2025, "b.xlsx"),
        ("S", "year", "Staff", 9.0, True, 2025, "b.xlsx"),
        ("S", "Q4", "Staff", 10.0, False, 2025, "b.xlsx"),
    ]


def test_two_grants_of_one_area_and_period_stand_side_by_side(models: Any) -> None:
    old, new = date(2025, 7, 1), date(2025, 10, 1)
    models.fill(
        "stg_grant__lines",
        LINES,
        [
            landed("a", old, 1, "Dudley", "Q1", "Staff", 1.0, "Community safety fund"),
            # a newer document of another grant replaces nothing of the first
            landed("b", new, 1, "Dudley", "Q1", "Staff", 2.0, "Violence reduction"),
            landed("c", new, 1, "Dudley", "Q1", "Kit", 3.0, "VIOLENCE REDUCTION"),
        ],
    )
    models.fill("int_area_spellings", "spelling varchar, area_code varchar", [("dudley", "D")])
    models.build("int_grant__current_lines")
    found = models.connection.execute(
        "select grant_name, budget_line, spend, funder, priority, provider"
        " from int_grant__current_lines order by spend"
    ).fetchall()
    named = ("Commissioner", "Youth violence", "Youth service")
    # of the two documents of the second grant, of one day, the load decides
    assert found == [
        ("Community safety fund", "Staff", 1.0, *named),
        ("VIOLENCE REDUCTION", "Kit", 3.0, *named),
    ]


def test_each_grant_has_its_own_total_and_cost_by_outcome(models: Any) -> None:
    models.fill(
        "int_grant__current_lines",
        CURRENT,
        [
            current("A", "Q1", "Staff", allocation=200, spend=5, grant="One", funder="PCC"),
            current("A", "Q1", "Kit", allocation=50, spend=1, grant="One", funder="PCC"),
            current("A", "Q1", "Staff", allocation=30, spend=2, grant="Two", funder="Council"),
        ],
    )
    models.build("int_grant__line_sums")
    models.build("int_grant__period_lines")
    found = models.connection.execute(
        "select grant_name, allocation, spend, funder from int_grant__period_lines"
        " where is_total order by 1"
    ).fetchall()
    assert found == [("One", 250.0, 6.0, "PCC"), ("Two", 30.0, 2.0, "Council")]


def test_an_outcome_of_a_quarter_with_a_negative_correction_has_no_cost(models: Any) -> None:
    """£450.25 booked back, and 17 groups helped: not -£26.49 a group."""
    models.fill(
        "int_grant__current_lines",
        CURRENT,
        [
            current("A", "Q1", "Small grants", spend=2500, outcomes=20),
            current("A", "Q2", "Small grants", spend=-450.25, outcomes=17),
            current("A", "Q3", "Small grants", spend=0, outcomes=4),
        ],
    )
    models.build("int_grant__line_sums")
    models.build("int_grant__period_lines")
    found = models.connection.execute(
        "select period_label, spend_to_date, cost_per_outcome from int_grant__period_lines"
        " where not is_total order by 1"
    ).fetchall()
    assert found == [("Q1", 2500, 125), ("Q2", 2049.75, None), ("Q3", 2049.75, 0)]


def current(
    area: str,
    period: str,
    line: str,
    *,
    allocation: float | None = None,
    spend: float | None = None,
    forecast: float | None = None,
    carried: float | None = None,
    document: str = "doc",
    extract: date = date(2026, 5, 1),
    grant: str = "Grant",
    funder: str | None = None,
    outcomes: float | None = None,
) -> tuple[Any, ...]:
    begin, end = QUARTERS[period]
    whole = period.endswith("year")
    amounts = (allocation, spend, forecast, carried, outcomes, None)
    place = (area, period, begin, end, 2025, whole, line == "Total", line)
    return *place, *amounts, document, extract, grant, funder, None, None


@pytest.fixture(scope="module")
def lines(models: Any) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Period lines by area, period and budget line."""
    rows = [
        # A: lines and no stated total; the second quarter repeats nothing but its spend
        current("A", "Q1", "Staff", allocation=200, spend=5, forecast=70, carried=9),
        current("A", "Q1", "Kit", spend=1, extract=date(2026, 4, 1), document="another"),
        current("A", "Q2", "Staff", allocation=100, spend=7, forecast=60),
        current("A", "Q3", "Staff", spend=11),
        current("A", "Q3", "Kit", spend=2),
        current("A", "Q4", "Staff", spend=13),
        current("A", "year", "Staff"),
        # B: stated totals, which are not what the lines sum to; the year says what quarters do not
        current("B", "Q1", "Staff", allocation=30, spend=3),
        current("B", "Q1", "Kit", allocation=40, spend=4),
        current("B", "Q1", "Total", allocation=75, spend=8),
        current("B", "Q2", "Total", spend=9),
        current("B", "Q2", "Staff", spend=6, allocation=35),
        current("B", "Q3", "Staff", spend=6),
        current("B", "year", "Staff", allocation=120, spend=50, forecast=90, carried=4),
        current("B", "year", "Total", allocation=300, spend=80),
        # D: a quarter of which one line alone, a new one, states its allocation, and one has no row
        current("D", "Q1", "Staff", allocation=80, spend=20, carried=10, forecast=85),
        current("D", "Q1", "Kit", allocation=20, spend=5, carried=1),
        current("D", "Q2", "Staff", spend=30),
        current("D", "Q2", "Clawback", allocation=-10, spend=-4),
        current("D", "Q3", "Staff", spend=9),
        current("D", "Q4", "Staff", allocation=70, spend=9),
        # C: a calendar year among the quarters is none of them
        *(current("C", f"Q{n}", "Staff", spend=n) for n in (1, 2, 3, 4)),
        current("C", "calendar year", "Staff", spend=1000),
    ]
    models.fill("int_grant__current_lines", CURRENT, rows)
    models.build("int_grant__line_sums")
    models.build("int_grant__period_lines")
    found = models.rows("from int_grant__period_lines")
    keyed = {(r["area_code"], r["period_label"], r["budget_line"]): r for r in found}
    assert len(keyed) == len(found)
    given = {(row[0], row[1], row[7]) for row in rows}
    assert set(keyed) == given | {(area, period, "Total") for area, period, _ in given}
    return keyed


@pytest.mark.parametrize(
    ("key", "spend", "spend_to_date"),
    [
        (("A", "Q1", "Staff"), 5, 5),
        (("A", "Q2", "Staff"), 7, 12),
        (("A", "Q3", "Staff"), 11, 23),
        (("A", "Q4", "Staff"), 13, 36),
        (("A", "year", "Staff"), None, 36),  # says nothing itself: its four quarters do
        (("A", "Q1", "Kit"), 1, 1),
        (("A", "Q3", "Kit"), 2, None),  # the second quarter is not known
        (("A", "Q1", "Total"), 6, 6),
        (("A", "Q2", "Total"), 7, 13),
        (("A", "Q3", "Total"), 13, 26),
        (("B", "Q1", "Total"), 8, 8),  # the stated 8, not 3 + 4
        (("B", "Q2", "Total"), 9, 17),
        (("B", "Q3", "Total"), 6, 23),
        (("B", "Q3", "Staff"), 6, 15),
        (("B", "year", "Staff"), 50, 50),  # what the year says, though quarters are there
        (("B", "year", "Total"), 80, 80),
        (("C", "Q4", "Staff"), 4, 10),
        (("C", "calendar year", "Staff"), 1000, 1000),
    ],
)
def test_spend_of_the_year_to_date(
    lines: dict[tuple[str, str, str], dict[str, Any]],
    key: tuple[str, str, str],
    spend: float | None,
    spend_to_date: float | None,
) -> None:
    assert (lines[key]["spend"], lines[key]["spend_to_date"]) == (spend, spend_to_date)


@pytest.mark.parametrize(
    ("key", "amounts"),
    [
        (("A", "Q1", "Staff"), (200, 9, 70)),
        (("A", "Q2", "Staff"), (100, 9, 60)),
        (("A", "Q3", "Staff"), (100, 9, 60)),  # of the last quarter before, not the greatest
        (("A", "year", "Staff"), (None, None, None)),  # a year takes nothing from its quarters
        (("A", "Q1", "Kit"), (None, None, None)),
        (("B", "Q1", "Kit"), (40, None, None)),
        (("B", "Q3", "Staff"), (120, 4, None)),  # of the year's document, before a quarter's
        (("B", "Q2", "Total"), (35, 4, None)),  # 4 from the year, whose total its line makes
        (("B", "year", "Staff"), (120, 4, 90)),
        (("D", "Q2", "Staff"), (80, 10, 85)),
        (("D", "Q2", "Total"), (90, 11, 85)),  # 80 and 20 as given, less the 10 taken back
        (("D", "Q3", "Total"), (90, 11, 85)),
        (("D", "Q4", "Total"), (70, 11, 85)),  # every line of the quarter is stated
    ],
)
def test_amounts_of_a_year_reach_its_quarters(
    lines: dict[tuple[str, str, str], dict[str, Any]],
    key: tuple[str, str, str],
    amounts: tuple[float | None, ...],
) -> None:
    row = lines[key]
    assert (row["allocation"], row["carry_forward_in"], row["forecast"]) == amounts


@pytest.mark.parametrize(
    ("key", "lines_sum", "stated"),
    [
        (("A", "Q1", "Total"), 200, None),
        (("A", "Q3", "Total"), None, None),
        (("B", "Q1", "Total"), 70, 75),
        (("B", "Q2", "Total"), 35, None),
        (("B", "year", "Total"), 120, 300),
        (("B", "Q1", "Staff"), None, None),
        (("D", "Q2", "Total"), 90, None),
        (("D", "Q3", "Total"), None, None),
    ],
)
def test_a_stated_total_stands_beside_the_sum_of_its_lines(
    lines: dict[tuple[str, str, str], dict[str, Any]],
    key: tuple[str, str, str],
    lines_sum: float | None,
    stated: float | None,
) -> None:
    row = lines[key]
    assert (row["lines_sum"], row["stated_total"]) == (lines_sum, stated)


def test_a_sum_names_all_its_documents_and_the_newest_day(
    lines: dict[tuple[str, str, str], dict[str, Any]],
) -> None:
    row = lines["A", "Q1", "Total"]
    assert (row["source_document"], row["extract_date"]) == ("another; doc", date(2026, 5, 1))
