"""Prefect's surroundings, set before it is imported: its own private home, and no telemetry.

Prefect has no mode without a server: where the user has none, each run starts a temporary one on
localhost (`flows.prefect_server`). Measured on two cores with Prefect 3.8.8: 12 s the first time
(its database is made), 5 s from then on if its home stays, which is why it lies in the data
folder. Most of the 5 s is the server's own import; switching off its services changed nothing.
"""

from __future__ import annotations

import os

from flows.data_folder import PRIVATE_MODE, DataFolder

_ALWAYS = {
    # Nothing leaves the machine.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "DO_NOT_TRACK": "1",
    # What Prefect would copy of logs and results into its database stays out of it.
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # For whoever runs the flow without `csp`: 20 s are short for a first start on a busy machine.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def prepare_prefect(folder: DataFolder, *, quiet: bool) -> None:
    """Set what Prefect reads from the environment; whatever the user has set stays.

    `quiet` keeps Prefect's own log off the terminal, where a command tells the night itself.
    """
    for name, value in _ALWAYS.items():
        os.environ.setdefault(name, value)
    if quiet:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    if not {"PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILE"} & os.environ.keys():
        folder.prefect.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
        folder.prefect.chmod(PRIVATE_MODE)
        os.environ["PREFECT_HOME"] = str(folder.prefect)
