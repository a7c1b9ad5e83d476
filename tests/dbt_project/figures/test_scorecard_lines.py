"""Which figure the scorecard shows of an area and a headline, with which ranks and words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

MARCH, APRIL, JUNE, YEAR_BEFORE = (
    date(2025, 3, 31),
    date(2025, 4, 30),
    date(2025, 6, 30),
    date(2024, 6, 30),
)
VALUES = {
    "area_code": "varchar",
    "area_name": "varchar",
    "force_code": "varchar",
    "indicator_id": "varchar",
    "indicator_name": "varchar",
    "source": "varchar",
    "unit": "varchar",
    "polarity": "varchar",
    "period_type": "varchar",
    "period_label": "varchar",
    "period_end": "date",
    "is_complete": "boolean",
    "is_headline": "boolean",
    "months_supplied": "bigint",
    "months_expected": "bigint",
    "value": "double",
    "value_so_far": "double",
    "previous_value": "double",
    "change": "double",
    "change_pct": "double",
    "change_pp": "double",
    "change_pct_is_unreliable": "boolean",
    "change_p_value": "double",
    "significance": "varchar",
    "direction_of_travel": "varchar",
    "rate": "double",
    "rate_per": "bigint",
    "rate_lower": "double",
    "rate_upper": "double",
    "population_year": "bigint",
    "is_population_out_of_date": "boolean",
    "target_value": "double",
    "rag": "varchar",
    "break_note": "varchar",
    "is_provisional": "boolean",
    "extract_date": "date",
}
RANK_KEY = ("area_code", "source", "indicator_id", "period_type", "period_end")
FORCE_RANKS = (*RANK_KEY, "areas_ranked", "areas_ranked_by_change", "rate_rank", "change_rank")
FAMILY_RANKS = (
    *RANK_KEY,
    *("scheme", "members_reporting", "rank", "rank_best", "rank_worst"),
    *("family_size", "is_illustrative"),
)


def value(area: str, indicator: str, kind: str, end: date, number: float, **more: Any) -> Any:
    row = dict.fromkeys(VALUES) | {
        "area_code": area,
        "indicator_id": indicator,
        "source": "asked",
        "period_type": kind,
        "period_end": end,
        "is_complete": True,
        "is_headline": True,
        "months_supplied": 12,
        "months_expected": 12,
        "value": number,
        "previous_value": 100.0,
        "significance": "higher",
    }
    return tuple((row | more).values())


def typed(columns: tuple[str, ...]) -> str:
    kinds = {"period_end": "date", "is_illustrative": "boolean"}
    words = (*RANK_KEY[:4], "scheme")
    return ", ".join(f"{c} {kinds.get(c, 'varchar' if c in words else 'bigint')}" for c in columns)


@pytest.fixture(scope="module")
def lines(models: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Scorecard lines by area and indicator."""
    models.settings = {"family_scheme": "ours", "denominator_policy": "policy"}
    models.fill(
        "int_indicator_values",
        ", ".join(f"{name} {kind}" for name, kind in VALUES.items()),
        [
            # which period: the newest complete one
            value("D", "theft", "ytd", JUNE, 1),
            value("D", "theft", "ytd", YEAR_BEFORE, 2),
            value("D", "theft", "quarter", date(2025, 9, 30), 3, is_complete=False),
            # not the source that speaks, however new
            value("D", "theft", "ytd", date(2025, 8, 31), 4, source="x", is_headline=False),
            # a headline of one area only, and what is no headline
            value("D", "minor", "ytd", JUNE, 5),
            value("D", "unlisted", "ytd", JUNE, 6),
            value("elsewhere", "theft", "ytd", JUNE, 7),
            # a year to date that is a financial year, or a month, is neither's place
            value("D", "drugs", "financial_year", MARCH, 8, break_note="new rules"),
            value("D", "drugs", "ytd", MARCH, 9),
            value("S", "drugs", "ytd", APRIL, 10),
            value("S", "drugs", "month", APRIL, 11, significance="no clear change"),
            # of one end: a rolling year before a quarter before a month
            value("S", "theft", "month", JUNE, 12),
            value("S", "theft", "quarter", JUNE, 13),
            value("S", "theft", "rolling_12", JUNE, 14, significance=None),
            value("S", "arson", "month", JUNE, 15),
            # across a break, had there been a figure before it
            value("S", "arson", "quarter", JUNE, 16, previous_value=None, break_note="new rules"),
            # nothing of it is complete
            value("D", "arson", "rolling_12", MARCH, 17, is_complete=False, months_supplied=7),
            # a rolling year to March is no year to date
            value("D", "fraud", "rolling_12", MARCH, 18, significance="lower"),
            value("D", "fraud", "quarter", MARCH, 19),
            # two names of one figure are one line: the first as new as the other
            value("D", "vehicle offences", "rolling_12", MARCH, 20),
            value("D", "vehicle crime", "ytd", JUNE, 21, source="public"),
            # four months newer
            value("S", "vehicle offences", "rolling_12", MARCH, 22),
            value("S", "vehicle crime", "month", date(2025, 7, 31), 23, source="public"),
            # twelve months where they are as new as the quarter
            value("D", "cases", "quarter", JUNE, 24),
            value("D", "cases", "rolling_12", JUNE, 25),
            value("S", "cases", "quarter", JUNE, 26),
            value("S", "cases", "rolling_12", MARCH, 27),
        ],
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, is_headline boolean, headline_order integer",
        [
            ("theft", True, 1),
            ("drugs", True, 2),
            ("arson", True, 3),
            ("fraud", True, 4),
            ("vehicle offences", True, 5),
            ("vehicle crime", True, 6),
            ("cases", True, 7),
            ("minor", False, None),
        ],
    )
    models.connection.execute(
        "create or replace table int_headline_figures as"
        " from int_indicator_values where is_headline"
    )
    models.fill(
        "scorecard_lines",
        "indicator_id varchar, line_id varchar, preferred_period_type varchar",
        [
            ("vehicle offences", "vehicle offences", None),
            ("vehicle crime", "vehicle offences", None),
            ("cases", "cases", "rolling_12"),
        ],
    )
    models.fill("int_home_areas", "area_code varchar, home_order bigint", [("D", 2), ("S", 1)])
    # D's theft is second of seven; each other row differs from its key in one thing
    key = ("D", "asked", "theft", "ytd", JUNE)
    others = [
        ("S", *key[1:]),
        ("D", "x", *key[2:]),
        (*key[:2], "arson", *key[3:]),
        (*key[:3], "quarter", JUNE),
        (*key[:4], YEAR_BEFORE),
    ]
    models.fill(
        "int_force_ranks",
        typed(FORCE_RANKS),
        [(*key, 7, 6, 2, 3)]
        + [(*other, 9, 9, 9, 9) for other in others]
        + [("S", "asked", "theft", "rolling_12", JUNE, 1, 1, 1, 1)]
        + [("D", "asked", "fraud", "rolling_12", MARCH, 2, 2, 1, 2)],
    )
    models.fill(
        "int_family_ranks",
        typed(FAMILY_RANKS),
        [(*key, "ours", 14, 4, 3, 5, 15, False), (*key, "theirs", 8, 8, 8, 8, 8, True)]
        + [(*other, "ours", 9, 9, 9, 9, 9, True) for other in others]
        + [("S", "asked", "theft", "rolling_12", JUNE, "ours", 1, 1, 1, 1, 15, False)]
        + [("D", "asked", "fraud", "rolling_12", MARCH, "ours", 2, 1, 1, 2, 15, True)]
        # more of the family report to another source than to the one that speaks for the figure
        + [("D", "asked", "drugs", "financial_year", MARCH, "ours", 5, 5, 4, 5, 15, True)]
        + [("D", "public", "drugs", "financial_year", MARCH, "ours", 15, 9, 8, 11, 15, True)],
    )
    models.connection.execute(
        "create or replace table int_headline_ranks as from int_family_ranks"
        " where source <> 'x' and (indicator_id <> 'drugs' or source = 'public')"
    )
    models.build("int_scorecard")
    models.settings = {}
    found = models.rows("from int_scorecard")
    keyed = {(row["area_code"], row["indicator_id"]): row for row in found}
    assert len(found) == len(keyed)
    return keyed


