"""Names that a package offers and imports only when they are first used.

`csp nightly` with nothing new, `csp --help` and `csp status` pass through packages whose other
names need Arrow, Great Expectations or pandas: they would pay seconds for what they do not use.
`tests/command/test_loaded_modules.py` says which modules these commands may load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def names_on_first_use(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Make the `__getattr__` of a package; `homes` gives the module that holds each name."""

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return get
