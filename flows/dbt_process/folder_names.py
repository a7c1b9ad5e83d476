"""Names in place of the folders of one run, so that what dbt reads and makes is every run's.

dbt reads the whole project again where another folder is in it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

# What differs between data folders. While the project is read its name stands for each of them.
_OF_ONE_RUN = ("CSP_DATABASE", "CSP_LANDING", "CSP_CHECKS", "CSP_MEMORY_LIMIT_MB")


def folder_names(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the name that stands for each folder of a run, by the variable that holds the folder."""
    return {
        # the database's own name stands in the SQL
        name: f"<{name}>/{Path(value).name}" if name == "CSP_DATABASE" else f"<{name}>"
        for name, value in environment.items()
        if name in _OF_ONE_RUN
    }


@contextlib.contextmanager
def names_for_folders() -> Iterator[None]:
    """Put the names into the environment, in place of the folders of this run."""
    names = folder_names(os.environ)
    own = {name: os.environ[name] for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        os.environ.update(own)


def fill_in_folders(sources: Iterable[Any], with_sql: Iterable[Any]) -> None:
    """Put the folders of this run in place of their names, in what reads and in the SQL made."""
    named = {name: os.environ[variable] for variable, name in folder_names(os.environ).items()}
    # they stand in quotes there, which a folder of O'Brien would end
    own = {name: value.replace("'", "''") for name, value in named.items()}

    def filled_in(text: str) -> str:
        for name, value in own.items():
            text = text.replace(name, value)
        return text

    for source in sources:
        location = source.config.get("external_location")
        if location:
            source.config["external_location"] = filled_in(location)
    for node in with_sql:
        node.compiled_code = filled_in(node.compiled_code)
