"""What a paper says of months that were not supplied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import duckdb
import pytest

from flows.papers.document import Bullets, Document
from flows.papers.published import Area, Published, Row
from flows.papers.sections.missing import missing
from flows.site.pages import notes_on

AREA = Area("E22000337", "Dudley", "csp", "E08000027")
INDICATORS = {"robbery": "Robbery", "shoplifting": "Shoplifting", "knife_crime": "Knife crime"}


def points(
    gaps: dict[str, list[str]],
    supplied: str = "2025-06",
    *,
    source: str = "force_counts",
    scopes: tuple[str, ...] = ("Dudley",),
    area: Area = AREA,
    figures: Sequence[Row] = (),
) -> list[str]:
    """Give the points for months (`2025-06`) that each indicator of each scope lacks."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "create table dim_indicators (indicator_id varchar, indicator_name text, "
            "parent_indicator_id varchar, theme varchar, is_headline boolean, "
            "headline_order integer)"
        )
        connection.executemany(
            "insert into dim_indicators values (?, ?, null, 'crime', false, null)",
            [*INDICATORS.items()],
        )
        connection.execute(
            "create table rpt_coverage (source varchar, scope varchar, indicator_id varchar, "
            "period_start date, period_end date, is_supplied boolean)"
        )
        for indicator, scope in product([*INDICATORS, "unknown_to_us"], scopes):
            for month in (*gaps.get(indicator, ()), supplied):
                connection.execute(
                    "insert into rpt_coverage values (?, ?, ?, ?::date, last_day(?::date), ?)",
                    [source, scope, indicator, f"{month}-01", f"{month}-01", month == supplied],
                )
        document = Document("t", "s", "Dudley", "p", "000001", "e")
        missing(document, Published(connection, {}), area, figures)
    return [
        str(one) for block in document.blocks if isinstance(block, Bullets) for one in block.items
    ]


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        # two months, which every indicator lacks: not eight
        (
            {one: ["2025-07", "2025-08"] for one in (*INDICATORS, "unknown_to_us")},
            ["force_counts, Dudley: 2 months are not supplied between 1 July 2025 and "
             "31 August 2025."],
        ),
        # one month of one indicator, and two of others
        (
            {"robbery": ["2025-08"], "shoplifting": ["2025-07", "2025-09"],
             "unknown_to_us": ["2025-07", "2025-09"]},
            ["force_counts, Dudley, Shoplifting, unknown_to_us: 2 months are not supplied between "
             "1 July 2025 and 30 September 2025.",
             "force_counts, Dudley, Robbery: August 2025 is not supplied."],
        ),
    ],
)  # fmt: skip
def test_a_month_is_missing_once_and_of_the_indicators_that_lack_it(
    gaps: dict[str, list[str]], said: list[str]
) -> None:
    assert points(gaps) == said


DUDLEY_SANDWELL_AND_CAMDEN = ("Dudley", "Sandwell", "Camden", "not an area (1)")
FORCES = ("west-midlands", "kent", "cumbria")


@pytest.mark.parametrize(
    ("area", "source", "scopes", "named"),
    [
        (AREA, "marac", DUDLEY_SANDWELL_AND_CAMDEN, ["Dudley"]),
        # a paper of a force is of its partnerships
        (Area("E23000014", "West Midlands", "force", None), "marac", DUDLEY_SANDWELL_AND_CAMDEN,
         ["Dudley", "Sandwell"]),
        (Area("E92000001", "England", "country", None), "marac", DUDLEY_SANDWELL_AND_CAMDEN,
         ["Camden", "Dudley", "Sandwell"]),
        # what its force does not supply, a partnership lacks
        (AREA, "police_uk", FORCES, ["west-midlands"]),
        # a force's extract of one partnership
        (AREA, "force_extract", ("Dudley", "Sandwell", "kent"), ["Dudley"]),
        (AREA, "recorded_crime_open_data", ("West Midlands (force)", "Kent (force)"),
         ["West Midlands (force)"]),
    ],
)  # fmt: skip
def test_a_paper_names_the_gaps_of_its_own_area(
    area: Area, source: str, scopes: tuple[str, ...], named: list[str]
) -> None:
    lacking = {one: ["2025-07"] for one in (*INDICATORS, "unknown_to_us")}
    said = points(lacking, source=source, scopes=scopes, area=area)
    assert said == [f"{source}, {scope}: July 2025 is not supplied." for scope in named]


