"""Whether a run failed for want of memory: libraries say it in many ways, and name no next step."""

from __future__ import annotations

import re
import sys

# MemoryError and DuckDB's own by name; of a process that could not be started, or was ended by the
# system; of a thread (Arrow's words, and Python's); of a library that could not be loaded. `said`
# is what `shown_message` gives.
_LIBRARIES_WORDS = (
    r"\b(MemoryError|OutOfMemoryException|OutOfMemoryError|ArrowMemoryError|bad_alloc)\b"
    r"|Out of Memory Error|Cannot allocate memory|can't start new thread"
    r"|Failed to launch worker thread|failed to map segment"
)
_LIBRARY = re.compile(_LIBRARIES_WORDS, re.IGNORECASE)
_MEMORY = re.compile(_LIBRARIES_WORDS + r"|exit code -9\b|signal 9\b|SIGKILL", re.IGNORECASE)
# An import that fails while memory is short names no memory at all, nor does a process that a
# library ends: by abort (-6), by the address of memory that it was not given (-11), or with 127. A
# thread that got none can let the others wait for ever.
_UNDER_A_LIMIT = re.compile(
    r"\b(ImportError|RuntimeError|SystemError|OSError|IOException|ArrowException)\b"
    r"|exit code (-6|-11|127)\b|dbt hangs"
)
# A run on the smallest inbox uses 1.4 GiB on two cores (the run 0.5, dbt 0.7, Prefect's server
# 0.2), but its libraries reserve more than they use: dbt's process 3.2 GiB of addresses, and 2.2
# of data.
_ENOUGH = {"ulimit -v": 4 << 30, "ulimit -d": 3 << 30}
# Less than this ends every run, and in whatever way a library chooses: by abort, or by no end (dbt
# was seen to wait for ever under 2.7 GiB of addresses, and under 0.9 of data).
_LEAST = {"ulimit -v": 13 << 28, "ulimit -d": 9 << 28}
_EXPECTED = (
    "Expected: 2 GiB for ordinary inboxes, more for millions of rows (4 GiB where `ulimit -v` sets "
    "the limit and 3 where `ulimit -d` does, since libraries reserve more than they use). Next: "
    "raise the limit (`ulimit`, MemoryMax= of the service, the memory of the container, "
    "memory_limit_mb in csp.toml where DuckDB names its own), or end other programs, then run "
    "`csp nightly` again"
)


def lacks_memory(error: BaseException) -> bool:
    """Say whether a library raised an error for want of memory, whatever it was at work on."""
    return _LIBRARY.search(f"{type(error).__name__}: {error}") is not None


def out_of_memory(said: str) -> str | None:
    """Say that a failed step ran out of memory and what to do next; None where it did not."""
    limits = _limits()
    if not (
        _MEMORY.search(said)
        or (_UNDER_A_LIMIT.search(said) and any(limits[name] < _ENOUGH[name] for name in limits))
    ):
        return None
    return (
        "The run ran out of memory"
        + (f" ({_allowed(limits)})" if limits else "")
        + f". {_EXPECTED}; it resumes where it stopped"
    )


def too_little_allowed() -> str | None:
    """Say that no run can end well under the limits of this process, and what to do next."""
    limits = {name: limit for name, limit in _limits().items() if limit < _LEAST[name]}
    return f"too little memory: {_allowed(limits)}. {_EXPECTED}" if limits else None


def _allowed(limits: dict[str, int]) -> str:
    return "; ".join(f"{name} allows {limit / (1 << 30):.1f} GiB" for name, limit in limits.items())


def _limits() -> dict[str, int]:
    """Return the limits of this process in bytes, by the way in which people set them."""
    if sys.platform == "win32":  # pragma: no cover
        return {}
    import resource

    found = {}
    for name, kind in (("ulimit -v", resource.RLIMIT_AS), ("ulimit -d", resource.RLIMIT_DATA)):
        soft, _ = resource.getrlimit(kind)
        if soft != resource.RLIM_INFINITY:
            found[name] = soft
    return found
