"""A command that is run without a network, and under a guard that notes who would have used one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
UNSHARE = ("unshare", "--map-root-user", "--net")


def own_network(*command: str) -> list[str]:
    """The command in a network of its own where the system allows it, else as it is."""
    if not shutil.which("unshare"):
        return list(command)
    allowed = subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0
    if not allowed:
        return list(command)
    return [*UNSHARE, sys.executable, str(HERE / "without_network.py"), *command]


def offline_environment(tries: Path) -> dict[str, str]:
    """Ours with the guard, which writes to `tries`, and no word that switches telemetry off.

    The project switches it off itself.
    """
    quiet = ("CSP_", "PREFECT_", "DBT_", "GX_", "DO_NOT_TRACK", "POSTHOG")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(quiet)}
    return kept | {
        "CSP_TEST_NETWORK_TRIES": str(tries),
        "PYTHONPATH": os.pathsep.join([str(HERE / "network_guard"), str(ROOT)]),
    }
