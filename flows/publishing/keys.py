"""The keys of the published tables, as the rules of the marts state them.

The rule `no_row_repeats_the_key: {key: […]}` in a mart's yml is the one statement of a key: dbt
tests it, and the published file, its Parquet files and the manifest declare it from here. It is
declared in words, not as a constraint: docs/decisions/14-keys-are-declared-in-comments.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import yaml

from flows.data_folder import PROJECT_ROOT

_MARTS = PROJECT_ROOT / "dbt_project" / "models" / "marts"
# The C parser reads them in 0.03 s, Python's own takes ten times as long.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def stated_keys() -> dict[str, tuple[str, ...]]:
    """Return the key columns of every mart that states a key, by the name of the mart."""
    return {
        mart["name"]: tuple(rule["key"])
        for file in sorted(_MARTS.glob("*.yml"))
        for mart in yaml.load(file.read_bytes(), Loader=_LOADER)["models"]  # noqa: S506 - both are safe loaders
        for rule in _rules(mart)
        if "key" in rule
    }


def in_words(key: Sequence[str]) -> str:
    """Write a key as the last sentence of a table's comment; nothing without a key."""
    return f" Key: {', '.join(key)}." if key else ""


def _rules(mart: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for test in mart.get("data_tests", ()):
        for asked in test.values() if isinstance(test, dict) else ():
            yield from asked.get("arguments", {}).get("rules", {}).values()
