"""Prefect's surroundings, set before it is imported: its own private home, and no telemetry.

Prefect has no mode without a server: where the user has none, each run starts a temporary one on
localhost (`flows.prefect_server`). Measured on two cores with Prefect 3.8.8: 12 s the first time
(its database is made, which `flows.prefect_database` keeps), 5 s from then on if its home stays,
which is why it lies in the data folder. Most of the 5 s is the server's own import; switching off
its services changed nothing.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from flows.data_folder import PRIVATE_MODE, DataFolder
from flows.private_files import FILE_MODE

_ALWAYS = {
    # Nothing leaves the machine.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "DO_NOT_TRACK": "1",
    # What Prefect would copy of logs and results into its database stays out of it.
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # For those who run the flow without `csp`: 20 s are short for a first start on a busy machine.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def prepare_prefect(folder: DataFolder, *, quiet: bool) -> None:
    """Set what Prefect reads from the environment; whatever the user has set stays.

    `quiet` keeps Prefect's own log off the terminal, where a command reports the run itself.
    """
    for name, value in _ALWAYS.items():
        os.environ.setdefault(name, value)
    if quiet:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    if not {"PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILE"} & os.environ.keys():
        folder.prefect.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
        folder.prefect.chmod(PRIVATE_MODE)
        _make_private(folder.prefect)
        os.environ["PREFECT_HOME"] = str(folder.prefect)
        # Prefect unpacks its page beside its own code otherwise, where a service may not write.
        os.environ.setdefault("PREFECT_UI_STATIC_DIRECTORY", str(folder.prefect / "page"))


def _make_private(home: Path) -> None:
    """Take from others what earlier versions left readable: Prefect's database among it."""
    for file in home.iterdir():
        if file.is_file() and file.stat().st_mode & 0o777 != FILE_MODE:
            with contextlib.suppress(OSError):  # one that goes away meanwhile
                file.chmod(FILE_MODE)
