"""`python -P -m flows.dbt_process OPTIONS`: prepare, wait for the byte that starts, build, end."""

from __future__ import annotations

import gc
import os
import sys
import threading

from flows.child_process import end_with_starter


def main(options: list[str]) -> None:
    """Run `dbt build` with the options of the command line; exit as dbt's own command does."""
    may_build = threading.Event()
    # No tidying up: a long query of DuckDB would delay it, and a killed build is built again.
    end_with_starter(lambda: os._exit(1), at_a_byte=may_build.set)
    # the process ends with its build: looking for circles in dbt's large graph frees nothing
    gc.disable()
    # dbt comes with these, seconds in which the starter may end
    from flows.dbt_process.build import build
    from flows.dbt_process.events import leave_out_debug_events
    from flows.dbt_process.prepare import prepare

    leave_out_debug_events()
    manifest = prepare(options, may_build)
    may_build.wait()
    code = build(manifest, options)
    # Python would take half a second to give back the memory of dbt's graph, piece by piece
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
