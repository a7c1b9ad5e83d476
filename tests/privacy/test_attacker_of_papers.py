"""What public papers print gives back nothing that the database withholds."""

from __future__ import annotations

import pytest

from flows.papers.document import Column, Document, Table

from .attacker import Attacker
from .made_up_returns import FORCE, PARTNERSHIPS
from .nights import Nights
from .papers_read import public_papers, tell_papers
from .test_attacker import GROUPS, reader_of_all, small_cells

pytestmark = pytest.mark.long

SENSITIVE = {"hate_crime", "modern_slavery", "sexual_offences"}


@pytest.fixture(scope="module")
def papers(nights: Nights) -> list[tuple[int, list[Document]]]:
    """Every public paper of the areas and last months with small figures, by publication.

    The newest publication's are of eight months, those of the earlier two of four.
    """
    small = [
        row
        for row in nights.truth
        if row["indicator_id"] in SENSITIVE and row["area_code"] != FORCE
        and 0 < (row["value"] or 0) < 5 and row["area_name"] in PARTNERSHIPS
    ]  # fmt: skip
    areas = sorted({str(row["area_name"]) for row in small})
    ends = sorted({row["period_end"] for row in small})[-8:]
    assert areas and ends
    return [
        (at, public_papers(publication, areas, ends if publication is nights.last else ends[-4:]))
        for at, publication in enumerate(nights.everything)
    ]


@pytest.mark.parametrize("indicators", GROUPS, ids=lambda group: group[0])
def test_papers_beside_the_database_recover_no_small_count(
    nights: Nights, papers: list[tuple[int, list[Document]]], indicators: tuple[str, ...]
) -> None:
    attacker = reader_of_all(nights, indicators).copy()
    told = 0
    for at, documents in papers:
        told += tell_papers(attacker, nights.everything[at], documents, set(indicators))
    assert told >= 10, "the attacker reads no figures in the papers"
    assert attacker.recovered(small_cells(nights, indicators)) == []


def test_a_paper_that_printed_a_small_count_would_be_caught(
    nights: Nights, papers: list[tuple[int, list[Document]]]
) -> None:
    """Broken rule: one paper prints a month's hate crimes as they are."""
    last = nights.publications[-1]
    row = next(
        row
        for row in nights.truth
        if row["indicator_id"] == "hate_crime" and row["period_type"] == "month"
        and 0 < (row["value"] or 0) < 5 and row["area_name"] in PARTNERSHIPS
    )  # fmt: skip
    leaking = Document("", "", str(row["area_name"]), "", "", "")
    leaking.add(
        Table(
            "Hate crime by month",
            (Column("Month"), Column("Figure", "number")),
            [(row["period_label"], row["value"])],
        )
    )
    attacker = Attacker()
    assert tell_papers(attacker, last, [leaking], {"hate_crime"}) == 1
    cells = small_cells(nights, ("hate_crime",))
    name = f"hate_crime {row['area_name']} {row['period_label']}"
    assert attacker.recovered({name: cells[name]}) != []


def test_every_sentence_of_a_sensitive_indicator_is_a_published_one(
    nights: Nights, papers: list[tuple[int, list[Document]]]
) -> None:
    for at, documents in papers:
        rows = nights.everything[at].rows("rpt_figures")
        published = {str(row["sentence"]) for row in rows}
        names = {"hate crime", "modern slavery", "sexual offence"}
        for document in documents:
            for block in document.blocks:
                for text in getattr(block, "items", ()):
                    if "recorded" in text and any(name in text for name in names):
                        assert text in published
