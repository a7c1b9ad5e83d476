"""What a test needs of its computer: each mark says once why the test is left out elsewhere."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from flows.papers.writers.pdf import installed_browser

BROWSER = installed_browser()

needs_signals = pytest.mark.skipif(
    os.name == "nt", reason="Windows neither kills, stops nor interrupts a process by a signal"
)
needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="Windows cannot fork a process at each step: run it on Linux"
)
needs_linked_publication = pytest.mark.skipif(
    os.name == "nt", reason="Windows cannot swap the link to what is published: it has the pointer"
)
needs_proc = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux says in /proc what a process is and what it started"
)
needs_memory_limit = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux holds a process to the memory that ulimit gives it"
)
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="systemd-analyze judges the units, and this system has none: run it on Linux",
)
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="a page is laid out by Chromium, Chrome or Edge: install one of them"
)
