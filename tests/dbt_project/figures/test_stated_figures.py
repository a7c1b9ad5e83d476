"""Figures that a source states: of each the newest delivery's, and proportions put together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.landing.sources.rules.area_names import spellings_of

APRIL, MAY, JULY = date(2025, 4, 1), date(2025, 5, 1), date(2025, 7, 1)
APRIL_END, JUNE_END = date(2025, 4, 30), date(2025, 6, 30)
OLD, NEW = date(2025, 8, 1), date(2025, 9, 1)


@pytest.fixture(autouse=True)
def spellings(models: Any) -> None:
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [("alpha", "A"), ("a1", "A"), ("beta", "B")],
    )


RETURN = (
    "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
    " indicator_id varchar, period_start date, period_end date, numerator double,"
    " denominator double, value double, comparator varchar, source varchar, programme varchar"
)
#: each value is a delivery's; the newest of its area, indicator and period is above 100
RETURNS = [
    ("z", 9, OLD, "alpha", "i", APRIL, JUNE_END, 1.0, None, None, None, "partner_returns", None),
    ("a", 1, NEW, " A1 ", "i", APRIL, JUNE_END, 2.0, None, None, None, "partner_returns", None),
    ("b", 1, NEW, "ALPHA", "i", APRIL, JUNE_END, 3.0, None, None, None, "partner_returns", None),
    ("b", 2, NEW, "alpha", "i", APRIL, JUNE_END, 104.0, 9.0, 5.5, None, "partner_returns", None),
    (
        "b",
        3,
        NEW,
        "alpha",
        "i",
        APRIL,
        JUNE_END,
        4.0,
        None,
        None,
        "country",
        "partner_returns",
        None,
    ),
    (
        "b",
        4,
        NEW,
        "alpha",
        "i",
        APRIL,
        JUNE_END,
        5.0,
        None,
        None,
        None,
        "partner_returns",
        "Prevent",
    ),
    ("a", 1, OLD, "alpha", "i", APRIL, APRIL_END, 105.0, None, None, None, "partner_returns", None),
    ("a", 2, OLD, "alpha", "i", MAY, JUNE_END, 106.0, None, None, None, "partner_returns", None),
    ("a", 3, OLD, "alpha", "j", APRIL, JUNE_END, 107.0, None, None, None, "partner_returns", None),
    ("a", 4, OLD, "beta", "i", APRIL, JUNE_END, 108.0, None, None, None, "partner_returns", None),
    ("a", 5, OLD, "nowhere", "i", APRIL, JUNE_END, 6.0, None, None, None, "partner_returns", None),
]


def test_a_partners_newest_line_stands_and_a_comparator_or_a_programme_is_no_figure(
    models: Any,
) -> None:
    models.fill("stg_partner_returns__figures", RETURN, RETURNS)
    models.build("int_partner_returns__observations")
    rows = models.rows("from int_partner_returns__observations")
    assert {(r["area_code"], r["indicator_id"], r["period_start"], r["period_end"]): (
        r["numerator"], r["denominator"], r["stated_value"], r["extract_date"]) for r in rows} == {
        ("A", "i", APRIL, JUNE_END): (104, 9, 5.5, NEW),
        ("A", "i", APRIL, APRIL_END): (105, None, None, OLD),
        ("A", "i", MAY, JUNE_END): (106, None, None, OLD),
        ("A", "j", APRIL, JUNE_END): (107, None, None, OLD),
        ("B", "i", APRIL, JUNE_END): (108, None, None, OLD),
    }  # fmt: skip
    assert len(rows) == 5
    assert all(r["is_supplied"] for r in rows)


COUNTS = (
    "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
    " indicator_id varchar, month date, records bigint"
)
FORCE_COUNTS = [
    ("z", 9, OLD, "alpha", "i", APRIL, 1),
    ("a", 1, NEW, " A1 ", "i", APRIL, 2),
    ("b", 1, NEW, "ALPHA", "i", APRIL, 3),
    ("b", 2, NEW, "alpha", "i", APRIL, 0),
    ("a", 1, OLD, "alpha", "i", MAY, 105),
    ("a", 2, OLD, "alpha", "j", APRIL, 106),
    ("a", 3, OLD, "beta", "i", APRIL, 107),
    ("a", 4, OLD, "nowhere", "i", APRIL, 4),
]


def test_a_forces_newest_count_stands_be_it_zero(models: Any) -> None:
    models.fill("stg_force_counts__counts", COUNTS, FORCE_COUNTS)
    models.build("int_force_counts__observations")
    rows = models.rows("from int_force_counts__observations")
    found = {(r["area_code"], r["indicator_id"], r["period_start"]): r["numerator"] for r in rows}
    assert found == {
        ("A", "i", APRIL): 0,
        ("A", "i", MAY): 105,
        ("A", "j", APRIL): 106,
        ("B", "i", APRIL): 107,
    }  # fmt: skip
    assert {r["period_end"] for r in rows} == {APRIL_END, date(2025, 5, 31)}


# --- ONS tables -------------------------------------------------------------------------------

LOCATED = (
    "load_id varchar, extract_date date, edition_end date, table_name varchar, area_code varchar,"
    " indicator_id varchar, period_start date, period_end date, value double"
)
YEAR_2024, YEAR_2025 = date(2024, 9, 30), date(2025, 9, 30)


def cell(edition: date, value: float | None, **other: Any) -> tuple[Any, ...]:
    told = {"load": "a", "day": OLD, "table": "counts", "area": "A", "indicator": "i"} | other
    end = other.get("end", edition)
    return (
        *(told["load"], told["day"], edition, told["table"], told["area"], told["indicator"]),
        *(date(end.year - 1, 10, 1), end, value),
    )


ONS_CELLS = [
    # two rows of one load (an airport, what is unassigned) are one; a newer extract is in force
    cell(YEAR_2025, 100, area="U"),
    cell(YEAR_2025, 5, area="U"),
    cell(YEAR_2025, 1),
    cell(YEAR_2025, 2, day=NEW, load="x"),
    cell(YEAR_2025, 103, day=NEW, load="y"),
    # of one day the newest edition: the year before as the next edition has it
    cell(YEAR_2024, 3, area="B", load="z"),
    cell(YEAR_2025, 104, area="B", end=YEAR_2024, table="counts_year_before"),
    # no counts of ours
    cell(YEAR_2025, None, area="C"),
    cell(YEAR_2025, 9, area="C", indicator=None),
    cell(YEAR_2025, 9, area="C", table="rates"),
    cell(YEAR_2025, 105, area="A", indicator="j"),
]


def test_of_each_year_the_newest_extract_and_edition_stands(models: Any) -> None:
    models.fill("int_ons_pfa_tables__located", LOCATED, ONS_CELLS)
    models.build("int_ons_pfa_tables__observations")
    rows = models.rows("from int_ons_pfa_tables__observations")
    assert {(r["area_code"], r["indicator_id"], r["period_end"]): r["numerator"] for r in rows} == {
        ("U", "i", YEAR_2025): 105,
        ("A", "i", YEAR_2025): 103,
        ("B", "i", YEAR_2024): 104,
        ("A", "j", YEAR_2025): 105,
    }
    assert len(rows) == 4


# --- open data --------------------------------------------------------------------------------

OFFENCES = (
    "load_id varchar, extract_date date, force_name varchar, csp_name varchar, csp_code varchar,"
    " quarter_start date, offence_code varchar, offences bigint"
)


def offence(code: str, offences: int, name: str | None = "alpha", **other: Any) -> tuple[Any, ...]:
    told = {"load": "a", "day": OLD, "force": "Somewhere", "csp": None, "quarter": APRIL} | other
    return (
        *(told["load"], told["day"], told["force"], name, told["csp"], told["quarter"]),
        *(code, offences),
    )


OPEN_DATA = [
    offence("1", 10),
    offence("1", 20),
    offence("2", 40),
    offence("1", 7, load="b"),  # of the same day, the last load is in force
    offence("2", 3, day=NEW, load="0", quarter=JULY),
    offence("2", 4, load="9", quarter=JULY),
    offence("3", 5, name="beta"),  # a code that starts in July
    offence("3", 6, name="beta", quarter=JULY),
    offence("4", 8, name="beta"),  # a code that ended in April
    offence("4", 9, name="beta", quarter=JULY),
    offence("1", 50, name="Alph & a", load="c"),  # a partnership that is none of ours
    offence("1", 60, name=None, load="c"),  # the force's own
    offence("1", 70, name=None, csp="BETA", load="d", quarter=date(2025, 1, 1)),
    offence("1", 80, name=None, force="London, City of", load="e"),
    offence("1", 90, name=None, force="Metropolitan", load="e"),
    offence("1", 99, name=None, force="British Transport", load="f"),
    offence("1", 98, name="gone", force="British Transport", load="f"),
]


def open_data(models: Any) -> None:
    models.fill("stg_recorded_crime_open_data__offences", OFFENCES, OPEN_DATA)
    # load "d" is of selected offences, and has none of j
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, indicator_id varchar",
        [
            (load, "recorded_crime_open_data", "i" if load == "d" else "*")
            for load in dict.fromkeys(row[0] for row in OPEN_DATA)
        ],
    )
    areas = [
        ("S", "Somewhere", "force"),
        ("L", "City of London", "force"),
        ("M", "Metropolitan Police", "force"),
        ("R", "Somewhere", "region"),
    ]
    columns = ("area_code", "area_name", "area_type")
    models.fill("areas", "area_code varchar, area_name varchar, area_type varchar", areas)
    partnerships = [("alpha", "A"), ("a1", "A"), ("beta", "B")]
    spellings = spellings_of([dict(zip(columns, area, strict=True)) for area in areas])
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [*partnerships, *spellings.items()],
    )
    models.fill(
        "int_offence_indicators",
        "offence_code varchar, indicator_id varchar, valid_from date, valid_to date",
        [
            ("1", "i", None, None),
            ("2", "i", None, None),
            ("2", "j", None, None),
            ("3", "j", JULY, None),
            ("4", "j", None, APRIL),
        ],
    )
    models.build(
        "int_recorded_crime_open_data__vintages", "int_recorded_crime_open_data__observations"
    )


def test_codes_count_by_their_dates_and_what_is_not_listed_is_zero(models: Any) -> None:
    open_data(models)
    rows = models.rows("from int_recorded_crime_open_data__observations")
    found = {(r["area_code"], r["indicator_id"], r["period_start"]): r["numerator"] for r in rows}
    winter = date(2025, 1, 1)
    assert found == {
        ("A", "i", APRIL): 7, ("A", "j", APRIL): 0,
        ("A", "i", JULY): 3, ("A", "j", JULY): 3,
        ("B", "i", APRIL): 0, ("B", "j", APRIL): 8,
        ("B", "i", JULY): 0, ("B", "j", JULY): 6,
        ("B", "i", winter): 70,
        ("S_unknown", "i", APRIL): 50, ("S_unknown", "j", APRIL): 0,
        ("S", "i", APRIL): 60, ("S", "j", APRIL): 0,
        ("L", "i", APRIL): 80, ("L", "j", APRIL): 0,
        ("M", "i", APRIL): 90, ("M", "j", APRIL): 0,
    }  # fmt: skip
    assert {r["period_end"] for r in rows} == {JUNE_END, date(2025, 9, 30), date(2025, 3, 31)}
    assert {r["extract_date"] for r in rows if r["period_start"] == JULY} == {NEW, OLD}


# --- every vintage of what is stated ----------------------------------------------------------


def test_each_extract_date_has_what_it_stated_last(models: Any) -> None:
    models.fill("stg_partner_returns__figures", RETURN, RETURNS)
    models.fill("stg_force_counts__counts", COUNTS, FORCE_COUNTS)
    models.fill("int_ons_pfa_tables__located", LOCATED, ONS_CELLS)
    open_data(models)
    models.fill(
        "stg_marac__quarterly",
        "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
        " period_start date, period_end date, measure varchar, breakdown varchar, counted bigint",
        [
            ("a", 1, OLD, "Alpha ", APRIL, JUNE_END, "cases", None, 1),
            ("b", 1, OLD, "alpha", APRIL, JUNE_END, "cases", None, 2),
            ("b", 2, OLD, "a1", APRIL, JUNE_END, "cases", None, 30),
            ("a", 1, NEW, "alpha", APRIL, JUNE_END, "cases", None, 31),
            ("a", 2, OLD, "alpha", APRIL, JUNE_END, "children", None, 32),
            ("a", 3, OLD, "alpha", APRIL, JUNE_END, "repeats", "Any_Abuse", 33),
            ("a", 4, OLD, "alpha", APRIL, JUNE_END, "repeats", "potentially_criminal", 34),
            ("a", 5, OLD, "alpha", APRIL, JUNE_END, "referrals", "Police", 35),
        ],
    )
    models.build("int_stated_vintages")
    found: dict[str, dict[Any, Any]] = {}
    for r in models.rows("from int_stated_vintages"):
        key = (r["area_code"], r["indicator_id"], r["period_start"], r["extract_date"])
        if (r["source"], r["period_end"]) == ("partner_returns", APRIL_END):
            assert (key, r["numerator"]) == (("A", "i", APRIL, OLD), 105)
            continue
        of_source = found.setdefault(r["source"], {})
        assert key not in of_source
        of_source[key] = r["numerator"]
    assert found["partner_returns"] == {
        ("A", "i", APRIL, OLD): 1,
        ("A", "i", MAY, OLD): 106,
        ("A", "j", APRIL, OLD): 107,
        ("B", "i", APRIL, OLD): 108,
        ("A", "i", APRIL, NEW): 104,
    }
    assert found["force_counts"] == {
        ("A", "i", APRIL, OLD): 1,
        ("A", "i", APRIL, NEW): 0,
        ("A", "i", MAY, OLD): 105,
        ("A", "j", APRIL, OLD): 106,
        ("B", "i", APRIL, OLD): 107,
    }
    assert found["marac"] == {
        ("A", "marac_cases", APRIL, OLD): 30,
        ("A", "marac_cases", APRIL, NEW): 31,
        ("A", "marac_children", APRIL, OLD): 32,
        ("A", "marac_repeat_cases", APRIL, OLD): 33,
        ("A", "marac_repeat_cases_criminal", APRIL, OLD): 34,
    }
    start_2024, start_2025 = date(2023, 10, 1), date(2024, 10, 1)
    assert found["ons_pfa_tables"] == {
        ("U", "i", start_2025, OLD): 105,
        ("A", "i", start_2025, OLD): 1,
        ("A", "i", start_2025, NEW): 103,
        ("B", "i", start_2024, OLD): 104,
        ("A", "j", start_2025, OLD): 105,
    }
    open_vintages = found["recorded_crime_open_data"]
    assert open_vintages["A", "i", JULY, OLD] == 4
    assert open_vintages["A", "i", JULY, NEW] == 3
    assert open_vintages["A", "i", APRIL, OLD] == 7


# --- what is put together ---------------------------------------------------------------------

OBSERVED = (
    "source varchar, indicator_id varchar, area_code varchar, period_start date,"
    " period_end date, numerator double, denominator double, stated_value double,"
    " is_supplied boolean, extract_date date"
)
OTHERS = (
    "int_counted_observations", "int_ons_pfa_tables__observations",
    "int_recorded_crime_open_data__observations", "int_force_counts__observations",
    "int_marac__observations",
)  # fmt: skip


def observed(models: Any, *rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Repeats ("n") of cases ("d") make the rate ("r"); "m" of "d" is a rate over people."""
    for model in OTHERS:
        models.fill(model, OBSERVED, [])
    models.fill("int_partner_returns__observations", OBSERVED, list(rows))
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar, numerator_indicator_id varchar,"
        " denominator_indicator_id varchar",
        [
            ("n", "count", None, None),
            ("d", "count", None, None),
            ("r", "proportion", "n", "d"),
            ("q", "rate", "n", "d"),
            ("p", "proportion", "n", None),
        ],
    )
    models.build("int_observations")
    return models.rows("from int_observations order by all")


