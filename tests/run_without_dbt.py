"""`python -m tests.run_without_dbt nightly …`: a run with all of its own process, but for dbt.

Prefect's server, signals, the umask, the site and what is printed are those of `csp nightly`; the
models are built as in `tests/built_without_dbt.py`, which saves half of the computing.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from flows.command import main
from tests.run_in_process import leave_out_dbt

if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as artefacts:
        leave_out_dbt(patch, Path(artefacts))
        main()
