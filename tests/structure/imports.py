"""The imports of the project's modules, read from their text."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.conftest import PROJECT_ROOT

PACKAGES = ("flows", "expectations")


@cache
def module_files() -> dict[str, Path]:
    """Give the file of every module by its dotted name; a package's is its `__init__.py`."""
    found = {}
    for package in PACKAGES:
        for path in sorted((PROJECT_ROOT / package).rglob("*.py")):
            parts = path.relative_to(PROJECT_ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def function_imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """Give the imports that stand in functions."""
    return [
        node
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def imported_modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Name the project's modules that an import statement asks for."""
    modules = module_files()
    if isinstance(node, ast.Import):
        return {one.name for one in node.names if one.name in modules}
    base = node.module or ""
    named = {f"{base}.{one.name}" for one in node.names}
    submodules = named & modules.keys()
    # `from package import module` asks for the module; a name beside it for the package too
    return submodules | ({base} & modules.keys() if named - submodules else set())


@cache
def import_graph() -> dict[str, frozenset[str]]:
    """Give the modules that each module names in its imports, wherever they stand in it."""
    return {
        name: frozenset().union(*map(imported_modules, _all_imports(path))) - {name}
        for name, path in module_files().items()
    }


def _all_imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
