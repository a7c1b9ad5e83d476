"""Great Expectations as this project imports it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import PROJECT_ROOT

_ASKED = """
import json, sys
import expectations.checkpoint
before = [name in sys.modules for name in ("altair", "scipy.stats")]
from great_expectations.expectations.core import (
    expect_column_kl_divergence_to_be_less_than as of_distributions,
)
entropy = of_distributions.stats.entropy([0.5, 0.5], base=2)
import scipy.stats
same = scipy.stats.entropy is of_distributions.stats.entropy
print(json.dumps([before, entropy, of_distributions.alt.Chart.__name__, same]))
"""


def test_what_no_check_needs_is_imported_when_it_is_used() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", _ASKED], cwd=PROJECT_ROOT, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    before, entropy, chart, same = json.loads(asked.stdout)
    assert before == [False, False]
    assert (entropy, chart, same) == (1.0, "Chart", True)
