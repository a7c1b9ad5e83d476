"""The seeds are complete, unambiguous and point at each other's rows."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from flows.landing.sources import SOURCES

Seed = Callable[[str], list[dict[str, str]]]

INDICATORS = """
total_recorded_crime violence_with_injury violence_without_injury public_place_violence knife_crime
domestic_abuse hate_crime sexual_offences robbery residential_burglary non_residential_burglary
vehicle_offences shoplifting business_crime theft_from_the_person bicycle_theft
criminal_damage_and_arson drug_offences possession_of_weapons public_order modern_slavery
female_genital_mutilation youth_victim_violence youth_victim_robbery asb_incidents asb_youth
asb_calls_for_service marac_cases marac_repeat_cases marac_repeat_rate
marac_cases_per_10k_adult_females adult_reoffending youth_reoffending opiate_completions
non_opiate_completions alcohol_completions public_confidence victim_satisfaction asb_satisfaction
violence_and_sexual_offences burglary vehicle_crime other_theft other_crime
violence_against_the_person homicide death_or_serious_injury_driving stalking_and_harassment
theft_offences other_theft_offences miscellaneous_crimes
hate_crime_race hate_crime_religion hate_crime_sexual_orientation hate_crime_disability
hate_crime_transgender gang_related_crime cyber_crime repeat_victim_crime older_victim_crime
marac_repeat_cases_criminal marac_repeat_rate_criminal marac_children first_time_entrants
youth_offences domestic_homicide_reviews people_trained enforcement_actions organisations_trained
"""

POLICE_UK_CATEGORIES = {
    "Anti-social behaviour": {"asb_incidents"},
    "Bicycle theft": {"bicycle_theft", "total_recorded_crime"},
    "Burglary": {"burglary", "total_recorded_crime"},
    "Criminal damage and arson": {"criminal_damage_and_arson", "total_recorded_crime"},
    "Drugs": {"drug_offences", "total_recorded_crime"},
    "Other crime": {"other_crime", "total_recorded_crime"},
    "Other theft": {"other_theft", "total_recorded_crime"},
    "Possession of weapons": {"possession_of_weapons", "total_recorded_crime"},
    "Public order": {"public_order", "total_recorded_crime"},
    "Robbery": {"robbery", "total_recorded_crime"},
    "Shoplifting": {"shoplifting", "total_recorded_crime"},
    "Theft from the person": {"theft_from_the_person", "total_recorded_crime"},
    "Vehicle crime": {"vehicle_crime", "total_recorded_crime"},
    "Violence and sexual offences": {"violence_and_sexual_offences", "total_recorded_crime"},
}

KEYS = {
    "areas": ("area_code",),
    "local_authorities": ("lad_name",),
    "police_forces": ("force_slug",),
    "indicators": ("indicator_id",),
    "crime_categories": ("source", "category", "indicator_id"),
    "offence_codes": ("offence_code",),
    "offence_indicators": ("offence_code", "indicator_id"),
    "ons_pfa_offences": ("offence",),
    "families": ("scheme", "area_code", "neighbour_code", "valid_from"),
    "breaks": ("source", "indicator_id", "area_code", "break_date"),
    "series_notes": ("source", "indicator_id", "area_code", "first_day"),
    "targets": ("area_code", "indicator_id", "period_type", "period_end"),
}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_a_row_is_there_once(seed: Seed, name: str, key: tuple[str, ...]) -> None:
    counted = Counter(tuple(row[column] for column in key) for row in seed(name))
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "column", "target", "target_column"),
    [
        ("local_authorities", "csp_code", "areas", "area_code"),
        ("police_forces", "force_code", "areas", "area_code"),
        ("areas", "force_code", "police_forces", "force_code"),
        ("areas", "region_code", "areas", "area_code"),
        ("areas", "country_code", "areas", "area_code"),
        ("families", "area_code", "areas", "area_code"),
        ("families", "neighbour_code", "areas", "area_code"),
        ("breaks", "area_code", "areas", "area_code"),
        ("breaks", "indicator_id", "indicators", "indicator_id"),
        ("crime_categories", "indicator_id", "indicators", "indicator_id"),
        ("offence_indicators", "indicator_id", "indicators", "indicator_id"),
        ("offence_indicators", "offence_code", "offence_codes", "offence_code"),
        ("marker_indicators", "offence_code", "offence_codes", "offence_code"),
        ("ons_pfa_offences", "indicator_id", "indicators", "indicator_id"),
        ("indicators", "parent_indicator_id", "indicators", "indicator_id"),
        ("indicators", "numerator_indicator_id", "indicators", "indicator_id"),
        ("indicators", "denominator_indicator_id", "indicators", "indicator_id"),
    ],
)
def test_a_code_that_is_named_exists(
    seed: Seed, name: str, column: str, target: str, target_column: str
) -> None:
    known = {row[target_column] for row in seed(target)} | {"", "*"}
    assert {row[column] for row in seed(name)} - known == set()


def test_every_level_has_all_its_areas(seed: Seed) -> None:
    counted = Counter(row["area_type"] for row in seed("areas"))
    assert counted == {
        "csp": 314,
        "force": 44,
        "location_unknown": 44,
        "region": 9,
        "country": 3,
    }


def test_every_force_has_its_location_unknown_row(seed: Seed) -> None:
    areas = seed("areas")
    forces = {row["area_code"] for row in areas if row["area_type"] == "force"}
    unknown = {row["area_code"] for row in areas if row["area_type"] == "location_unknown"}
    assert unknown == {f"{force}_unknown" for force in forces}


def test_the_twelve_home_partnerships_carry_their_codes(seed: Seed) -> None:
    found = {
        row["area_name"]: (row["area_code"], row["lad_code"], row["region_name"])
        for row in seed("areas")
        if row["area_type"] == "csp" and row["force_code"] in {"E23000014", "E23000010"}
    }
    assert found == {
        "Birmingham": ("E22000335", "E08000025", "West Midlands"),
        "Coventry": ("E22000336", "E08000026", "West Midlands"),
        "Dudley": ("E22000337", "E08000027", "West Midlands"),
        "Sandwell": ("E22000338", "E08000028", "West Midlands"),
        "Solihull": ("E22000339", "E08000029", "West Midlands"),
        "Walsall": ("E22000340", "E08000030", "West Midlands"),
        "Wolverhampton": ("E22000341", "E08000031", "West Midlands"),
        "Bradford": ("E22000342", "E08000032", "Yorkshire and The Humber"),
        "Calderdale": ("E22000343", "E08000033", "Yorkshire and The Humber"),
        "Kirklees": ("E22000344", "E08000034", "Yorkshire and The Humber"),
        "Leeds": ("E22000345", "E08000035", "Yorkshire and The Humber"),
        "Wakefield": ("E22000346", "E08000036", "Yorkshire and The Humber"),
    }


def test_a_lad_code_stands_for_one_partnership(seed: Seed) -> None:
    codes = [row["lad_code"] for row in seed("areas") if row["lad_code"]]
    assert len(codes) == len(set(codes))


def test_every_indicator_of_the_design_is_there(seed: Seed) -> None:
    assert set(INDICATORS.split()) <= {row["indicator_id"] for row in seed("indicators")}


def test_indicator_columns_hold_only_known_words(seed: Seed) -> None:
    allowed = {
        "unit": {"count", "per cent", "per 10,000", "pounds"},
        "value_kind": {"count", "proportion", "rate", "value"},
        "denominator_kind": {"residents", "households", "adult_females", "aged_10_17", "none"},
        "polarity": {"lower_is_better", "higher_is_better", "neutral"},
        "is_sensitive": {"true", "false"},
        "is_headline": {"true", "false"},
    }
    sources = {
        name
        for name, source in SOURCES.items()
        if any(dataset.grain != "reference" for dataset in source.datasets)
    }
    for row in seed("indicators"):
        wrong = {column: row[column] for column in allowed if row[column] not in allowed[column]}
        assert wrong == {}, row["indicator_id"]
        assert set(row["source_rule"].split(">")) <= sources, row["indicator_id"]
        assert (row["rate_per"] == "") == (row["denominator_kind"] == "none"), row["indicator_id"]
        assert (row["headline_order"] != "") == (row["is_headline"] == "true"), row["indicator_id"]
        assert row["definition"].endswith("."), row["indicator_id"]


def test_headlines_are_numbered_without_gaps(seed: Seed) -> None:
    orders = sorted(int(r["headline_order"]) for r in seed("indicators") if r["headline_order"])
    assert orders == list(range(1, len(orders) + 1))


def test_hidden_and_small_number_indicators_are_marked(seed: Seed) -> None:
    rows = {row["indicator_id"]: row for row in seed("indicators")}
    sensitive = {name for name, row in rows.items() if row["is_sensitive"] == "true"}
    assert sensitive >= {
        "hate_crime",
        "modern_slavery",
        "female_genital_mutilation",
        "sexual_offences",
        "marac_cases",
        "marac_repeat_cases",
        "marac_repeat_rate",
        "marac_cases_per_10k_adult_females",
        "marac_repeat_cases_criminal",
        "marac_repeat_rate_criminal",
        "marac_children",
        "domestic_homicide_reviews",
        "hate_crime_race",
        "hate_crime_religion",
        "hate_crime_sexual_orientation",
        "hate_crime_disability",
        "hate_crime_transgender",
        "gang_related_crime",
    }
    assert not sensitive & {"total_recorded_crime", "theft_offences", "asb_incidents"}
    for name in ("domestic_abuse", "hate_crime", "modern_slavery", "female_genital_mutilation"):
        assert rows[name]["polarity"] == "neutral", name


def test_the_repeat_rate_is_repeats_over_cases(seed: Seed) -> None:
    row = next(row for row in seed("indicators") if row["indicator_id"] == "marac_repeat_rate")
    assert row["numerator_indicator_id"] == "marac_repeat_cases"
    assert row["denominator_indicator_id"] == "marac_cases"


def test_each_police_uk_category_counts_where_it_belongs(seed: Seed) -> None:
    found: dict[str, set[str]] = {}
    for row in seed("crime_categories"):
        found.setdefault(row["category"], set()).add(row["indicator_id"])
    legacy = {"Violent crime", "Public disorder and weapons"}
    assert {name: ids for name, ids in found.items() if name not in legacy} == POLICE_UK_CATEGORIES
    assert all(found[name] == {"total_recorded_crime"} for name in legacy)


def test_a_category_is_published_in_one_classification_at_a_time(seed: Seed) -> None:
    """Until April 2013 eleven categories, since May 2013 fourteen (data.police.uk)."""
    for month, count in (("2012-05-01", 11), ("2013-04-01", 11), ("2013-05-01", 14)):
        in_use = {
            row["category"]
            for row in seed("crime_categories")
            if (row["valid_from"] or "0001-01-01") <= month <= (row["valid_to"] or "9999-12-31")
        }
        assert len(in_use) == count, month


def test_offence_categories_are_spelt_as_in_street_files(seed: Seed) -> None:
    spelt = {row["police_uk_category"] for row in seed("offence_codes")}
    assert spelt <= set(POLICE_UK_CATEGORIES)


@pytest.mark.parametrize(
    ("code", "day", "indicators"),
    [
        ("8N", "2018-07-01", {"violence_with_injury"}),
        ("105A", "2018-07-01", {"violence_without_injury"}),
        ("106", "2018-07-01", {"violence_without_injury", "modern_slavery"}),
        ("19C", "2018-07-01", {"sexual_offences"}),
        ("34B", "2018-07-01", {"robbery"}),
        ("28A", "2017-03-31", {"residential_burglary"}),
        ("28A", "2017-04-01", set()),
        ("28E", "2017-03-31", set()),
        ("28E", "2017-04-01", {"residential_burglary"}),
        ("30A", "2017-03-31", {"non_residential_burglary"}),
        ("30C", "2017-04-01", {"non_residential_burglary"}),
        ("48", "2018-07-01", {"vehicle_offences"}),
        ("10D", "2018-07-01", {"possession_of_weapons"}),
        ("92E", "2018-07-01", {"drug_offences"}),
        ("4.10", "2018-07-01", {"homicide"}),
        # death or serious injury by unlawful driving is no violence with injury
        ("4.4", "2018-07-01", {"death_or_serious_injury_driving"}),
        ("4.6", "2018-07-01", {"death_or_serious_injury_driving"}),
        ("4.8", "2022-07-01", {"death_or_serious_injury_driving"}),
        ("4.9", "2018-07-01", {"death_or_serious_injury_driving"}),
        ("37.1", "2018-07-01", {"death_or_serious_injury_driving"}),
        ("4.7", "2018-07-01", {"violence_with_injury"}),
        # codes that came after 2017/18
        ("8T", "2018-11-12", set()),
        ("8T", "2018-11-13", {"violence_with_injury"}),
        ("8U", "2020-07-01", {"stalking_and_harassment"}),
        ("28I", "2023-03-31", set()),
        ("28I", "2023-04-01", {"residential_burglary"}),
        ("28M", "2023-04-01", {"residential_burglary"}),
    ],
)
def test_an_offence_counts_in_its_indicators_on_its_day(
    seed: Seed, code: str, day: str, indicators: set[str]
) -> None:
    wide = {
        "total_recorded_crime",
        "violence_and_sexual_offences",
        "violence_against_the_person",
        "theft_offences",
        "burglary",
        "vehicle_crime",
    }
    found = {
        row["indicator_id"]
        for row in seed("offence_indicators")
        if row["offence_code"] == code
        and (not row["valid_from"] or row["valid_from"] <= day)
        and (not row["valid_to"] or day <= row["valid_to"])
    }
    assert found - wide == indicators


def test_knife_crime_is_the_seven_offences_of_the_home_office(seed: Seed) -> None:
    """Home Office open data user guide: offences involving knives or sharp instruments."""
    described = {row["offence_code"]: row["offence_description"] for row in seed("offence_codes")}
    knife = [row for row in seed("marker_indicators") if row["indicator_id"] == "knife_crime"]
    assert {row["marker"] for row in knife} == {"knife"}
    offences = {row["rule"].split(": ")[1].split(", with the")[0] for row in knife}
    assert offences == {
        "Homicide",
        "Attempted murder",
        "Threats to kill",
        "Assault with injury and assault with intent to cause serious harm",
        "Robbery",
        "Rape",
        "Sexual assault",
    }
    codes = {row["offence_code"] for row in knife}
    assert codes <= set(described)
    for code in ("10D", "105A", "9A", "46", "58D", "22A", "8L", "5E"):
        assert code not in codes, described[code]
    assert {"1", "2", "3B", "5D", "8N", "34A", "34B", "19C", "20A"} <= codes


def test_fraud_recorded_centrally_counts_in_no_indicator(seed: Seed) -> None:
    fraud = {r["offence_code"] for r in seed("offence_codes") if r["offence_group"][:5] == "Fraud"}
    assert fraud == {"AF", "CIFAS", "FFA UK", "UK Finance"}
    assert fraud.isdisjoint(row["offence_code"] for row in seed("offence_indicators"))


def test_every_family_has_fifteen_members_the_area_among_them(seed: Seed) -> None:
    members: dict[str, set[str]] = {}
    for row in seed("families"):
        members.setdefault(row["area_code"], set()).add(row["neighbour_code"])
    home = {
        row["area_code"]
        for row in seed("areas")
        if row["area_type"] == "csp" and row["force_code"] in {"E23000014", "E23000010"}
    }
    assert set(members) == home
    assert {area: len(family) for area, family in members.items()} == dict.fromkeys(home, 15)
    assert [area for area, family in members.items() if area not in family] == []


def test_the_family_list_says_that_it_is_illustrative(seed: Seed) -> None:
    rows = seed("families")
    assert {row["scheme"] for row in rows} == {"illustrative"}
    assert all(row["source"].startswith("Illustrative") for row in rows)


def test_dates_are_dates_and_in_order(seed: Seed) -> None:
    for name in ("local_authorities", "offence_codes", "offence_indicators", "families"):
        for row in seed(name):
            days = [date.fromisoformat(row[c]) for c in ("valid_from", "valid_to") if row[c]]
            assert days == sorted(days), (name, row)
    for row in seed("breaks"):
        date.fromisoformat(row["break_date"])


NATIONAL_BREAKS = {
    # HMIC, Crime-recording: making the victim count (2014)
    ("2014-04-01", "violence_against_the_person"),
    ("2014-04-01", "sexual_offences"),
    # Home Office counting rules of each April: burglary 2017 and 2023, stalking 2018 and 2020, and
    # the end of the rule of 2018 in May 2023
    ("2017-04-01", "residential_burglary"),
    ("2017-04-01", "non_residential_burglary"),
    ("2018-04-01", "stalking_and_harassment"),
    ("2020-04-01", "stalking_and_harassment"),
    ("2023-04-01", "residential_burglary"),
    ("2023-05-01", "stalking_and_harassment"),
}


def test_the_national_breaks_since_2013_hold_for_every_source_and_area(seed: Seed) -> None:
    national = {
        (row["break_date"], row["indicator_id"])
        for row in seed("breaks")
        if row["source"] == "*" and row["area_code"] == "*"
    }
    assert national >= NATIONAL_BREAKS


def test_the_pandemic_is_a_note_and_no_break(seed: Seed) -> None:
    (note,) = seed("series_notes")
    assert (note["first_day"], note["last_day"]) == ("2020-03-23", "2021-07-18")
    assert not any("pandemic" in row["break_note"] for row in seed("breaks"))
