"""What every data folder of a user would make alike, kept once in the user's cache folder.

Nothing depends on it: where it is missing, damaged or not the user's own, it is made again.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

from flows.data_folder import APPLICATION
from flows.private_files import private_folder


def user_cache() -> Path | None:
    """Give the folder (0700); None where there can be none, or others could write into it."""
    try:
        folder = private_folder(user_cache_path(APPLICATION, appauthor=False))
        found = folder.stat()
    except (OSError, RuntimeError):  # the latter where a user has no home
        return None
    if os.name != "nt" and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        return None
    return folder
