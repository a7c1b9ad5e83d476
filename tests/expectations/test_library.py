"""Great Expectations as this project imports it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT_ROOT
from tests.supply_chain.offline_process import offline_environment

pytestmark = pytest.mark.long

_ASKED = """
import json, os, sys
import expectations.checkpoint
sends = [os.environ["GX_ANALYTICS_ENABLED"], "posthog" in sys.modules]
before = [name in sys.modules for name in ("altair", "scipy.stats", "sqlalchemy")]
from great_expectations.expectations.core import (
    expect_column_kl_divergence_to_be_less_than as of_distributions,
)
entropy = of_distributions.stats.entropy([0.5, 0.5], base=2)
import scipy.stats
same = scipy.stats.entropy is of_distributions.stats.entropy
print(json.dumps([sends, before, entropy, of_distributions.alt.Chart.__name__, same]))
"""


@pytest.fixture(scope="module")
def imported() -> list[Any]:
    """What a process of its own says after its import, without a network."""
    asked = subprocess.run(
        [sys.executable, "-c", _ASKED], cwd=PROJECT_ROOT,
        env=offline_environment(Path(os.devnull)), capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    said: list[Any] = json.loads(asked.stdout)
    return said


def test_great_expectations_sends_nothing(imported: list[Any]) -> None:
    assert imported[0] == ["false", False]


def test_what_no_check_needs_is_imported_when_it_is_used(imported: list[Any]) -> None:
    _, before, entropy, chart, same = imported
    assert before == [False, False, False]
    assert (entropy, chart, same) == (1.0, "Chart", True)