def test_a_line_is_the_newest_complete_period_of_the_source_that_speaks(
    lines: dict[tuple[str, str], dict[str, Any]],
) -> None:
    found = {key: (row["period_type"], row["value"]) for key, row in lines.items()}
    assert found == {
        ("D", "theft"): ("ytd", 1),
        ("D", "drugs"): ("financial_year", 8),
        ("D", "arson"): ("rolling_12", 17),
        ("D", "fraud"): ("rolling_12", 18),
        ("S", "theft"): ("rolling_12", 14),
        ("S", "drugs"): ("month", 11),
        ("S", "arson"): ("quarter", 16),
        ("D", "vehicle offences"): ("rolling_12", 20),
        ("S", "vehicle crime"): ("month", 23),
        ("D", "cases"): ("rolling_12", 25),
        ("S", "cases"): ("quarter", 26),
    }


def test_lines_carry_the_order_of_areas_and_headlines(
    lines: dict[tuple[str, str], dict[str, Any]],
) -> None:
    row = lines["D", "drugs"]
    assert (row["home_order"], row["headline_order"]) == (2, 2)
    assert (lines["S", "theft"]["home_order"], row["denominator_policy"]) == (1, "policy")


@pytest.mark.parametrize(
    ("key", "force", "family"),
    [
        (("D", "theft"), (2, 3, 7), ("ours", 4, 3, 5, 15, 14, False)),
        (("D", "fraud"), (1, 2, 2), ("ours", 1, 1, 2, 15, 2, True)),
        # a rank among one is none, but how many there were is told
        (("S", "theft"), (None, None, 1), ("ours", None, None, None, 15, 1, False)),
        (("S", "drugs"), (None, None, None), (None,) * 7),
        (("D", "drugs"), (None, None, None), ("ours", 9, 8, 11, 15, 15, True)),
    ],
)
def test_ranks_are_those_of_the_same_figure(
    lines: dict[tuple[str, str], dict[str, Any]],
    key: tuple[str, str],
    force: tuple[Any, ...],
    family: tuple[Any, ...],
) -> None:
    row = lines[key]
    found = (row["force_rate_rank"], row["force_change_rank"], row["force_areas_ranked"])
    assert found == force
    columns = ("scheme", "rank", "rank_best", "rank_worst", "size", "members_reporting")
    names = [f"family_{c}" for c in (*columns, "is_illustrative")]
    assert tuple(row[name] for name in names) == family


