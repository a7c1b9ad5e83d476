"""Small private files (0600) that are whole or not there at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

PRIVATE_FILE = 0o600


def write_json(path: Path, content: Any) -> None:
    """Write `content` beside `path`, flush it to disk and rename it into place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def append_json_line(path: Path, content: Any) -> None:
    """Append one line in a single write, so that lines of two processes never mix."""
    line = json.dumps(content, ensure_ascii=False) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        os.write(descriptor, line.encode("utf-8"))
    finally:
        os.close(descriptor)


def read_json(path: Path) -> Any:
    """Return what `path` holds; None where it is missing, cut short or no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