def count(indicator: str, n: float | None, supplied: bool = True, **other: Any) -> tuple[Any, ...]:
    told = {"source": "s", "area": "A", "start": APRIL, "end": JUNE_END, "day": OLD} | other
    return (
        *(told["source"], indicator, told["area"], told["start"], told["end"], n, None),
        *(told.get("stated"), supplied, told["day"]),
    )


def test_a_proportion_is_put_together_where_both_counts_are_of_one_kind(models: Any) -> None:
    rows = observed(models, count("n", 3, day=NEW), count("d", 12))
    (rate,) = [r for r in rows if r["indicator_id"] == "r"]
    assert (rate["numerator"], rate["denominator"], rate["months"]) == (3, 12, 3)
    assert rate["extract_date"] == NEW
    assert {r["indicator_id"] for r in rows} == {"n", "d", "r"}


@pytest.mark.parametrize(
    "other",
    [{"source": "t"}, {"area": "B"}, {"start": MAY}, {"end": date(2025, 9, 30)}],
    ids=lambda other: next(iter(other)),
)
def test_counts_that_differ_in_one_key_make_no_proportion(
    models: Any, other: dict[str, Any]
) -> None:
    assert {r["indicator_id"] for r in observed(models, count("n", 3), count("d", 9, **other))} == {
        "n",
        "d",
    }


