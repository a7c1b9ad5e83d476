"""Which models and tests of dbt's graph have their SQL, made before the build."""

from __future__ import annotations

from typing import Any

from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import CompiledNode


def has_sql(node: Any) -> bool:
    """Whether SQL has been made for a node. dbt calls a seed compiled as well, which has none."""
    return isinstance(node, CompiledNode) and bool(node.compiled)


def nodes_with_sql(manifest: Manifest) -> list[Any]:
    """Give the models and tests whose SQL has been made."""
    return [node for node in manifest.nodes.values() if has_sql(node)]


def give_sql(node: Any, sql: str) -> None:
    """Give a node the SQL that was made for it."""
    node.compiled_code, node.compiled, node.extra_ctes_injected = sql, True, True
