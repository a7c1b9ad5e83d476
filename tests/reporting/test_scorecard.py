from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console

from flows.reporting import scorecard
from flows.reporting.scorecard import ScorecardUnavailableError, read_scorecard, render

COLUMNS = """
    home_order bigint, headline_order bigint, area_code varchar, area_name varchar,
    force_code varchar, indicator_id varchar, indicator_name varchar, source varchar,
    unit varchar, polarity varchar, period_type varchar, period_label varchar, period_end date,
    is_complete boolean, value double, previous_value double, change double, change_pct double,
    change_pp double, change_pct_is_unreliable boolean, change_p_value double,
    significance varchar, direction_of_travel varchar, rate double, rate_per double,
    rate_lower double, rate_upper double, population_year bigint,
    is_population_out_of_date boolean, denominator_policy varchar,
    force_rate_rank bigint, force_change_rank bigint, force_areas_ranked bigint,
    family_scheme varchar, family_rank bigint, family_rank_best bigint, family_rank_worst bigint,
    family_size bigint, family_members_reporting bigint, family_is_illustrative boolean,
    target_value double, rag varchar, break_note varchar, is_provisional boolean,
    is_suppressed boolean, is_comparison_suppressed boolean,
    family_source varchar, months_expected bigint, months_supplied bigint, value_so_far double,
    in_words varchar, extract_date date
"""

CRIME = {
    "home_order": 1, "headline_order": 1, "area_code": "E22000245", "area_name": "Dudley",
    "indicator_id": "total_recorded_crime", "indicator_name": "Total recorded crime",
    "source": "partner_returns", "unit": "count", "period_type": "ytd",
    "period_label": "2017/18 YTD to Sep", "period_end": "2017-09-30", "is_complete": True,
    "value": 10545, "previous_value": 9096, "change": 1449, "change_pct": 15.930079,
    "change_pct_is_unreliable": False, "rate": 32.97, "rate_per": 1000, "population_year": 2017,
    "denominator_policy": "own_year", "force_rate_rank": 1, "force_areas_ranked": 7,
    "family_scheme": "illustrative", "family_rank": 2, "family_rank_best": 1,
    "family_rank_worst": 4, "family_size": 15, "family_members_reporting": 15,
    "family_is_illustrative": True, "is_provisional": False, "is_suppressed": False,
    "is_comparison_suppressed": False,
    "direction_of_travel": "worse", "in_words": "higher than a year before",
    "extract_date": "2017-10-01",
}  # fmt: skip


@pytest.fixture
def shown(tmp_path: Path) -> Any:
    database = tmp_path / "community_safety.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create table rpt_scorecard ({COLUMNS})")
        connection.execute("create table dim_areas (area_code varchar, lad_code varchar)")
        connection.execute(
            "create table dim_indicators as select 'burglary' as indicator_id, "
            "'households' as denominator_kind, 3 as headline_order"
        )
        connection.execute("insert into dim_areas values ('E22000245', 'E08000027')")

    def show(*rows: dict[str, Any], area: str = "Dudley") -> str:
        with duckdb.connect(str(database)) as connection:
            for row in rows:
                whole = CRIME | row
                names, marks = ", ".join(whole), ", ".join("?" * len(whole))
                connection.execute(
                    f"insert into rpt_scorecard ({names}) values ({marks})", list(whole.values())
                )
        console = Console(file=io.StringIO(), width=200)
        render(read_scorecard(database, area), console)
        return console.file.getvalue()  # type: ignore[attr-defined]

    return show


def test_figures_ranks_and_verdict_fit_80_columns(shown: Any) -> None:
    text = shown(
        {},
        {
            "headline_order": 2,
            "indicator_name": "Calls for service, anti-social behaviour and public safety",
            "value": 1234567, "previous_value": 1134567, "change": 100000,
            "in_words": "no clear change: within normal variation",
        },
    )  # fmt: skip
    assert max(len(line) for line in text.splitlines()) <= 80
    first = next(line for line in text.splitlines() if "10,545" in line)
    assert " ".join(first.split()).endswith(
        "Total recorded crime 10,545 9,096 +1,449 +15.9 33.0 1 of 7 2 of 15"
    )
    assert "1,234,567 1,134,567 +100,000" in " ".join(text.split())
    assert "1 to 4" in text
    # The verdicts, wrapped in the first column.
    assert "higher than a" in text
    assert "no clear change: within" in text
    assert "variation" in text
    assert "Dudley · 2017/18 YTD to Sep" in text
    assert "per 1,000, population of 2017, policy own_year" in text
    assert "'illustrative' is an illustration" in text


