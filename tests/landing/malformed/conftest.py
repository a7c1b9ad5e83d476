"""Every case of the table, landed once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.landing.sources.rules.hash_key import forget_keys
from tests.judged_profiles import run_by_limits

from .landed import Landed, outcomes
from .table import CASES


@pytest.fixture(scope="package")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Landed]]:
    root = tmp_path_factory.mktemp("malformed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(root / "config"))
        patched.setattr("flows.checking.sources.run_checkpoint", run_by_limits)
        forget_keys()
        yield outcomes(CASES, root)
    forget_keys()