@pytest.mark.parametrize(
    ("other", "made"),
    [({}, 0), ({"source": "t"}, 1), ({"area": "B"}, 1), ({"start": MAY}, 1),
     ({"end": date(2025, 9, 30)}, 1)],
)  # fmt: skip
def test_a_proportion_that_is_stated_stands(models: Any, other: dict[str, Any], made: int) -> None:
    rows = observed(models, count("n", 3), count("d", 9), count("r", None, stated=33.0, **other))
    rates = [r for r in rows if r["indicator_id"] == "r"]
    assert len(rates) == 1 + made
    assert sum(r["stated_value"] is None for r in rates) == made


@pytest.mark.parametrize(
    ("numerator", "denominator", "supplied"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_proportion_is_supplied_where_both_counts_are(
    models: Any, numerator: bool, denominator: bool, supplied: bool
) -> None:
    rows = observed(models, count("n", 3, numerator), count("d", 9, denominator))
    found = {r["indicator_id"] for r in rows}
    # what is not supplied is no observation, and brings no proportion
    assert ("r" in found, "n" in found, "d" in found) == (supplied, numerator, denominator)


@pytest.mark.parametrize(
    ("n", "stated", "marked", "supplied"),
    [
        (0.0, None, True, True),
        (None, 0.0, True, True),
        (None, None, True, False),
        (4.0, None, False, False),
    ],
)
def test_a_blank_is_no_observation(
    models: Any, n: float | None, stated: float | None, marked: bool, supplied: bool
) -> None:
    rows = observed(models, count("n", n, marked, stated=stated))
    assert [(r["numerator"], r["stated_value"]) for r in rows] == (
        [(n, stated)] if supplied else []
    )


def test_months_of_a_period_are_counted_through_a_leap_february(models: Any) -> None:
    rows = observed(
        models,
        count("n", 1, start=date(2024, 2, 1), end=date(2024, 2, 29)),
        count("n", 1, start=date(2023, 3, 1), end=date(2024, 2, 29)),
        count("n", 1, start=date(2023, 12, 1), end=date(2024, 2, 29)),
    )
    assert sorted(r["months"] for r in rows) == [1, 3, 12]


def test_a_vintage_has_the_value_that_its_numbers_make(models: Any) -> None:
    columns = (
        "source varchar, indicator_id varchar, area_code varchar, period_start date,"
        " period_end date, extract_date date, numerator double"
    )
    key = ("A", APRIL, JUNE_END)
    models.fill(
        "int_record_vintages",
        columns + ", is_supplied boolean",
        [
            ("s", "n", *key, OLD, 7.0, True),
            ("s", "gone", *key, OLD, 1.0, True),
            ("t", "n", *key, OLD, 3.0, False),
        ],
    )
    models.fill(
        "int_stated_vintages",
        columns + ", denominator double, stated_value double",
        [
            ("a", "r", *key, OLD, 2.0, 8.0, 99.0),
            ("b", "r", *key, OLD, 1.0, 0.0, 12.5),
            ("c", "r", *key, OLD, 1.0, None, None),
            ("d", "n", *key, OLD, None, None, 3.0),
            ("e", "n", *key, OLD, None, None, None),
            ("f", "n", *key, OLD, 2.0, 4.0, None),
        ],
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar",
        [("n", "count"), ("r", "proportion")],
    )
    models.build("int_figure_vintages")
    found = {(r["source"], r["indicator_id"]): r["value"] for r in
             models.rows("from int_figure_vintages")}  # fmt: skip
    assert found == {
        ("s", "n"): 7, ("a", "r"): 25, ("b", "r"): 12.5, ("d", "n"): 3, ("f", "n"): 2,
    }  # fmt: skip