def test_a_line_names_the_source_of_its_family_rank(
    lines: dict[tuple[str, str], dict[str, Any]],
) -> None:
    sources = {key: row["family_source"] for key, row in lines.items()}
    assert (sources["D", "theft"], sources["D", "drugs"]) == ("asked", "public")
    assert sources["S", "drugs"] is None


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (("D", "theft"), "higher than a year before"),
        (("D", "fraud"), "lower than a year before"),
        (("D", "drugs"), "not comparable: new rules"),
        (("D", "arson"), "not complete: 7 of 12 months"),
        (("S", "theft"), "no figure to compare with"),
        (("S", "arson"), "no figure to compare with"),
        (("S", "drugs"), "no clear change: within normal variation"),
    ],
)
def test_words_say_what_the_figures_allow(
    lines: dict[tuple[str, str], dict[str, Any]], key: tuple[str, str], words: str
) -> None:
    assert lines[key]["in_words"] == words


HOME = [
    ("C1", "Dudley", "E08000027", "F1", "csp"),
    ("C2", "King's Lynn", "E07000146", "F2", "csp"),
    ("C3", "Sandwell", "E08000028", "F1", "csp"),
    ("F9", "Dudley", None, "F9", "force"),
]


@pytest.mark.parametrize(
    ("asked", "home"),
    [
        ([], [("C1", 1), ("C2", 2), ("C3", 3)]),
        (["KING'S LYNN", "c1"], [("C2", 1), ("C1", 2)]),
        (["E08000028", "Dudley", "Sandwell"], [("C3", 1), ("C1", 2)]),
        (["Nowhere"], []),
    ],
)
def test_home_areas_stand_in_the_order_of_the_settings(
    models: Any, asked: list[str], home: list[tuple[str, int]]
) -> None:
    models.fill(
        "areas",
        "area_code varchar, area_name varchar, lad_code varchar, force_code varchar,"
        " area_type varchar",
        HOME,
    )
    models.settings = {"home_areas": asked}
    models.build("int_home_areas")
    models.settings = {}
    found = models.connection.execute(
        "select area_code, home_order from int_home_areas order by home_order"
    ).fetchall()
    assert found == home
