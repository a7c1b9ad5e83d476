"""Processes of this project's own modules: how one is run, and how one ends with its starter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable

from flows.data_folder import CODE_ROOT


def run_module(module: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a module of the project to its end, its words kept.

    Raises `subprocess.TimeoutExpired` after so many seconds, when it has been ended.
    """
    return subprocess.run(
        module_command(module, *arguments),
        env=module_environment(),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


class ReadyModule:
    """A module of the project in a process that imports, and waits for `run` to give its arguments.

    The module takes them by `arguments_from_starter`. One that gets none ends with `end`
    or with this process, however that ends.
    """

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(
            module_command(module),
            env=module_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, seconds: float) -> subprocess.CompletedProcess[str]:
        """Have it do its work, once, as `run_module` does."""
        line = json.dumps(arguments) + "\n"
        with self._process as process:
            try:
                said, complained = process.communicate(line, timeout=seconds)
            except BaseException:
                process.kill()
                raise
        return subprocess.CompletedProcess(process.args, process.returncode, said, complained)

    def end(self) -> None:
        """End it, where it still waits."""
        with self._process as process:
            process.kill()


def arguments_from_starter() -> list[str]:
    """Wait for the arguments that a `ReadyModule` is given; end this process with its starter."""
    line = sys.stdin.readline()
    if not line:
        os._exit(0)  # whatever it has begun meanwhile is for nobody
    return [str(argument) for argument in json.loads(line)]


def module_command(module: str, *arguments: str) -> list[str]:
    """Give the command that runs a module of the project in `module_environment`."""
    # -P: a folder named `flows` where the user happens to stand is not this one.
    return [sys.executable, "-P", "-m", module, *arguments]


def module_environment() -> dict[str, str]:
    """Give this process's environment, in which a process finds the project's modules first."""
    path = os.pathsep.join(filter(None, (str(CODE_ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}


def end_with_starter(
    end: Callable[[], None], *, at_a_byte: Callable[[], None] = lambda: None
) -> None:
    """Call `end` from a thread once the pipe on standard input has closed.

    Before, `at_a_byte` is called for each byte that comes through it.
    """

    def wait() -> None:
        while os.read(0, 1):  # not Python's buffer, whose lock a waiting thread would hold at exit
            at_a_byte()
        end()

    threading.Thread(target=wait, name="wait-for-starter", daemon=True).start()
