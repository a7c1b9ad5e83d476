"""One rule of area names: what landing, checks, settings and dbt read a supplier's spelling as."""

from __future__ import annotations

import duckdb
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.landing.sources.rules.area_names import (
    COUNCIL_ENDINGS,
    NAME_DROPPED,
    area_code_of,
    area_spellings,
    canonical_scope,
    did_you_mean,
    folded,
    folded_key,
    partnership_of_a_record,
    similar_names,
    spellings_of,
)
from flows.settings import Settings
from flows.warehouse.variables import dbt_variables
from tests.conftest import PROJECT_ROOT
from tests.dbt_project.model_sql import DBT_PROJECT, macro_sql


@pytest.mark.parametrize(
    ("written", "code"),
    [
        # the spellings that counted nowhere, by the ONS's codes
        ("St Helens", "E22000184"),
        ("St. Helens", "E22000184"),
        ("Saint Helens", "E22000184"),
        ("Bristol", "E22000002"),
        ("Bristol, City of", "E22000002"),
        ("City of Bristol", "E22000002"),
        ("Telford & Wrekin", "E22000333"),
        ("Telford and Wrekin", "E22000333"),
        ("  Bath  and North\u00a0East Somerset ", "E22000001"),
        ("DUDLEY", "E22000337"),
        ("City of Wolverhampton", "E22000341"),
        ("Kingston upon Hull", "E22000134"),
        ("Stoke on Trent", "E22000270"),
        ("Herefordshire", "E22000326"),
        ("King\u2019s Lynn & West Norfolk", "E22000221"),
        ("e08000027", "E22000337"),
        ("E22000337", "E22000337"),
        ("Dudley (csp)", "E22000337"),
        ("West Midlands (force)", "E23000014"),
        ("West Midlands (region)", "E12000005"),
        ("England & Wales", "K04000001"),
        ("London, City of (force)", "E23000034"),
        ("Devon & Cornwall (force)", "E23000035"),
        ("Metropolitan (force)", "E23000001"),
        ("City of London", "E22000180"),
        # as councils sign
        ("Dudley MBC", "E22000337"),
        ("Dudley Metropolitan Borough Council", "E22000337"),
        ("Bristol City Council", "E22000002"),
        ("St Helens Council", "E22000184"),
        ("London Borough of Camden", "E22000191"),
        ("Royal Borough of Greenwich", "E22000196"),
        ("Dudley Community Safety Partnership", "E22000337"),
        # as forces write a borough or a city in their systems
        ("Rugby Borough", "E22000321"),
        ("Rugby BC", "E22000321"),
        ("Derby City", "E22000040"),
        ("Dudley Metropolitan Borough", "E22000337"),
    ],
)
def test_common_spellings_mean_their_area(written: str, code: str) -> None:
    assert area_code_of(written) == code


@pytest.mark.parametrize("written", ["West Midlands", "Dudly", "", "*", "London"])
def test_what_means_no_area_or_several_has_no_code(written: str) -> None:
    assert area_code_of(written) is None


def test_every_area_is_found_by_its_code_and_by_its_name_and_level(seeded_areas: Areas) -> None:
    for area in seeded_areas:
        assert area_code_of(area["area_code"]) == area["area_code"]
        named = f"{area['area_name']} ({area['area_type']})"
        assert area_code_of(named) == area["area_code"], named


def test_no_two_partnerships_share_a_spelling(seeded_areas: Areas) -> None:
    """Shortening a name must never give it another area's: each keeps its own."""
    for area in seeded_areas:
        if area["area_type"] == "csp":
            assert area_code_of(area["area_name"]) == area["area_code"], area["area_name"]


def test_a_name_of_two_areas_means_neither_and_a_level_says_which() -> None:
    def area(code: str, name: str, level: str, lad: str | None = None) -> dict[str, str | None]:
        return {"area_code": code, "area_name": name, "area_type": level, "lad_code": lad}

    found = spellings_of(
        [
            area("E22A", "Dudley", "csp", "E08A"),
            area("E22B", "West Midlands", "csp"),
            area("E22C", "Newcastle", "csp", "E08C"),
            area("E22D", "Newcastle", "csp", "E08D"),
            area("E22E", "City of Newcastle", "csp"),
            area("E23", "West Midlands", "force", "E08F"),
            area("E12", "West Midlands", "region"),
            area("E92", "England", "country"),
        ]
    )
    assert found["dudley"] == found["e08a"] == found["cityofdudley"] == "E22A"
    assert found["westmidlands"] == found["westmidlands(csp)"] == "E22B"
    assert found["westmidlands(force)"] == "E23"
    assert found["westmidlands(region)"] == "E12"
    assert found["england"] == found["england(country)"] == "E92"
    assert "newcastle" not in found
    assert found["cityofnewcastle"] == "E22E"
    assert "e08f" not in found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Dudly", "Dudley"),
        ("Dudely", "Dudley"),
        ("Wolverhamton", "Wolverhampton"),
        ("Bristoll", "Bristol, City of"),
        ("Telford and Wreken", "Telford and Wrekin"),
        # part of a name, and nearer to Watford letter by letter
        ("Telford", "Telford and Wrekin"),
        ("Kings Lynn", "King's Lynn and West Norfolk"),
    ],
)
def test_a_name_that_is_nearly_one_is_answered_with_it(written: str, name: str) -> None:
    assert similar_names(written)[0] == name
    assert did_you_mean(written).startswith(f"did you mean {name}")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # ONS lookup of authorities to partnerships, 2024
        ("Cumberland", "lies in the partnerships Allerdale, Carlisle and Copeland"),
        ("Westmorland and Furness Council",
         "lies in the partnerships Barrow-in-Furness, Eden and South Lakeland"),
        ("Christchurch", "lies in the partnership Dorset"),
        ("Harrogate", "lies in the partnership North Yorkshire"),
        ("Rhondda Cynon Taf", "lies in the partnership Cwm Taf"),
        ("Merthyr Tudful", "lies in the partnership Cwm Taf"),
    ],
)  # fmt: skip
def test_an_authority_within_partnerships_is_answered_with_them(written: str, said: str) -> None:
    assert area_code_of(written) is None
    assert did_you_mean(written) == f"{written} {said}"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Ynys Môn", "W14000001"),
        ("ynys mon", "W14000001"),
        ("Caerdydd", "W14000015"),
        ("Bro Morgannwg", "W14000014"),
        ("Pen-y-bont ar Ogwr", "W14000013"),
    ],
)
def test_the_welsh_name_of_an_authority_means_its_partnership(written: str, code: str) -> None:
    assert area_code_of(written) == code