def _figure(**values: object) -> Row:
    return {
        "indicator_id": "residential_burglary", "indicator_name": "Residential burglary",
        "is_provisional": False, "is_suppressed": False,
        "rate_missing_because": None, "break_note": "Burglary was reclassified in April 2023",
    } | values  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("not comparable",
         ["Not comparable with the year before: Burglary was reclassified in April 2023"]),
        # the year before was not supplied: there is nothing that could not be compared
        ("no comparison", []),
        ("no comparison: the figure of the year before is withheld", []),
        ("withheld", []),
    ],
)  # fmt: skip
def test_a_break_is_named_where_two_figures_are_not_compared(verdict: str, said: list[str]) -> None:
    figure = _figure(verdict=verdict)
    assert points({}, figures=[figure]) == said
    notes = notes_on([_site_figure(figure)])
    assert [note for note in notes if note.startswith("Not comparable")] == said


def _site_figure(figure: Row) -> Row:
    return {
        **figure,
        "source": "force_counts",
        "source_title": None,
        "extract_date": date(2025, 11, 3),
        "family_is_illustrative": False,
    }


HEADLINES = (
    ("total_recorded_crime", "Total recorded crime", None, "crime"),
    ("violence_with_injury", "Violence with injury", "violence_and_sexual_offences", "violence"),
    ("robbery", "Robbery", "total_recorded_crime", "violence"),
    ("sexual_offences", "Sexual offences", "violence_and_sexual_offences", "violence"),
    ("asb_incidents", "Anti-social behaviour incidents", None, "anti-social behaviour"),
    ("violence_and_sexual_offences", "Violence and sexual offences", "total_recorded_crime",
     "violence"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "theme", "said"),
    [
        (["robbery"], None,
         "Total recorded crime; Violence with injury; Sexual offences; Anti-social behaviour "
         "incidents; Violence and sexual offences."),
        # violence of street files stands for its parts, and a part for them; all crime for nothing
        (["total_recorded_crime", "violence_and_sexual_offences"], None,
         "Robbery; Anti-social behaviour incidents."),
        (["total_recorded_crime", "sexual_offences", "robbery", "asb_incidents"], None,
         "Violence with injury."),
        ([row[0] for row in HEADLINES], None, ""),
        ([], "anti-social behaviour", "Anti-social behaviour incidents."),
    ],
)  # fmt: skip
def test_headline_figures_that_nobody_supplied_are_named(
    shown: list[str], theme: str | None, said: str
) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            "create table dim_indicators (indicator_id varchar, indicator_name text, "
            "parent_indicator_id varchar, theme varchar, is_headline boolean, "
            "headline_order integer)"
        )
        for order, row in enumerate(HEADLINES):
            connection.execute(
                "insert into dim_indicators values (?, ?, ?, ?, true, ?)", [*row, order]
            )
        connection.execute(
            "create table rpt_coverage (source varchar, scope varchar, indicator_id varchar, "
            "period_start date, period_end date, is_supplied boolean)"
        )
        document = Document("t", "s", "Dudley", "p", "000001", "e")
        figures = [_figure(indicator_id=name, verdict="higher") for name in shown]
        missing(document, Published(connection, {}), AREA, figures, theme)
    told = [
        str(item).partition("of: ")[2]
        for block in document.blocks
        if isinstance(block, Bullets)
        for item in block.items
        if str(item).startswith("There is no figure for this period of: ")
    ]
    assert told == ([said] if said else [])
