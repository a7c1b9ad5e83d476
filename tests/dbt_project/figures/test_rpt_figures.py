"""`rpt_figures`: one row answers one sentence, which says nothing that the row does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.dbt_project.model_sql import compiled

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@pytest.fixture(scope="module")
def rows(published_database: Path) -> list[dict[str, Any]]:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        found = connection.execute("select * from rpt_figures")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def one(rows: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    [row] = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_the_sentence_of_the_published_year_to_date(rows: list[dict[str, Any]]) -> None:
    """Published figure A1: 10,545 against 9,096, an increase of 1,449."""
    row = one(
        rows,
        area_name="Dudley",
        indicator_id="total_recorded_crime",
        period_label="2017/18 YTD to Sep",
    )
    assert row["sentence"] == (
        "Dudley recorded 10,545 offences between April and September 2017, 1,449 more (15.9%) "
        "than in the same months of 2016. The rise is statistically clear. "
        "The figure is provisional and will be revised."
    )
    assert row["verdict"] == "higher (worse)"


def test_the_sentence_of_a_change_within_normal_variation(rows: list[dict[str, Any]]) -> None:
    """Published figure A5: 155 against 133 hate crimes, p 0.22."""
    row = one(
        rows, area_name="Dudley", indicator_id="hate_crime", period_label="2017/18 YTD to Sep"
    )
    assert row["verdict"] == "within normal variation"
    assert "22 more (16.5%)" in row["sentence"]
    assert "The change is within normal variation." in row["sentence"]
    assert "rise" not in row["sentence"]


def test_the_same_number_is_no_change_to_judge(rows: list[dict[str, Any]]) -> None:
    same = [row for row in rows if row["change"] == 0 and row["unit"] == "count"]
    assert same
    for row in same:
        assert ", the same number as " in row["sentence"]
        assert "The change is" not in row["sentence"]


def test_a_proportion_changes_in_percentage_points(rows: list[dict[str, Any]]) -> None:
    """Published figure A12: 89 of 398 against 80 of 329, which the report calls slightly higher."""
    row = one(
        rows,
        area_name="Dudley",
        indicator_id="marac_repeat_rate",
        period_label="12 months to Sep 2017",
    )
    assert row["sentence"].startswith(
        "The MARAC repeat rate in Dudley stood at 22.4% in the 12 months to September 2017, "
        "2.0 percentage points less than in the 12 months before."
    )


def test_only_the_name_of_a_rate_takes_an_article(rows: list[dict[str, Any]]) -> None:
    measured = [row for row in rows if row["unit"] != "count" and not row["is_suppressed"]]
    begun = {row["indicator_id"]: row["sentence"].split(" in ")[0] for row in measured}
    assert begun["marac_repeat_rate"] == "The MARAC repeat rate"
    assert begun["alcohol_completions"] == "Alcohol treatment completions"


def test_a_neutral_indicator_is_never_better_or_worse(rows: list[dict[str, Any]]) -> None:
    neutral = [row for row in rows if row["polarity"] == "neutral"]
    assert neutral
    for row in neutral:
        said = " ".join(filter(None, (row["sentence"], row["verdict"])))
        assert not re.search(r"\b(better|worse|improve\w*)\b", said), said
        if row["significance"] in ("higher", "lower"):
            assert "neither good nor bad by itself" in row["sentence"]


def test_only_complete_periods_of_one_source_are_there(
    rows: list[dict[str, Any]], published_database: Path
) -> None:
    keys = [
        (row["area_code"], row["indicator_id"], row["period_type"], row["period_end"])
        for row in rows
    ]
    assert len(keys) == len(set(keys)) > 300
    with duckdb.connect(str(published_database), read_only=True) as connection:
        [(incomplete,)] = connection.execute(
            "select count(*) from rpt_figures as figures join fct_indicator_values as facts "
            "using (source, indicator_id, area_code, period_type, period_end) "
            "where not facts.is_complete or not facts.is_headline_source"
        ).fetchall()
    assert incomplete == 0


def said_numbers(row: dict[str, Any]) -> Iterator[str]:
    yield from NUMBER.findall(row["sentence"])


def known_numbers(row: dict[str, Any]) -> set[str]:
    """Every number that the row itself holds, as people write it, and the years of its days."""
    known = {"12", "10"}  # the 12 months to; MARAC cases per 10,000
    for name in ("value", "previous_value", "change", "change_pct", "change_pp", "rate_per"):
        if row[name] is not None:
            exact = Decimal(f"{abs(row[name]):.9f}")  # 9 more than 80 are 11.25%: 11.3%
            tenths = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
            known |= {f"{exact:,.0f}", f"{tenths:,}"}
    for day in ("period_start", "period_end", "previous_start", "previous_end"):
        year = row[day].year
        known |= {str(year), f"{year % 100:02d}"}
    known |= set(NUMBER.findall(row["indicator_name"])) | set(
        NUMBER.findall(row["break_note"] or "")
    )
    return known


def test_a_sentence_holds_no_number_that_its_row_does_not(rows: list[dict[str, Any]]) -> None:
    strange = [
        (row["sentence"], number)
        for row in rows
        for number in said_numbers(row)
        if number not in known_numbers(row)
    ]
    assert strange == []


def test_a_sentence_says_what_must_be_known(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        sentence = row["sentence"]
        shown = not row["is_suppressed"]
        assert ("provisional" in sentence) == (row["is_provisional"] and shown), sentence
        assert ("not comparable" in sentence) == (
            row["break_note"] is not None
            and shown
            and (row["change"] is not None or row["change_pp"] is not None)
        ), sentence
        assert ("statistically clear" in sentence) == (
            row["significance"] in ("higher", "lower") and row["break_note"] is None and shown
        ), sentence
        if row["verdict"] == "not comparable":
            assert "not comparable" in sentence, sentence
        if row["change_pct_is_unreliable"]:
            assert "%" not in sentence, sentence
        assert sentence.endswith(".")
        assert ".." not in sentence


def test_rate_and_rank_sentences_carry_their_limits(rows: list[dict[str, Any]]) -> None:
    """Leeds in July 2018: 4 of 15 members of an illustrative family report."""
    row = one(rows, area_name="Leeds", indicator_id="total_recorded_crime", period_label="Jul 2018")
    assert "per 1,000 residents (95% confidence interval" in row["rate_sentence"]
    assert "in the West Yorkshire police force area" in row["rate_sentence"]
    assert "of the 4 areas that report, of 15, in its most similar family" in row["family_sentence"]
    assert "illustration" in row["family_sentence"]
    assert "fourth lowest of the 5 partnerships" in row["force_sentence"]


@pytest.mark.parametrize("age", [16, 18])
def test_the_women_of_a_rate_are_of_the_age_that_is_set(age: int) -> None:
    """With adult_female_age = 18 the rate was over women of 18, and said 16."""
    sql = compiled("rpt_figures", settings={"adult_female_age": age})
    told = re.findall(r"women aged (\d+)", sql)
    assert told == [str(age)]


def test_a_rate_names_the_year_of_the_people_or_the_homes_that_it_is_over() -> None:
    """Residential burglary of 2025 over the households of 2021, which are no population."""
    end = re.search(
        r"case when denominator_kind.*?end(?=\s+\|\| cast\(popul)", compiled("rpt_figures")
    )
    assert end is not None
    kinds = "(values ('households'), ('residents')) as kinds (denominator_kind)"
    words = duckdb.sql(f"select {end.group()} from {kinds}").fetchall()
    assert words == [(" (households of ",), (" (population of ",)]


def test_a_period_is_named_with_the_one_a_year_before(published_database: Path) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        found = dict(
            connection.execute(
                "select period_label, period_in_words || ' | ' || previous_in_words "
                "from dim_periods where period_end between '2017-09-01' and '2018-03-31'"
            ).fetchall()
        )
    assert found["Sep 2017"] == "in September 2017 | in September 2016"
    assert found["2017/18 Q2"] == "between July and September 2017 | in the same months of 2016"
    assert (
        found["2017/18 YTD to Jan"]
        == "between April 2017 and January 2018 | in the same months a year before"
    )
    assert found["12 months to Sep 2017"] == (
        "in the 12 months to September 2017 | in the 12 months before"
    )
    assert found["2017/18"] == "in 2017/18 | in 2016/17"
    with duckdb.connect(str(published_database), read_only=True) as connection:
        [(start, end)] = connection.execute(
            "select previous_start, previous_end from dim_periods "
            "where period_type = 'month' and period_end = '2017-02-28'"
        ).fetchall()
    assert (start, end) == (date(2016, 2, 1), date(2016, 2, 29))


def test_the_parts_of_a_change_sum_to_it(published_database: Path) -> None:
    """West Yorkshire's Julys by data.police.uk category: 13 categories are all of the crime."""
    with duckdb.connect(str(published_database), read_only=True) as connection:
        found = connection.execute(
            "select breakdown, area_name, period_label, whole_change, sum(change), "
            "sum(share_of_change_pct), count(*), bool_and(parts_are_the_whole) "
            "from fct_contributions group by all"
        ).fetchall()
        [first] = connection.execute(
            "select part_indicator_name, change from fct_contributions "
            "where area_name = 'Leeds' and period_label = 'Jul 2018' and contribution_rank = 1"
        ).fetchall()
    assert {row[0] for row in found} == {"data.police.uk categories"}
    assert len(found) > 5
    for _, _, _, whole, parts, share, categories, is_whole in found:
        assert (whole, categories, is_whole) == (parts, 13, True)
        assert share == pytest.approx(100)
    # counted in the supplier's files: 3,319 in July 2018 against 2,433
    assert first == ("Violence and sexual offences", 886)


def test_an_area_that_alone_reports_has_no_place(rows: list[dict[str, Any]]) -> None:
    """Of Wolverhampton's family and force only it supplied 2017/18: "1st of 1" says nothing."""
    row = one(
        rows,
        area_name="Wolverhampton",
        indicator_id="total_recorded_crime",
        period_label="2017/18",
    )
    assert row["family_members_reporting"] == 1
    places = ("family_rank", "family_rank_in_words", "force_rate_rank", "family_sentence")
    assert {name: row[name] for name in places} == dict.fromkeys(places)
    ranked = [row for row in rows if row["family_rank"] is not None]
    assert ranked
    assert all(row["family_members_reporting"] > 1 for row in ranked)
