"""Writes the data dictionary from the contracts of the published tables, before a build."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from flows.publishing.keys import in_words, stated_keys

DOCS = Path(__file__).resolve().parents[1]
MODELS = DOCS.parent / "dbt_project" / "models"

_BLOCK = re.compile(r"{%-?\s*docs (\w+)\s*-?%}(.*?){%-?\s*enddocs\s*-?%}", re.DOTALL)
_REFERENCE = re.compile(r"""{{\s*doc\(\s*['"](\w+)['"]\s*\)\s*}}""")


def shared_descriptions() -> dict[str, str]:
    """Return the descriptions that several tables share, by name."""
    text = "\n".join(file.read_text("utf-8") for file in sorted(MODELS.rglob("*.md")))
    return {name: _one_line(words) for name, words in _BLOCK.findall(text)}


def published_tables() -> list[dict[str, Any]]:
    """Return the contracts of the published tables, ordered by name."""
    files = sorted((MODELS / "marts").rglob("*.yml"))
    tables = [
        model
        for file in files
        for model in yaml.safe_load(file.read_text("utf-8")).get("models", [])
    ]
    return sorted(tables, key=lambda table: str(table["name"]))


def data_dictionary() -> str:
    """Write the page: a section per published table and a row per column."""
    shared = shared_descriptions()
    lines = [
        "# Data dictionary",
        "",
        "Every table of `published/community_safety.duckdb`, with the type and meaning of each "
        "column. This page is written from the contracts that every publication is held to.",
        "",
    ]
    for table in published_tables():
        key = in_words(stated_keys().get(table["name"], ()))
        lines += [f"## {table['name']}", "", f"{_meaning(table, shared)}{key}", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| `{column['name']}` | {str(column.get('data_type', '')).upper()} "
            f"| {_meaning(column, shared).replace('|', chr(92) + '|')} |"
            for column in table["columns"]
        ]
        lines.append("")
    return "\n".join(lines)


def _meaning(described: dict[str, Any], shared: dict[str, str]) -> str:
    words = str(described.get("description", ""))
    return _one_line(_REFERENCE.sub(lambda found: shared[found[1]], words))


def _one_line(words: str) -> str:
    return " ".join(words.split()).replace("<", "&lt;")


def setup(app: Any) -> dict[str, bool]:
    """Connect the page to Sphinx."""
    app.connect(
        "builder-inited",
        lambda _: (DOCS / "data-dictionary.md").write_text(data_dictionary(), "utf-8"),
    )
    return {"parallel_read_safe": True}
