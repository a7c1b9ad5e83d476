"""Every query of docs/questions.md runs on the sample, and answers what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.conftest import PROJECT_ROOT

PAGE = (PROJECT_ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^## (\d+)\. .*?```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)

# From the reports that were published, and counted in the supplier's files (4, 7, 8).
ANSWERS = {
    "1": ("10545", "9096", "1449"),
    "2": ("398", "89", "22.36"),
    "3": ("4", "15"),
    "4": ("Leeds", "15.67"),
    "5": ("45.2", "39.2", "6.0"),
    "6": ("493000", "369000", "229000"),
    "7": ("Leeds 111B", "608"),
    "8": ("Violence and sexual offences", "886"),
    "9": ("West Yorkshire police force area",),
    "10": ("police_uk", "west-yorkshire", "22"),
}


def test_there_are_ten_questions() -> None:
    assert [number for number, _ in QUERIES] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("number", "query"), QUERIES)
def test_the_query_answers(published_database: Path, number: str, query: str) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        rows = connection.execute(query).fetchall()
    assert 0 < len(rows) <= 13
    said = " | ".join(str(cell) for row in rows for cell in row)
    for answer in ANSWERS[number]:
        assert answer in said
