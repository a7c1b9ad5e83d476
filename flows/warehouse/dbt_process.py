"""The process in which dbt runs: it ends as soon as whoever started it has ended.

`python dbt_process.py build …` with a pipe as its standard input. A night that is killed cannot
stop its dbt, and dbt would go on writing the warehouse for nobody. The pipe closes with the night,
however that ends; unlike a death signal it does so on every system, and does not depend on the
thread that started the process.

Until dbt has ended it also keeps the night's lock, whose file it inherits (`build.py`).
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path


def end_with_starter() -> None:
    """End this process at once when its standard input closes.

    The pipe is read without Python's buffer, whose lock a waiting thread would hold at exit.
    """
    while os.read(0, 1):
        pass
    # No tidying up: a long query of DuckDB would delay it, and a killed build is built again.
    os._exit(1)


def main() -> None:
    """Run dbt with the arguments of the command line."""
    threading.Thread(target=end_with_starter, name="end-with-starter", daemon=True).start()
    from dbt.cli.main import cli

    cli()


if __name__ == "__main__":
    # In place of this file's folder, whose modules are none of dbt's: as `python -m` has it.
    sys.path[0] = str(Path.cwd())
    main()
