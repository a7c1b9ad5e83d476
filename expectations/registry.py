"""Finds the suites: every module of `sources/` and `marts/` has one `SUITE`.

A new suite is a new module; nothing else names it. A source without one is held to what is
expected of a load of any source, and to areas and indicators that are known.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Literal

from expectations.every_load import areas_named, indicators_named, source_suite
from expectations.library import gx
from expectations.suites import SuiteMalformedError

Group = Literal["sources", "marts"]


def subjects(group: Group) -> list[str]:
    """Names of the modules for sources or marts, in order: those that have a suite."""
    package = importlib.import_module(f"expectations.{group}")
    return sorted(module.name for module in pkgutil.iter_modules(package.__path__))


def suite_of(group: Group, subject: str) -> gx.ExpectationSuite:
    """Give the suite of one source or mart. Raises `SuiteMalformedError` if a module has none."""
    if group == "sources" and subject not in subjects(group):
        return source_suite(subject, [*areas_named(), indicators_named()])
    module = importlib.import_module(f"expectations.{group}.{subject}")
    found = getattr(module, "SUITE", None)
    if not isinstance(found, gx.ExpectationSuite):
        raise SuiteMalformedError(
            f"expectations/{group}/{subject}.py: expected SUITE, an ExpectationSuite. "
            "Next step: end the module with SUITE = suite(...)."
        )
    return found
