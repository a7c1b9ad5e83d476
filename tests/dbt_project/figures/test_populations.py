"""Who a rate is over: landed estimates, sums of authorities and of partnerships, the seed."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import pytest

ESTIMATES = (
    "load_id varchar, row_number bigint, extract_date date, area_code varchar,"
    " area_name varchar, geography varchar, population_kind varchar, year bigint, sex varchar,"
    " age_from bigint, age_to bigint, population double"
)
OLD, NEW = date(2024, 1, 1), date(2025, 1, 1)
Row = dict[str, Any]


def estimate(place: str, population: float, **other: Any) -> Row:
    """The whole span of persons of 2020, unless it says otherwise."""
    told: Row = {"area_code": place, "population": population, "year": 2020, "sex": "persons"}
    told |= {"population_kind": "residents", "age_from": 0, "age_to": None, "load_id": "l"}
    return told | {"row_number": 1, "extract_date": OLD, **other}


def single_ages(place: str, sex: str, last: int, each: float, **other: Any) -> list[Row]:
    ages = [
        estimate(place, each + age, sex=sex, age_from=age, age_to=age, **other)
        for age in range(last)
    ]
    return [*ages, estimate(place, each + last, sex=sex, age_from=last, **other)]


def estimated(models: Any, rows: list[Row]) -> dict[tuple[str, int, str], float]:
    names = [column.split()[0] for column in ESTIMATES.split(",")]
    models.fill(
        "stg_population__estimates", ESTIMATES, [tuple(r.get(n) for n in names) for r in rows]
    )
    models.fill(
        "local_authorities",
        "lad_name varchar, lad_code varchar",
        [
            ("St. Helens", "L1"),
            ("Tyne and Wear", "L2"),
            ("Twice", "L3"),
            ("Twice", "L4"),
            ("Same", "L5"),
            ("Same", "L5"),
            ("Uncoded", None),
        ],
    )
    models.build("int_population_estimates")
    return {
        (r["place_code"], r["year"], r["population_kind"]): r["population"]
        for r in models.rows("from int_population_estimates")
    }


def test_of_the_same_number_the_newest_stands(models: Any) -> None:
    found = estimated(
        models,
        [
            estimate("X", 1, load_id="z", row_number=9),
            estimate("X", 2, extract_date=NEW, load_id="a"),
            estimate("X", 3, extract_date=NEW, load_id="b"),
            estimate("X", 4, extract_date=NEW, load_id="b", row_number=2),
            estimate("X", 5, year=2021),
            estimate("Y", 6, population_kind="households"),
            estimate("X", 7, population_kind="households"),
        ],
    )
    assert found == {
        ("X", 2020, "residents"): 4,
        ("X", 2021, "residents"): 5,
        ("Y", 2020, "households"): 6,
        ("X", 2020, "households"): 7,
    }


@pytest.mark.parametrize(
    ("name", "geography", "place"),
    [
        ("St Helens", None, "L1"),
        ("ST. HELENS", "District", "L1"),
        ("Tyne & Wear", "unitary", "L2"),
        ("Tyne and Wear", "Metropolitan County", None),
        ("Tyne and Wear", "region", None),
        ("Tyne and Wear", "country", None),
        ("Tyne and Wear", "County", None),
        ("Twice", None, None),
        ("Same", None, "L5"),
        ("Uncoded", None, None),
        ("Elsewhere", None, None),
    ],
)
def test_a_name_means_an_authority_where_only_one_has_it(
    models: Any, name: str, geography: str | None, place: str | None
) -> None:
    found = estimated(models, [estimate("", 8) | {"area_code": None, "area_name": name,
                                                  "geography": geography}])  # fmt: skip
    assert {key[0] for key in found} == ({place} if place else set())


def test_a_code_wins_over_a_name(models: Any) -> None:
    assert set(estimated(models, [estimate("X", 8, area_name="St Helens")])) == {
        ("X", 2020, "residents")
    }


def test_households_by_age_are_not_households(models: Any) -> None:
    rows = [
        estimate("X", 8, population_kind="households", age_from=16, age_to=24),
        estimate("Z", 8, population_kind="households", age_from=0, age_to=24),
        estimate("Y", 9, population_kind="households", age_from=1),
    ]
    assert estimated(models, rows) == {}


def test_single_ages_make_all_kinds(models: Any) -> None:
    """Persons of 0 to 20 and over, 100 more with each year: sums counted by hand in Python."""
    found = estimated(
        models,
        [
            *single_ages("X", "persons", 20, 100),
            *single_ages("X", "females", 20, 40),
        ],
    )
    assert found == {
        ("X", 2020, "residents"): sum(100 + age for age in range(21)),
        ("X", 2020, "adult_females"): sum(40 + age for age in range(16, 21)),
        ("X", 2020, "aged_10_17"): sum(100 + age for age in range(10, 18)),
    }


def test_persons_are_both_sexes_where_they_are_not_given(models: Any) -> None:
    women, men = single_ages("X", "females", 20, 40), single_ages("X", "males", 20, 30)
    both = estimated(models, [*women, *men])
    assert both["X", 2020, "residents"] == sum(70 + 2 * age for age in range(21))
    assert both["X", 2020, "aged_10_17"] == sum(70 + 2 * age for age in range(10, 18))
    # what is given stands, and is not added to
    given = estimated(models, [*women, *men, *single_ages("X", "persons", 20, 500)])
    assert given["X", 2020, "residents"] == sum(500 + age for age in range(21))
    # one sex is not both, of another place and another year neither
    alone = estimated(
        models,
        [*women, *single_ages("Y", "males", 20, 30), *single_ages("X", "males", 20, 9, year=2021)],
    )
    assert alone == {("X", 2020, "adult_females"): sum(40 + age for age in range(16, 21))}


def test_persons_given_of_some_ages_are_filled_up_from_both_sexes(models: Any) -> None:
    women, men = single_ages("X", "females", 20, 40), single_ages("X", "males", 20, 30)
    some = single_ages("X", "persons", 20, 500)[:5]
    elsewhere = single_ages("Y", "persons", 20, 7)
    earlier = single_ages("X", "persons", 20, 3, year=2019)
    found = estimated(models, [*women, *men, *some, *elsewhere, *earlier])
    assert found["X", 2020, "residents"] == sum(
        500 + age if age < 5 else 70 + 2 * age for age in range(21)
    )


@pytest.mark.parametrize(
    ("without", "kinds"),
    [
        (0, {"adult_females", "aged_10_17"}),
        (10, {"adult_females"}),
        (16, set()),
        (18, {"aged_10_17"}),
        (20, {"aged_10_17"}),
    ],
)
def test_a_kind_stands_only_where_every_age_of_it_is_there(
    models: Any, without: int, kinds: set[str]
) -> None:
    rows = [
        row
        for sex in ("persons", "females")
        for row in single_ages("X", sex, 20, 40)
        if row["age_from"] != without
    ]
    assert {kind for _, _, kind in estimated(models, rows)} == kinds


def test_the_oldest_band_is_no_single_year_of_youth(models: Any) -> None:
    """15 and over holds more than those of 15 to 17."""
    assert set(estimated(models, single_ages("X", "persons", 15, 40))) == {("X", 2020, "residents")}


def test_the_whole_span_as_one_number_wins_over_sums(models: Any) -> None:
    rows = [
        *single_ages("X", "persons", 20, 100),
        *single_ages("X", "females", 20, 40),
        estimate("X", 1),
        estimate("X", 2, sex="females", age_from=16),
        estimate("X", 3, age_from=10, age_to=17),
        # spans that are no kind of ours
        estimate("X", 91, sex="females", age_from=18),
        estimate("X", 92, sex="males", age_from=16),
        estimate("X", 93, age_from=0, age_to=15),
        estimate("X", 94, age_from=10, age_to=24),
        estimate("X", 95, age_from=11, age_to=17),
        estimate("X", 96, sex="females", age_from=16, age_to=64),
        estimate("X", 97, sex="females", age_from=10, age_to=17),
    ]
    assert estimated(models, rows) == {
        ("X", 2020, "residents"): 1,
        ("X", 2020, "adult_females"): 2,
        ("X", 2020, "aged_10_17"): 3,
    }


def test_two_totals_make_the_residents_better_than_ages_and_worse_than_one(models: Any) -> None:
    women, men = estimate("X", 30, sex="females"), estimate("X", 12, sex="males")
    ages = single_ages("X", "persons", 20, 100)
    assert estimated(models, [women, men, *ages])["X", 2020, "residents"] == 42
    assert estimated(models, [women, men, estimate("X", 50)])["X", 2020, "residents"] == 50
    assert estimated(models, [women]) == {}
    assert estimated(models, [women, men | {"year": 2021}, men | {"area_code": "Y"}]) == {}
    half = [women | {"age_to": 64}, men | {"age_to": 64}]
    assert estimated(models, half) == {}
    assert estimated(models, [women | {"age_from": 18}, men | {"age_from": 18}]) == {}
    not_people = [r | {"population_kind": "households"} for r in (women, men)]
    assert ("X", 2020, "residents") not in estimated(models, not_people)


# --- areas ------------------------------------------------------------------------------------


def population(
    models: Any,
    estimates: list[tuple[str, int, str, float]],
    reference: list[tuple[str, int, str, float]] | None = None,
) -> dict[tuple[str, int, str], tuple[float, bool]]:
    """Force F has P1 (authorities L1, L2) and P2 (L3); G has P3 (half of L4) and P4 (L5)."""
    columns = "place_code varchar, year bigint, population_kind varchar, population double"
    models.fill("int_population_estimates", columns, estimates)
    models.fill(
        "int_authority_partnerships",
        "lad_code varchar, csp_code varchar, is_current boolean, is_split boolean",
        [
            ("L1", "P1", True, False),
            ("L2", "P1", True, False),
            ("L9", "P1", False, False),
            ("L3", "P2", True, False),
            ("L4", "P3", True, True),
            ("L6", "P3", True, False),
            ("L5", "P4", True, False),
        ],
    )
    models.fill(
        "areas",
        "area_code varchar, area_type varchar, force_code varchar",
        [
            *((code, "csp", "F") for code in ("P1", "P2")),
            *((code, "csp", "G") for code in ("P3", "P4")),
            ("F", "force", "F"),
            ("G", "force", "G"),
            ("F_unknown", "location_unknown", "F"),
            ("R1", "region", None),
        ],
    )
    models.fill("stg_reference__population", columns, reference or [])
    models.build("int_population")
    return {
        (r["area_code"], r["year"], r["population_kind"]): (r["population"], r["is_landed"])
        for r in models.rows("from int_population")
    }


def of(year: int, kind: str = "residents", **places: float) -> list[tuple[str, int, str, float]]:
    return [(place, year, kind, people) for place, people in places.items()]


def test_a_partnership_is_the_sum_of_its_authorities_and_a_force_of_its_partnerships(
    models: Any,
) -> None:
    found = population(models, of(2020, L1=1, L2=2, L3=4, L4=8, L5=16, L6=32, L9=64, Z=128))
    assert found == {
        ("P1", 2020, "residents"): (3, True),
        ("P2", 2020, "residents"): (4, True),
        ("P4", 2020, "residents"): (16, True),
        ("F", 2020, "residents"): (7, True),
    }


def test_years_and_kinds_are_not_added_to_each_other(models: Any) -> None:
    rows = [*of(2020, L1=1, L3=4), *of(2021, L2=2, L3=5), *of(2020, "households", L2=9)]
    assert set(population(models, rows)) == {
        ("P2", 2020, "residents"),
        ("P2", 2021, "residents"),
    }


def test_what_is_given_of_an_area_stands(models: Any) -> None:
    rows = [*of(2020, L1=1, L2=2, L3=4, P1=100, F=1000), *of(2021, L1=1, L2=2, L3=4)]
    rows += of(2020, "households", L1=5, L2=5, L3=5)
    found = population(models, rows)
    assert found["P1", 2020, "residents"] == (100, True)
    assert found["F", 2020, "residents"] == (1000, True)
    assert found["P1", 2021, "residents"] == (3, True)
    assert found["F", 2021, "residents"] == (7, True)
    assert found["P1", 2020, "households"] == (10, True)
    assert found["F", 2020, "households"] == (15, True)
    # made from the given partnership, where the force is not given itself
    assert population(models, of(2020, P1=100, P2=50, F_unknown=7))["F", 2020, "residents"] == (
        150,
        True,
    )


def test_the_reference_table_fills_up_what_has_not_landed(models: Any) -> None:
    reference = [*of(2020, P1=7, P2=10), *of(2021, P1=8), *of(2020, "households", P1=9)]
    assert population(models, of(2020, P1=100), reference) == {
        ("P1", 2020, "residents"): (100, True),
        ("P1", 2021, "residents"): (8, False),
        ("P1", 2020, "households"): (9, False),
        ("P2", 2020, "residents"): (10, False),
        ("F", 2020, "residents"): (110, False),
    }


def test_a_landed_sum_stands_before_a_reference_number_and_that_before_a_mixed_sum(
    models: Any,
) -> None:
    reference = of(2020, P1=7, L1=1, L2=2, L3=4)
    assert population(models, of(2020, L1=100, L2=200), reference)["P1", 2020, "residents"] == (
        300,
        True,
    )
    assert population(models, of(2020, L1=100), reference)["P1", 2020, "residents"] == (7, False)
    # without a number of its own, an authority that has landed is added to one that has not
    mixed = population(models, of(2020, L1=100), reference[1:])
    assert mixed["P1", 2020, "residents"] == (102, False)
    assert mixed["F", 2020, "residents"] == (106, False)


def test_regions_and_countries_have_their_reference_numbers(models: Any) -> None:
    found = population(models, [], of(2020, R1=50, Z=1))
    assert found == {("R1", 2020, "residents"): (50, False)}


# --- denominators that a source brings --------------------------------------------------------


def test_an_editions_denominators_serve_its_year_and_the_one_before(models: Any) -> None:
    columns = (
        "load_id varchar, extract_date date, edition_end date, area_code varchar,"
        " population_kind varchar, population_year bigint, population double"
    )
    of_2020, of_2021 = date(2020, 2, 29), date(2021, 2, 28)
    models.fill(
        "int_ons_pfa_tables__denominators",
        columns,
        [
            ("a", OLD, of_2021, "A", "residents", 2020, 10.0),
            ("b", NEW, of_2021, "A", "residents", 2020, 11.0),
            ("c", NEW, of_2021, "A", "residents", 2020, 12.0),
            ("a", OLD, of_2021, "A", "households", 2020, 13.0),
            ("z", OLD, of_2020, "B", "residents", 2019, 14.0),
            ("a", NEW, of_2021, "B", "residents", 2020, 15.0),
        ],
    )
    models.build("int_source_denominators")
    found = {
        (r["area_code"], r["population_kind"], r["period_start"], r["period_end"]): (
            r["population"],
            r["population_year"],
        )
        for r in models.rows("from int_source_denominators")
    }
    year_2021 = (date(2020, 3, 1), of_2021)
    year_2020 = (date(2019, 3, 1), of_2020)
    assert calendar.isleap(2020)
    assert found == {
        ("A", "residents", *year_2021): (12.0, 2020),
        ("A", "residents", *year_2020): (12.0, 2020),
        ("A", "households", *year_2021): (13.0, 2020),
        ("A", "households", *year_2020): (13.0, 2020),
        ("B", "residents", *year_2021): (15.0, 2020),
        ("B", "residents", *year_2020): (14.0, 2019),
        ("B", "residents", date(2018, 3, 1), date(2019, 2, 28)): (14.0, 2019),
    }


# --- policies ---------------------------------------------------------------------------------


def test_the_frozen_year_is_the_newest_that_every_area_of_the_kind_has(models: Any) -> None:
    columns = "area_code varchar, population_kind varchar, year bigint, population double"
    rows = [
        *(("A", "residents", year, 100.0 + year) for year in (2015, 2016, 2017)),
        *(("B", "residents", year, 200.0 + year) for year in (2014, 2016, 2018)),
        # no year is common to both: the newest of all
        ("A", "households", 2015, 1.0),
        ("B", "households", 2017, 2.0),
    ]
    models.fill("int_population", columns, rows)
    models.fill("int_periods", "financial_year bigint", [(2016,), (2016,), (2017,), (2013,)])
    models.settings = {"frozen_year": 0}
    models.build("int_policy_denominators")
    found = {
        (r["denominator_policy"], r["area_code"], r["population_kind"], r["financial_year"]): (
            r["population_year"],
            r["population"],
        )
        for r in models.rows("from int_policy_denominators")
    }
    own = {
        ("A", "residents", 2016): (2016, 2116.0),
        ("A", "residents", 2017): (2017, 2117.0),
        ("B", "residents", 2016): (2016, 2216.0),
        ("B", "residents", 2017): (2016, 2216.0),
        ("A", "households", 2016): (2015, 1.0),
        ("A", "households", 2017): (2015, 1.0),
        ("B", "households", 2017): (2017, 2.0),
    }
    frozen = {
        ("A", "residents"): (2016, 2116.0),
        ("B", "residents"): (2016, 2216.0),
        ("A", "households"): (2015, 1.0),
        ("B", "households"): (2017, 2.0),
    }
    assert {key[1:]: value for key, value in found.items() if key[0] == "own_year"} == own
    assert {key[1:]: value for key, value in found.items() if key[0] == "frozen"} == {
        (area, kind, year): told
        for (area, kind), told in frozen.items()
        for year in (2013, 2016, 2017)
    }
    models.settings = {}