def test_what_is_no_name_at_all_gets_no_guess() -> None:
    assert did_you_mean("not known to us") == ""
    assert did_you_mean("West") == ""
    assert did_you_mean("and") == ""
    assert did_you_mean(" ") == ""


def test_two_spellings_are_one_scope_and_one_key() -> None:
    assert canonical_scope("marac", "telford & wrekin") == "Telford and Wrekin"
    assert canonical_scope("police_uk", "cumbria") == "cumbria"
    assert folded_key("area", "St Helens") == folded_key("area", "St. Helens")
    assert folded_key("area", "E08000027") == folded_key("area", "Dudley")
    assert folded_key("indicator_id", "Robbery") == "robbery"


# --- dbt folds as Python does -----------------------------------------------------------------


def folded_by_dbt(names: list[str]) -> list[str]:
    sql = macro_sql("{{ folded_name('name') }}")
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select {sql} from (select unnest($names) as name)", {"names": names}
        ).fetchall()
    return [name for (name,) in rows]


def test_the_characters_that_dbt_drops_are_those_of_the_rule() -> None:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["vars"]["name_dropped"] == NAME_DROPPED
    assert dbt_variables(Settings())["name_dropped"] == NAME_DROPPED


def test_dbt_knows_the_endings_that_landing_does() -> None:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["vars"]["council_endings"] == list(COUNCIL_ENDINGS)
    assert dbt_variables(Settings())["council_endings"] == list(COUNCIL_ENDINGS)


def test_dbt_folds_every_name_of_the_project_as_landing_does(seeded_areas: Areas) -> None:
    names = [area["area_name"] for area in seeded_areas]
    assert folded_by_dbt(names) == [folded(name) for name in names]
    assert set(folded_by_dbt(names)) <= {*area_spellings(), *map(folded, names)}


@given(st.text(st.sampled_from("StabÉôW&(E2) -.,'\u2019\u2013\u00a0\u202f\t"), max_size=20))
def test_dbt_folds_any_name_as_landing_does(name: str) -> None:
    assert folded_by_dbt([name]) == [folded(name)]


@pytest.mark.parametrize(
    ("written", "partnership"),
    [
        ("Dudley", "E22000337"),
        ("Mendip", "E22000369"),  # merged into Somerset in April 2023
        ("E07000187", "E22000369"),
        ("Redditch", "E22000368"),  # of North Worcestershire, by the ONS's lookup of 2024
        ("SOMERSET WEST & TAUNTON", "E22000369"),
        ("Warwick District Council", "E22000359"),  # of South Warwickshire
        ("Stratford-on-Avon District", "E22000359"),
        ("Redditch Borough", "E22000368"),
        ("Cumberland", None),  # lies in three
        ("Cumberland Council", None),
        ("West Midlands (force)", None),
        ("E23000014", None),
        ("England", None),
        ("Dudly", None),
    ],
)
def test_a_record_is_placed_by_its_district_too(written: str, partnership: str | None) -> None:
    assert partnership_of_a_record(written) == partnership


def test_a_district_names_one_partnership_however_it_is_folded() -> None:
    """A second one would count a record twice."""
    import csv

    meant: dict[str, set[str]] = {}
    with (PROJECT_ROOT / "data" / "seeds" / "local_authorities.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names = (row["lad_name"] + ending for ending in ("", *COUNCIL_ENDINGS))
            for written in filter(None, (*names, row["lad_code"])):
                meant.setdefault(folded(written), set()).add(row["csp_code"])
    assert {name: codes for name, codes in meant.items() if len(codes) != 1} == {}


def test_home_areas_reach_dbt_as_codes() -> None:
    home = dbt_variables(Settings(home_areas=["St Helens", "E08000027"]))["home_areas"]
    assert home == ["E22000184", "E22000337"]


Areas = list[dict[str, str]]


@pytest.fixture(scope="module")
def seeded_areas() -> Areas:
    import csv

    with (PROJECT_ROOT / "data" / "seeds" / "areas.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
