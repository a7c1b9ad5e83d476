"""dbt's debug events, of which a build has ten thousand, cost next to nothing."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import PROJECT_ROOT

# In a process of its own, as dbt's is: the classes of events stay changed.
PROGRAM = """
from flows.dbt_process.events import leave_out_debug_events
from dbt_common.events.event_manager_client import get_event_manager
from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
from dbt_common.events.functions import fire_event

leave_out_debug_events()
from dbt.adapters.events import types as of_adapters
from dbt.events import types as of_core

made = []
real = BaseEvent.__init__
def counted(event, *said, **named):
    made.append(type(event).__name__)
    real(event, *said, **named)
BaseEvent.__init__ = counted
heard = []
get_event_manager().add_callback(lambda event: heard.append((event.info.level, event.info.msg)))

# the ones that a build has most of
query = of_adapters.SQLQuery(conn_name="model", sql="select 1", node_info={})
fire_event(query)
fire_event(of_core.WritingInjectedSQLForNode(node_info={}))
fire_event(of_adapters.CacheAction(action="x"))
assert made == [] and heard == [], (made, heard)

# one that is fired as something else than debug is made, and says what it always said
fire_event(query, level=EventLevel.WARN)
assert made == ["SQLQuery"], made
assert heard == [("warn", "On model: select 1")], heard
fire_event(of_core.MainReportVersion(version="1", log_version=3))
assert heard[1] == ("info", "Running with dbt1"), heard
debug = [
    name for module in (of_core, of_adapters) for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, DebugLevel)
]
assert len(debug) > 50, len(debug)
print("well")
"""


def test_debug_events_are_made_only_when_somebody_hears_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "well\n", done.stderr[-2000:]
