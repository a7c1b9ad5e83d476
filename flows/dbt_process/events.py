"""dbt's debug events, of which a build has ten thousand and which nobody reads."""

from __future__ import annotations

from typing import Any

from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager


class _WithoutDebug(EventManager):
    def fire_event(
        self, e: BaseEvent, level: EventLevel | None = None, *others: Any, **named: Any
    ) -> None:
        if (level or e.level_tag()) != EventLevel.DEBUG:
            super().fire_event(e, level, *others, **named)


def leave_out_debug_events() -> None:
    """Have dbt drop debug events, and make none of their messages unasked.

    dbt makes a protobuf message of each event before it asks who wants it: a tenth of a build.
    Those of debug events are made once somebody asks, as where one is shown as a warning.
    """
    every: Any = BaseEvent
    debug: Any = DebugLevel

    def keep_what_it_says(event: Any, *said: Any, **named: Any) -> None:
        event.__dict__["said"] = said, named

    def make_when_asked(event: Any, name: str) -> Any:
        if "said" in event.__dict__:
            said, named = event.__dict__.pop("said")
            BaseEvent.__init__(event, *said, **named)
            return getattr(event, name)
        return every.__getattr__(event, name)

    debug.__init__, debug.__getattr__ = keep_what_it_says, make_when_asked
    ctx_set_event_manager(_WithoutDebug())
