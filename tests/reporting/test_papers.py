"""`csp report`: papers hold what is published, and nothing that leaves the file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.papers.document import Chart, Document, Heading, Paragraph
from flows.papers.papers import INTERNAL_ONLY, PAPERS, Asked, lay_out
from flows.papers.published import Area, PaperError, Published, opened, period_end_of
from flows.papers.sections.activity import activity
from flows.papers.sections.parts_of_a_change import what_the_change_is_made_of
from flows.papers.writers.html import as_html
from tests.conftest import run_csp


def _paper(data: Path, name: str, area: str, period: str) -> str:
    database = data / "published" / "community_safety.duckdb"
    manifest = database.with_name("manifest.json")
    with opened(database, manifest, is_internal=name in INTERNAL_ONLY) as published:
        asked = Asked(published.area(area), period_end_of(period), data / "raw" / "boundaries")
        return as_html(lay_out(name, published, asked))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_one_file_that_fetches_nothing(sample_night: Path, name: str) -> None:
    html = _paper(sample_night, name, "Leeds", "2018-07")
    assert "<script" not in html
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', html) == []
    assert "Open Government Licence v3.0" in html
    assert "000001-" in html  # the publication's number


def test_a_paper_carries_the_shared_style(sample_night: Path) -> None:
    html = _paper(sample_night, "board", "Leeds", "2018-07")
    assert "--accent: #12436d" in html
    assert "@page { size: A4" in html


def test_the_assessment_says_the_published_sentence(sample_night: Path) -> None:
    html = _paper(sample_night, "assessment", "Dudley", "2017-09")
    assert "Dudley recorded 10,545 offences between April and September 2017" in html
    assert "1,449 more (15.9%)" in html
    assert "22.4%" in html
    assert "There are no figures for neighbourhoods of Dudley" in html


def test_every_number_of_the_headline_table_is_published(sample_night: Path) -> None:
    html = _paper(sample_night, "board", "Leeds", "2018-07")
    table = re.search(r"<table>.*?</table>", html, re.DOTALL)
    assert table is not None
    numbers = {
        float(cell.replace(",", "").replace("\N{MINUS SIGN}", "-"))
        for cell in re.findall(r'<td class="number">([+\N{MINUS SIGN}\d.,]+)</td>', table[0])
    }
    database = sample_night / "published" / "community_safety.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select value, previous_value, change, round(change_pct, 1) from rpt_figures "
            "where area_name = 'Leeds' and period_label = 'Jul 2018'"
        ).fetchall()
    assert len(numbers) > 20
    assert numbers <= {cell for row in rows for cell in row}


def test_without_commentary_the_paper_shows_a_gap(sample_night: Path) -> None:
    html = _paper(sample_night, "annual", "Leeds", "2018-07")
    assert "no text about the work in Leeds up to 31 July 2018 was supplied" in html


def test_commentary_stands_under_its_priority() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table rpt_commentary as select 'E1' as area_code, "
            "date '2017-09-30' as period_end, 'Tackling violence' as priority, "
            "'Outreach' as heading, 'Two went out.\nThey met <many>.' as commentary_text, "
            "'Manager' as author_role"
        )
        document = Document("t", "s", "Dudley", "2017-09", "x", "")
        area = Area("E1", "Dudley", "csp", None)
        activity(document, Published(connection, {}), area, date(2017, 9, 30))
        other = Document("t", "s", "Dudley", "2017-12", "x", "")
        activity(other, Published(connection, {}), area, date(2017, 12, 31))
    assert document.blocks == [
        Heading("What the partnership did"),
        Heading("Tackling violence", 2),
        Paragraph("Outreach", "lead"),
        Paragraph("Two went out."),
        Paragraph("They met <many>."),
        Paragraph("Written by: Manager.", "note"),
    ]
    assert [getattr(block, "kind", "") for block in other.blocks] == ["", "gap"]


def test_parts_of_two_breakdowns_never_stand_in_one_chart() -> None:
    """Violence with injury is part of violence and sexual offences: it would count twice."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table fct_contributions as select 's' as source, 'total' as indicator_id, "
            "'A' as area_code, 'ytd' as period_type, date '2017-09-30' as period_end, "
            "'2017/18 YTD to Sep' as period_label, 'Area' as area_name, 'Total' as indicator_name, "
            "breakdown, part as part_indicator_name, change, 100.0 as share_of_change_pct, "
            "change as value, 0 as previous_value, place as contribution_rank, "
            "true as parts_are_the_whole from (values "
            "('groups', 'Violence', 30, 1), "
            "('subgroups', 'Violence with injury', 20, 1), ('subgroups', 'Robbery', 10, 2), "
            "('data.police.uk categories', 'Violence and sexual offences', 30, 1)) "
            "as parts (breakdown, part, change, place)"
        )
        document = Document("", "", "", "", "", "")
        figure = {
            **{"source": "s", "indicator_id": "total", "area_code": "A", "period_type": "ytd"},
            **{"period_end": date(2017, 9, 30), "change": 30, "source_title": "S"},
        }
        what_the_change_is_made_of(document, Published(connection, {}), figure)
    [chart] = document.blocks
    assert isinstance(chart, Chart) and chart.table is not None
    assert [row[0] for row in chart.table.rows] == ["Violence with injury", "Robbery"]


def test_a_period_without_figures_names_those_there_are(sample_night: Path) -> None:
    with pytest.raises(PaperError, match="There are figures up to 2018-07, 2017-07"):
        _paper(sample_night, "board", "Leeds", "2018-08")


def test_a_misspelt_area_is_answered_with_the_near_one(sample_night: Path) -> None:
    with pytest.raises(PaperError, match="Did you mean Dudley"):
        _paper(sample_night, "board", "Dudely", "2017-09")


@pytest.mark.parametrize("period", ["2017", "2017-13", "September 2017"])
def test_a_period_that_is_no_month_is_refused(period: str) -> None:
    with pytest.raises(PaperError, match="Expected: a month such as 2017-09"):
        period_end_of(period)


def test_the_command_writes_the_paper(sample_night: Path, tmp_path: Path) -> None:
    asked = ("report", "board", "--area", "Leeds", "--period", "2018-07")
    done = run_csp(*asked, "--output", str(tmp_path), "--data", str(sample_night))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "board-leeds-2018-07.html").exists()
    wrong = run_csp("report", "essay", "--area", "Leeds", "--period", "2018-07")
    assert wrong.returncode == 2
    assert "assessment, scrutiny, board, annual" in wrong.stderr


def test_synthetic_figures_are_called_so() -> None:
    with duckdb.connect() as connection:
        published = Published(connection, {"publication_id": "x", "synthetic": True})
    assert published.is_synthetic


def test_a_publication_of_an_older_version_is_named() -> None:
    with duckdb.connect() as connection:
        published = Published(connection, {"publication_id": "000001-20200101T000000Z"})
        with pytest.raises(PaperError, match="000001-20200101T000000Z was made by an older"):
            published.period_ends(Area("E22000001", "Somewhere", "csp", None))
