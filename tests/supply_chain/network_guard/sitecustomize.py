"""Put on the path of every process of a night: notes and refuses whatever leaves the machine.

Python imports this module by its name at start. Each try (process, event, address) is a line of the
file that CSP_TEST_NETWORK_TRIES names.
"""

from __future__ import annotations

import os
import sys

_LOCAL = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"}  # noqa: S104  # compared, not bound
_EVENTS = {
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr",
}  # fmt: skip


def _host(event: str, arguments: tuple[object, ...]) -> str | None:
    """Name the host that an event is about; None where it stays in the machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if not isinstance(address, tuple):
            return None  # a socket of the file system, or one that is connected already
        host = address[0]
    else:
        host = arguments[0]
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return None if host is None or str(host).lower() in _LOCAL else str(host)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _EVENTS:
        return
    host = _host(event, arguments)
    if host is None:
        return
    with open(os.environ["CSP_TEST_NETWORK_TRIES"], "a", encoding="utf-8") as tries:  # noqa: PTH123
        tries.write(f"{sys.argv[:3]} {event} {host}\n")
    raise OSError(101, f"the network is cut: {event} {host}")


if "CSP_TEST_NETWORK_TRIES" in os.environ:
    sys.addaudithook(_refuse)
