"""Every mart with figures goes through the rule of withholding, or says why it need not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
MARTS = sorted((PROJECT / "dbt_project" / "models" / "marts").glob("*.sql"))

# Columns that tell something of a count.
FIGURE = re.compile(
    r"\bas (value|rate|count|counted|records|mean|change|rank|share|forecast|rate_rank)\b"
    r"|^\s+(\w+\.)?(value|rate|counted|records|change|change_pct|rank|rate_rank|mean|share|spend)\b"
    # in a list of columns to withhold
    r"|'(value|rate|counted|records|change|change_pct|rank|rate_rank|mean|share|spend)'",
    re.MULTILINE,
)
# A mart asks by a macro (of rows, or of whole series), or by a model that asks in its turn.
MACROS = ("join_withheld(", "join_series_labels(")
REFERENCE = re.compile(r"ref\(\s*'(\w+)'\s*\)")
RULE = "int_withheld_cells"
MODELS = {path.stem: path for path in (PROJECT / "dbt_project" / "models").rglob("*.sql")}
EXEMPT = {
    "fct_grant_lines": "money of budget lines, no counts of people or offences",
    "fct_marac_breakdowns": "a rule of its own: small parts and the smallest of the others",
    "fct_programme_values": "every programme of a sensitive indicator is withheld",
    "fct_repeat_locations": "has a rule of its own: small rows and the smallest of the others",
    "fct_neighbourhoods": "public sources only, which a dbt test holds it to",
}


def asks_the_rule(sql: str) -> bool:
    """Whether the model joins the withheld rows, itself or in what it is made from."""
    if any(macro in sql for macro in MACROS):
        return True
    return any(
        name == RULE or (name in MODELS and asks_the_rule(MODELS[name].read_text("utf-8")))
        for name in set(REFERENCE.findall(sql))
    )


def test_there_are_marts_to_look_at() -> None:
    assert len(MARTS) > 15
    assert set(EXEMPT) <= {mart.stem for mart in MARTS}


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.stem)
def test_a_mart_with_figures_withholds(mart: Path) -> None:
    sql = mart.read_text(encoding="utf-8")
    if mart.stem in EXEMPT or not FIGURE.search(sql):
        return
    assert asks_the_rule(sql), (
        f"{mart.name} publishes figures and does not ask what is withheld. Add "
        "`{{ join_withheld('<relation>') }}` after its from and show figures by "
        "`{{ unless_withheld(['<column>'], of='<relation>') }}`; docs/privacy.md says which flags."
    )


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.stem)
def test_a_mart_that_withholds_says_where(mart: Path) -> None:
    if "unless_withheld" in mart.read_text(encoding="utf-8"):
        contract = mart.with_suffix(".yml").read_text(encoding="utf-8")
        assert "- name: is_suppressed" in contract


def test_figures_are_recognised() -> None:
    """The net itself: without the rule the fullest mart would be caught."""
    sql = (MARTS[0].parent / "fct_indicator_values.sql").read_text(encoding="utf-8")
    bare = re.sub(r"\{\{ unless_withheld\(\[\s*'([^']+)'[^}]*\}\}", r"    \1", sql)
    bare = bare.replace("{{ join_withheld('indicator_values') }}", "")
    assert FIGURE.search(bare)
    assert not asks_the_rule("select * from {{ ref('int_period_comparisons') }}")
