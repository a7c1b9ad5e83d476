"""A process of dbt without the seconds in which it imports dbt: it is forked from one that has.

This module stands in the place of `flows.dbt_process`. It hands its files, environment and options
to a server, which has imported modules and done nothing else. The server forks a process that runs
`flows.dbt_process`, and this one exits as that one does.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.child_process import module_command, module_environment

# names the socket of the server
SERVER = "CSP_TESTS_FORK_SERVER"
_DBT_PROCESS = "flows.dbt_process"
_MODULES = ("dbt.cli.main", "dbt.task.build", "pandas", "pyarrow.dataset", "scipy.special")


@contextlib.contextmanager
def fork_server() -> Iterator[str]:
    """Start a server; give the name of its socket, for `SERVER` in the environment."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        name = str(Path(folder, "socket"))
        listening.bind(name)
        listening.listen()
        server = subprocess.Popen(
            module_command("tests.warehouse.forked_dbt", "--serve", str(listening.fileno())),
            env=module_environment(),
            pass_fds=[listening.fileno()],
        )
        try:
            yield name
        finally:
            server.kill()
            server.wait()


def _serve(listening: socket.socket) -> None:
    for module in _MODULES:
        importlib.import_module(module)
    while True:
        asking, _ = listening.accept()
        with asking:
            request, files, _, _ = socket.recv_fds(asking, 1 << 16, 3)
            while not request.endswith(b"\n"):
                request += asking.recv(1 << 16)
            process = os.fork()
            if process == 0:
                listening.close()
                asking.close()
                _become(json.loads(request), files)
            for file in files:
                os.close(file)
            _, status = os.waitpid(process, 0)
            with contextlib.suppress(BrokenPipeError):
                asking.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(request: dict[str, Any], files: list[int]) -> None:
    """Be the process that asked, but for its number."""
    for own, file in enumerate(files):
        os.dup2(file, own)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    os.umask(request["umask"])
    sys.argv = [_DBT_PROCESS, *request["options"]]
    try:
        runpy.run_module(_DBT_PROCESS, run_name="__main__", alter_sys=True)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    os._exit(1)


def _ask(options: list[str]) -> int:
    umask = os.umask(0o077)
    request = {
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "umask": umask,
        "options": options,
    }
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(os.environ[SERVER])
        socket.send_fds(asking, [json.dumps(request).encode() + b"\n"], [0, 1, 2])
        return int(asking.recv(100) or b"1")


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        _serve(socket.socket(fileno=int(sys.argv[2])))
    sys.exit(_ask(sys.argv[1:]))