def test_what_is_withheld_says_so_and_what_is_missing_does_not(shown: Any) -> None:
    withheld = shown(
        {"indicator_name": "Hate crime", "value": None, "previous_value": None, "change": None,
         "change_pct": None, "rate": None, "is_suppressed": True,
         "is_comparison_suppressed": True, "force_rate_rank": None,
         "family_rank": None}
    )  # fmt: skip
    assert withheld.split("Hate crime")[1].split()[:2] == ["withheld", "withheld"]
    assert "withheld: a small number" in withheld


@pytest.mark.parametrize(
    ("in_words", "before"),
    [
        ("no figure to compare with: a small number is withheld", "withheld"),
        # of this line a rank is withheld, and the year before was not supplied
        ("no figure to compare with", "\N{EN DASH}"),
    ],
)
def test_a_year_before_that_was_not_supplied_is_not_called_withheld(
    shown: Any, in_words: str, before: str
) -> None:
    text = shown(
        {"previous_value": None, "change": None, "change_pct": None, "in_words": in_words,
         "is_suppressed": False, "is_comparison_suppressed": True, "force_rate_rank": None}
    )  # fmt: skip
    line = next(line for line in text.splitlines() if "10,545" in line)
    assert line.split()[4] == before


def test_missing_figures_are_dashes(shown: Any) -> None:
    missing = shown({"previous_value": None, "change": None, "change_pct": None})
    assert "withheld" not in missing
    line = next(line for line in missing.splitlines() if "10,545" in line)
    assert line.split()[4:7] == ["\N{EN DASH}"] * 3


def test_percentages_change_in_points(shown: Any) -> None:
    text = shown(
        {"indicator_name": "MARAC repeat rate", "unit": "per cent", "value": 22.361809,
         "previous_value": 24.316109, "change": None, "change_pct": None, "change_pp": -1.9543}
    )  # fmt: skip
    assert "22.4%" in text
    assert "-2.0pp" in text


def test_an_unreliable_per_cent_is_left_out(shown: Any) -> None:
    text = shown({"value": 12, "previous_value": 6, "change": 6, "change_pct": 100.0,
                  "change_pct_is_unreliable": True})  # fmt: skip
    assert "+100" not in text


def test_a_family_with_missing_members_is_never_of_15(shown: Any) -> None:
    text = shown({"family_members_reporting": 4, "family_rank": 3})
    assert "3 of 4*" in text
    assert "of 15" not in text.replace("\n", " ").replace("only 4 of the 15", "")
    assert "* only 4 of the 15 members" in text


@pytest.mark.parametrize("area", ["dudley", "E22000245", "e08000027"])
def test_an_area_is_found_by_name_and_by_both_codes(shown: Any, area: str) -> None:
    assert "10,545" in shown({}, area=area)


def test_an_unknown_area_names_those_there_are(shown: Any) -> None:
    with pytest.raises(ScorecardUnavailableError, match=r"'Narnia'.*Dudley.*home_areas"):
        shown({}, area="Narnia")


def test_without_a_publication_the_next_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScorecardUnavailableError, match="csp nightly"):
        read_scorecard(tmp_path / "none.duckdb", "Dudley")


def test_a_family_rank_of_another_source_says_so(shown: Any) -> None:
    assert "Family ranks are of" not in shown({"family_source": "partner_returns"})
    text = shown({"family_source": "police_uk"}, area="Dudley")
    assert "Family ranks are of source police_uk, to which more of the family report." in text


def test_a_rate_over_an_old_population_warns(shown: Any) -> None:
    assert "older than the policy" not in shown({})
    text = shown({"population_year": 2014, "is_population_out_of_date": True})
    assert "population of 2014, policy own_year: more than two years older" in text


def test_rates_over_different_populations_say_which(shown: Any) -> None:
    homes = {"indicator_id": "burglary", "indicator_name": "Burglary", "population_year": 2021}
    robbery = {"indicator_id": "robbery", "indicator_name": "Robbery"}
    text = " ".join(shown({}, robbery, homes).split())
    assert "Rate: per 1,000, population of 2017, policy own_year." in text
    assert "Rate of Burglary: per 1,000, households of 2021, policy own_year." in text


def test_a_break_of_several_lines_is_told_once(shown: Any) -> None:
    note = "the codes changed on 1 April 2017"
    broken = {"break_note": note, "in_words": f"not comparable: {note}"}
    nothing_before = {"break_note": "the pandemic", "in_words": "no figure to compare with"}
    text = " ".join(shown(broken, broken, nothing_before).split())
    assert text.count("not comparable, see Break") == 2
    assert text.count(note) == 1
    assert f"Break: {note}" in text
    assert "the pandemic" not in text


def test_a_change_that_rounds_to_nothing_has_no_minus() -> None:
    """A rate that falls by 0.04 percentage points is printed as 0.0, and -0.0 is no number."""
    row = {"unit": "per cent", "change_pp": -0.04, "change": None}
    assert scorecard._change(row) == "+0.0pp"
