"""Great Expectations, imported as this project uses it: no analytics, nothing that no check needs.

The suites take `gx` from here. The library imports Altair and `scipy.stats` for expectations about
distributions, which no suite has, and SQLAlchemy for checks in a database, which it does without
where there is none: more than a third of its import, for which every run would wait.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

# Before the first import of the library: it reads the variable once.
os.environ["GX_ANALYTICS_ENABLED"] = "false"


class _PostponedModule(ModuleType):
    """Stands for a module until something of it is used, which imports it."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _postponed(*names: str) -> Iterator[None]:
    """Let what is imported meanwhile have these modules without importing them."""
    stand_ins = {name: _PostponedModule(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


@contextmanager
def _as_if_absent(name: str) -> Iterator[None]:
    """Let what is imported meanwhile do without a module, unless it is there already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


with _postponed("altair", "scipy.stats"), _as_if_absent("sqlalchemy"):
    import great_expectations as gx

__all__ = ["gx"]
