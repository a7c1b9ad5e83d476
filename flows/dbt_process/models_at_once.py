"""How many models and tests a build works on at the same time."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import duckdb


def models_at_once() -> int:
    """Give the number that suits what has landed, by the rule that the plugins of dbt have."""
    # where dbt looks for the plugins of profiles.yml
    sys.path.append(str(Path(os.environ["CSP_FUNCTIONS"], "threads")))
    rule = importlib.import_module("threads_for_landing")
    try:
        with duckdb.connect() as connection:
            return int(rule.models_at_once(connection, Path(os.environ["CSP_LANDING"])))
    except duckdb.Error:  # dbt says what is wrong with the landing
        return 1
