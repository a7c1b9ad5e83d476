"""`csp audit` finds the mistakes of published reports, and confirms what is right."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import pytest

from flows.audit.annotated import as_html, comment_docx
from flows.audit.audit import audit_draft
from flows.audit.draft import DraftError, _laid_out, read_draft, split_sentences
from flows.audit.findings import Finding
from flows.audit.vocabulary import VocabularyError, load_vocabulary
from flows.papers.papers import Asked, lay_out
from flows.papers.published import Published, period_end_of
from flows.papers.writers.html import as_html as paper_as_html
from tests.audit.conftest import Check
from tests.conftest import run_csp

SENTENCES = Path(__file__).with_name("labelled_sentences.csv")


def only(found: list[Finding], kind: str) -> Finding:
    [one] = [finding for finding in found if finding.kind == kind]
    return one


def labelled() -> list[dict[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_as_many_false_as_true_sentences() -> None:
    labels = [row["label"] for row in labelled()]
    assert len(labels) >= 150
    assert labels.count("true") == labels.count("false")


def test_no_true_sentence_is_contradicted_and_false_ones_are(check: Check) -> None:
    mistaken, missed = [], []
    rows = labelled()
    for row in rows:
        is_contradicted = bool(check(row["sentence"]).contradicted)
        if row["label"] == "true" and is_contradicted:
            mistaken.append(row["sentence"])
        if row["label"] == "false" and not is_contradicted:
            missed.append(row["sentence"])
    assert mistaken == []
    assert len(missed) <= 0.2 * len(rows) / 2, missed


def test_a_share_that_a_report_printed_wrongly(check: Check) -> None:
    """A12: 80 of 329 is called 20%, and a rate that fell is called slightly higher."""
    audit = check(
        "In the 12 months to September 2017 Dudley had 398 MARAC cases with 89 (22%) repeats, "
        "slightly higher than 80 (20%) in the year before."
    )
    assert {finding.kind for finding in audit.contradicted} == {"share", "direction"}
    share = only(audit.contradicted, "share")
    assert "24.3" in share.reason
    assert only(audit.contradicted, "direction").reason == "the rate fell"
    assert check("80 of the 329 cases (20%) were repeats.").contradicted[0].right == (
        "80 of 329 is 24.3%."
    )


def test_lines_of_a_grant_that_do_not_sum_to_their_total(check: Check) -> None:
    """C1: seven lines under a stated £493,000 sum to £492,500."""
    audit = check(
        "The grant paid for £214,000, £44,000, £66,000, £35,000, £27,000, £7,500 and £99,000, "
        "a total of £493,000."
    )
    assert only(audit.contradicted, "total").right == "The parts sum to £492,500."


def test_a_third_year_running_that_is_the_first(check: Check) -> None:
    """C4: £369,000 in both 2016/17 and 2017/18."""
    audit = check("In 2018/19 the Wolverhampton grant was cut to £229,000, the third year running.")
    assert "1 year in a row" in only(audit.contradicted, "years in a row").reason


def test_a_near_miss_is_explained(check: Check) -> None:
    audit = check("In quarter 2 of 2017/18 Dudley recorded 10,545 offences.")
    [finding] = audit.contradicted
    assert finding.reason == "10,545 is 2017/18 YTD to Sep; the text says 2017/18 Q2"
    assert finding.right.startswith("Dudley recorded 5,231 offences")
    assert "period_label = '2017/18 Q2'" in finding.query


def test_headings_say_what_a_sentence_is_about(check: Check) -> None:
    audit = check(
        "# Domestic abuse in Dudley, April to September 2017\n\nIt rose by 157 to 1,236.\n"
    )
    assert [finding.claim for finding in audit.contradicted] == ["157"]


def test_what_cannot_be_checked_is_called_so(check: Check) -> None:
    audit = check("The helpline took 4,321 calls from residents of Atlantis in 2020/21.")
    assert {finding.verdict for finding in audit.findings} == {"not checkable"}


@pytest.mark.parametrize(
    ("paper", "area", "period"),
    [
        ("assessment", "Dudley", "2017-09"),
        ("assessment", "Leeds", "2018-07"),
        ("annual", "Wolverhampton", "2018-03"),
    ],
)
def test_our_own_papers_are_never_contradicted(
    published: Published, tmp_path: Path, paper: str, area: str, period: str
) -> None:
    asked = Asked(published.area(area), period_end_of(period), tmp_path / "boundaries")
    draft = tmp_path / "paper.html"
    draft.write_text(paper_as_html(lay_out(paper, published, asked)), encoding="utf-8")
    audit = audit_draft(draft, load_vocabulary(), published)
    assert audit.counts["confirmed"] > 10
    assert [(one.claim, one.reason, one.sentence.text) for one in audit.contradicted] == []


def test_a_data_folder_adds_words(published: Published, tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text('[indicators]\ntotal_recorded_crime = ["notifiables"]\n')
    draft = tmp_path / "draft.txt"
    draft.write_text("In Q2 2017/18 notifiables in Dudley stood at 6,231.\n")
    assert audit_draft(draft, load_vocabulary(), published).contradicted == []
    assert audit_draft(draft, load_vocabulary(tmp_path), published).contradicted != []
    (tmp_path / "audit.toml").write_text("[indicators\n")
    with pytest.raises(VocabularyError, match=r"audit\.toml"):
        load_vocabulary(tmp_path)


DRAFT = "Dudley recorded 10,545 offences in Q2 2017/18."


def _docx(file: Path) -> None:
    document = docx.Document()
    document.add_heading("A report", 1)
    document.add_paragraph(DRAFT)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Area", "Offences", "Dudley", "10,545"],
        strict=True,
    ):  # fmt: skip
        cell.text = text
    document.save(str(file))


def test_every_format_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"# A report\n\n**{DRAFT}**\n\n| Area | n |\n|---|---|\n| x | 1 |\n"
    )
    (tmp_path / "a.txt").write_text(f"A report\n\n{DRAFT}\n")
    (tmp_path / "a.html").write_text(f"<h1>A report</h1><p>{DRAFT}</p><script>x</script>")
    _docx(tmp_path / "a.docx")
    for name in ("a.md", "a.txt", "a.html", "a.docx"):
        passages = read_draft(tmp_path / name)
        assert (passages[0].kind, passages[0].text) == ("heading", "A report"), name
        assert passages[1].text == DRAFT
        assert passages[1].heading == "A report"


def test_a_draft_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"no zip")
    with pytest.raises(DraftError, match=r"a\.docx: the file cannot be read as DOCX"):
        read_draft(tmp_path / "a.docx")
    with pytest.raises(DraftError, match="Expected: one of"):
        read_draft(tmp_path / "a.odt")
    with pytest.raises(DraftError, match="there is no such file"):
        read_draft(tmp_path / "b.md")


def test_numbers_and_abbreviations_do_not_end_a_sentence() -> None:
    assert split_sentences("It rose by 15.9% (approx. 1,449). It fell e.g. in May.") == [
        "It rose by 15.9% (approx. 1,449).",
        "It fell e.g. in May.",
    ]


def test_the_annotated_copies_carry_the_remark(published: Published, tmp_path: Path) -> None:
    _docx(tmp_path / "draft.docx")
    audit = audit_draft(tmp_path / "draft.docx", load_vocabulary(), published)
    comment_docx(audit, tmp_path / "copy.docx")
    [comment] = docx.Document(str(tmp_path / "copy.docx")).comments
    assert "the text says 2017/18 Q2" in comment.text
    html = as_html(audit)
    assert '<mark class="contradicted">' in html
    assert "<script" not in html


def test_a_cell_of_a_word_table_carries_its_comment(published: Published, tmp_path: Path) -> None:
    """Areas in the first column, periods in the headings, the indicator in the line above."""
    word = docx.Document()
    word.add_heading("West Yorkshire", 1)
    word.add_paragraph("Burglary by district")
    table = word.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows,
        (
            ("", "July 2017", "July 2018"),
            ("Leeds", "830", "756"),
            ("Bradford", "615", "553"),  # 533 were recorded
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    word.save(str(tmp_path / "draft.docx"))
    audit = audit_draft(tmp_path / "draft.docx", load_vocabulary(), published)
    [wrong] = audit.contradicted
    assert (wrong.claim, "533" in wrong.reason) == ("553", True)
    assert audit.counts["confirmed"] == 3
    comment_docx(audit, tmp_path / "copy.docx")
    copy = docx.Document(str(tmp_path / "copy.docx"))
    [comment] = copy.comments
    assert "533" in comment.text
    commented = [
        cell.text
        for row in copy.tables[0].rows
        for cell in row.cells
        if "commentRangeStart" in cell._tc.xml
    ]
    assert commented == ["553"]


def test_a_table_of_a_pdf_page_is_read_by_its_columns() -> None:
    """Lines as pypdf lays a page out; rows whose headings do not fit are no claims at all."""
    lines = [
        "Burglary by district",
        "",
        "  District       July 2017     July 2018    Change",
        "  Leeds               830           756       -74",
        "  Bradford            615           553       -82",
        "",
        "Members noted the fall in Leeds, which is",
        "within normal variation.",
    ]
    found = list(_laid_out(lines))
    assert [kind for kind, *_ in found] == ["paragraph", "row", "row", "paragraph"]
    assert found[2][2:] == (
        ("District", "July 2017", "July 2018", "Change"),
        ("Bradford", "615", "553", "-82"),
    )
    assert found[3][1] == "Members noted the fall in Leeds, which is within normal variation."
    unfit = ["Leeds   830   756", "Bradford   615   553"]
    assert [kind for kind, *_ in _laid_out(["One line.", *unfit])] == ["paragraph"]


def test_the_command_ends_with_4_where_something_is_contradicted(
    sample_night: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT)
    done = run_csp("audit", str(draft), "--data", str(sample_night), "--json")
    assert done.returncode == 4, done.stderr
    found = json.loads(done.stdout)
    assert found["counts"]["contradicted"] == 1
    draft.write_text("Dudley recorded 5,231 offences in Q2 2017/18.")
    right = run_csp("audit", str(draft), "--data", str(sample_night))
    assert right.returncode == 0, right.stdout
    assert "confirmed" in right.stdout


def test_the_same_months_of_another_year_are_not_those_of_the_year_before(check: Check) -> None:
    wrong = check(
        "Total recorded crime in Dudley was 10,545 between April and September 2017, compared with "
        "9,096 in the same six months of 2015."
    )
    [finding] = wrong.contradicted
    assert "April 2016 to September 2016" in finding.reason
    right = check(
        "Total recorded crime in Dudley was 10,545 between April and September 2017, compared with "
        "9,096 in the same six months of 2016."
    )
    assert right.contradicted == []


def test_grants_of_two_areas_are_compared_without_a_rate(check: Check) -> None:
    found = check(
        "In 2017/18 the grant to Dudley (£267,857) was £101,143 smaller than the one to "
        "Wolverhampton (£369,000), leaving carry-forward out of account."
    )
    assert found.contradicted == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Kirklees recorded 285 burglaries in July 2018.", "258"),
        ("Burglary in Leeds stood at 0.59 per 1,000 residents in July 2018.", ""),
    ],
)
def test_swapped_digits_of_a_published_figure_are_named(
    check: Check, text: str, right: str
) -> None:
    [finding] = check(text).contradicted
    assert "two digits are swapped" in finding.reason or not right
    assert right in finding.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("City ward in Bradford had 26 robberies in July 2018.", ""),
        ("Little London & Woodhouse in Leeds had 152 shoplifting offences in July 2018.", ""),
        (
            "Shoplifting in Leeds is concentrated, with 152 of the 544 offences of July 2018 in "
            "Hunslet & Riverside ward alone.",
            "152 is Little London & Woodhouse's",
        ),
        (
            "Of the wards in Leeds, Hunslet & Riverside had the fewest burglaries (59) in July "
            "2018.",
            "is number 1 of",
        ),
    ],
)
def test_a_ward_is_held_against_its_own_figure(check: Check, text: str, reason: str) -> None:
    contradicted = check(text).contradicted
    assert len(contradicted) == (1 if reason else 0), contradicted
    assert all(reason in one.reason for one in contradicted)


def test_the_rate_before_is_that_of_some_period(check: Check) -> None:
    text = (
        "Wakefield's rate of anti-social behaviour fell from {} to 2.2 per 1,000 residents in "
        "July 2018."
    )
    [finding] = check(text.format("4.3")).contradicted
    assert finding.kind == "rate before"
    assert check(text.format("2.5")).contradicted == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        # data.police.uk, July 2018: robberies in Leeds 131, in Bradford 77
        (
            "Across the two districts (Leeds and Bradford) there were 208 robberies in July 2018.",
            "Across the two districts (Leeds and Bradford) there were 228 robberies in July 2018.",
        ),
        # the Dudley report: 9,259 calls in the first quarter, 9,344 in the second
        (
            "In Dudley the second quarter of 2017/18 brought more calls for service about ASB than "
            "the first.",
            "In Dudley the second quarter of 2017/18 brought fewer calls for service about ASB "
            "than the first.",
        ),
        # the same: 155 hate crimes from April to September 2017, 133 a year before
        (
            "Dudley recorded 155 hate crimes in the first half of 2017/18.",
            "Dudley recorded 155 hate crimes in the first half of 2016/17.",
        ),
        # the same: 5,314 offences in 91 days
        (
            "In April to June 2017 Dudley recorded an average of 58 crimes a day, compared with 47 "
            "a day in the same quarter of 2016.",
            "In April to June 2017 Dudley recorded an average of 68 crimes a day, compared with 47 "
            "a day in the same quarter of 2016.",
        ),
        # data.police.uk, July 2018: 6,839 crimes in Bradford, 2,162 in Calderdale
        (
            "Bradford recorded more than three times as many crimes as Calderdale in July 2018.",
            "Bradford recorded more than four times as many crimes as Calderdale in July 2018.",
        ),
        # of the five Kirklees alone had more anti-social behaviour than in July 2017
        (
            "Of the five West Yorkshire districts, Kirklees alone saw anti-social behaviour "
            "incidents edge upwards between July 2017 and July 2018.",
            "Of the five West Yorkshire districts, Wakefield alone saw anti-social behaviour "
            "incidents edge upwards between July 2017 and July 2018.",
        ),
        # burglary fell in all of them but Wakefield
        (
            "Burglary came down in four of the five West Yorkshire districts between July 2017 and "
            "July 2018 and went up in Wakefield alone.",
            "Burglary came down in three of the five West Yorkshire districts between July 2017 "
            "and July 2018 and went up in Wakefield alone.",
        ),
        # the Dudley report: 89 of 398 cases were repeats
        (
            "Repeat cases made up 22.4% of Dudley's MARAC caseload in the 12 months to September "
            "2017.",
            "Repeat cases made up 24.2% of Dudley's MARAC caseload in the 12 months to September "
            "2017.",
        ),
        (
            "Shoplifting in Wakefield dipped to 183 offences in July 2017 and stood at 257 in July "
            "2018.",
            "Shoplifting in Wakefield dipped between July 2017 and July 2018, from 183 to 257.",
        ),
        # two readings of what is alike: recording of harassment changed in April 2018
        (
            "Leeds recorded 3,319 violence and sexual offences in July 2018. The two figures are "
            "not like for like, harassment being recorded otherwise.",
            "Leeds recorded 3,319 violence and sexual offences in July 2018. The two figures are "
            "like for like, harassment being recorded otherwise.",
        ),
    ],
)
def test_what_is_said_of_two_published_figures(check: Check, right: str, wrong: str) -> None:
    assert check(right).contradicted == []
    assert check(wrong).contradicted
