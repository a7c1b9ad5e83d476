"""How the name of a measured indicator begins a sentence: "The" only where its name takes one."""

from __future__ import annotations

import duckdb
import pytest

from tests.dbt_project.model_sql import macro_sql


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("MARAC repeat rate", "The MARAC repeat rate"),
        ("Repeat rate", "The repeat rate"),
        ("Share of victims who withdraw", "The share of victims who withdraw"),
        ("Youth reoffending", "Youth reoffending"),
        ("Opiate treatment completions", "Opiate treatment completions"),
        ("Public confidence", "Public confidence"),
        ("MARAC cases per 10,000 adult females", "MARAC cases per 10,000 adult females"),
        ("The proportion who feel safe", "The proportion who feel safe"),
        ("youth reoffending", "Youth reoffending"),
        # words that only hold one of a rate
        ("Corporate confidence", "Corporate confidence"),
    ],
)
def test_the_subject_of_a_sentence(name: str, subject: str) -> None:
    sql = macro_sql("{{ indicator_as_subject('name') }}")
    found = duckdb.sql(f"select {sql} from (select ? as name)", params=[name]).fetchone()
    assert found == (subject,)


def test_the_sentence_begins_with_it() -> None:
    """Youth reoffending in Dudley, 38.1%: it once began "The youth reoffending"."""
    sql = macro_sql(
        "{{ indicator_as_subject('name') }} || ' in ' || {{ area_inside_sentence('area') }} "
        "|| ' stood at ' || {{ one_decimal('value') }} || '%'"
    )
    found = duckdb.sql(
        f"select {sql} from (select 'Youth reoffending' as name, 'Dudley' as area, 38.1 as value)"
    ).fetchone()
    assert found == ("Youth reoffending in Dudley stood at 38.1%",)
