"""Papers show figures beside their targets, and the quarters of a grant year that is not whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from flows.papers.document import Column, Document, Paragraph, Table, with_period_in_caption
from flows.papers.published import Area, Published
from flows.papers.sections.headline_tables import targets_table
from flows.papers.sections.money import money

AREA = Area("E22000337", "Dudley", "csp", "E08000027")


def _figure(name: str, value: float | None, target: float | None, rag: str) -> dict[str, Any]:
    return {
        "indicator_name": name, "period_label": "2017/18", "value": value,
        "target_value": target, "rag": rag, "unit": "count", "is_suppressed": value is None,
    }  # fmt: skip


def test_figures_with_a_target_say_whether_it_is_met() -> None:
    [table] = targets_table(
        [
            _figure("Total recorded crime", 20843, 19500, "red"),
            _figure("Knife crime", 212, 205, "amber"),
            _figure("Robbery", 90, 100, "green"),
            _figure("Domestic abuse", 2451, 2400, "grey"),
            _figure("Hate crime", None, 10, "grey"),
            _figure("Shoplifting", 500, None, "grey"),
        ]
    )
    assert table.caption == "Figures against their targets, 2017/18"
    assert [[row[0], row[-1]] for row in table.rows] == [
        ["Total recorded crime", "missed by more than 5%"],
        ["Knife crime", "missed by up to 5%"],
        ["Robbery", "met"],
        ["Domestic abuse", "no verdict"],
        ["Hate crime", "no verdict"],
    ]
    assert table.rows[-1][1] == "withheld"
    assert targets_table([_figure("Shoplifting", 500, None, "grey")]) == []


def test_a_period_that_all_rows_share_stands_in_the_caption() -> None:
    columns = (Column("Indicator"), Column("Period"), Column("Figure"))
    shared = Table("Rates", columns, [("Robbery", "2017/18", 1), ("Burglary", "2017/18", 2)])
    told = with_period_in_caption(shared)
    assert (told.caption, [list(row) for row in told.rows]) == (
        "Rates, 2017/18",
        [["Robbery", 1], ["Burglary", 2]],
    )
    several = Table("Rates", columns, [("Robbery", "2017/18", 1), ("Burglary", "2016/17", 2)])
    assert with_period_in_caption(several) is several


_LINES = [
    ("2016/17", "2016-04-01", "2017-03-31", True, 369000, None, 360843),
    ("2016/17 Q4", "2017-01-01", "2017-03-31", False, 369000, 97429, 360843),
    ("2017/18 Q1", "2017-04-01", "2017-06-30", False, 407000, 80767, 80767),
    ("2017/18 Q2", "2017-07-01", "2017-09-30", False, 407000, 87793, 168560),
    ("2017/18 Q3", "2017-10-01", "2017-12-31", False, 407000, 1, 168561),
]


@pytest.fixture
def grant() -> Published:
    connection = duckdb.connect(":memory:")
    connection.execute(
        "create table fct_grant_lines (area_code text, grant_name text, is_total boolean, "
        "period_label text, period_start date, period_end date, is_whole_year boolean, "
        "available double, spend double, spend_to_date double, allocation double, "
        "carry_forward_in double, allocation_change_pct double, underspend double, "
        "forecast double, sum_differs boolean)"
    )
    connection.executemany(
        f"insert into fct_grant_lines select '{AREA.code}', 'Community safety', true, "
        "?, ?, ?, ?, ?, ?, ?, 400000, null, null, 1000, null, false",
        _LINES,
    )
    return Published(connection, {})


def _money(grant: Published, until: date) -> list[Table | str]:
    document = Document("t", "s", "Dudley", "p", "000001", "e")
    money(document, grant, AREA, until)
    blocks = [block for block in document.blocks if isinstance(block, (Table, Paragraph))]
    return [block.text if isinstance(block, Paragraph) else block for block in blocks]


def test_a_year_of_which_quarters_are_in_is_shown_up_to_the_period(grant: Published) -> None:
    years, quarters = _money(grant, date(2017, 9, 30))
    assert isinstance(years, Table)
    assert isinstance(quarters, Table)
    assert [row[0] for row in years.rows] == ["2016/17"]
    headings = [column.heading for column in quarters.columns]
    at = [headings.index(one) for one in ("Quarter", "Spent in the quarter", "Spent to date")]
    # quarters of the whole year stand in it, the third quarter is after the paper's period
    assert [[row[number] for number in at] for row in quarters.rows] == [
        ["2017/18 Q1", 80767, 80767],
        ["2017/18 Q2", 87793, 168560],
    ]


def test_a_year_shows_what_is_left_of_it(grant: Published) -> None:
    years, _ = _money(grant, date(2017, 9, 30))
    assert isinstance(years, Table)
    assert (years.columns[-1].heading, years.rows[0][-1]) == ("Left", 1000)


def test_amounts_with_pence_say_that_they_are_rounded(grant: Published) -> None:
    """36,020.50 and 37,014.78 are 73,035.28: rounded each, 36,021 and 37,015 are 73,036."""
    notes = [found.note for found in _money(grant, date(2017, 9, 30)) if isinstance(found, Table)]
    assert notes == ["", "Only quarters of these years have been supplied."]
    grant.rows("update fct_grant_lines set spend = 80766.5 where period_label = '2017/18 Q1'")
    notes = [found.note for found in _money(grant, date(2017, 9, 30)) if isinstance(found, Table)]
    assert notes[1].endswith(
        "have been supplied. Rounded to whole pounds, so a sum can differ by £1."
    )


def test_quarters_alone_are_no_missing_grant(grant: Published) -> None:
    grant.rows("delete from fct_grant_lines where is_whole_year or period_label = '2016/17 Q4'")
    [quarters] = _money(grant, date(2017, 6, 30))
    assert isinstance(quarters, Table)
    assert len(quarters.rows) == 1
    grant.rows("delete from fct_grant_lines")
    assert _money(grant, date(2017, 6, 30)) == ["No grant lines have been supplied."]
