"""Who may use the API of a Prefect server that is started here: those who have its secret.

Any account of the machine, and any page in a browser on it, can reach a server on localhost. So
each has a secret: that of `csp schedule` lies in the data folder for its owner alone and stays the
same, that of a run's temporary server lives as long as the run.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from flows.data_folder import PRIVATE_MODE, DataFolder
from flows.private_files import FILE_MODE, write_privately

CLIENT_VARIABLE = "PREFECT_API_AUTH_STRING"
SERVER_VARIABLE = "PREFECT_SERVER_API_AUTH_STRING"


def new_secret() -> str:
    """Make a secret in the form that basic authentication asks for, `user:password`."""
    return f"csp:{secrets.token_urlsafe(32)}"


def secret_file(folder: DataFolder) -> Path:
    """Name the file that holds the secret of the folder's own server."""
    return folder.prefect / "api-secret"


def kept_secret(folder: DataFolder) -> str:
    """Return the secret of the folder's own server; it is made at the first start (0600)."""
    file = secret_file(folder)
    file.parent.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
    file.parent.chmod(PRIVATE_MODE)
    try:
        file.chmod(FILE_MODE)  # before it is read: others may have read it, and it still works
        kept = file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        kept = ""
    if ":" not in kept:
        kept = new_secret()
        write_privately(file, f"{kept}\n".encode())
    return kept


def server_variables(port: int, secret: str) -> dict[str, str]:
    """Return what makes a server on localhost answer to `secret` only, and to no foreign page."""
    own = f"http://127.0.0.1:{port}"
    return {
        SERVER_VARIABLE: secret,
        CLIENT_VARIABLE: secret,  # its own services are clients too
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"{own},http://localhost:{port}",
        # its page asks this address, not port 4200
        "PREFECT_UI_API_URL": f"{own}/api",
    }


def chosen_by_user(environment: Mapping[str, str] = os.environ) -> str:
    """Return the secret that the user has set for servers, empty where there is none."""
    return environment.get(SERVER_VARIABLE, "")
