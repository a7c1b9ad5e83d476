"""One round of Prefect's own scheduler on a new database; prints when runs were planned.

Run by the fixture `planned_by_prefect` in a process of its own, with a new `PREFECT_HOME`.
"""

from __future__ import annotations

import asyncio
import json

# Prefect wraps these functions in a way that its own types lose
# mypy: disable-error-code="attr-defined"
import sys

from prefect.server import models, schemas
from prefect.server.database import provide_database_interface
from prefect.server.services.scheduler import schedule_deployments


async def planned_runs(cron: str, timezone: str) -> list[dict[str, str]]:
    db = provide_database_interface()
    await db.create_db()
    async with db.session_context(begin_transaction=True) as session:
        flow = await models.flows.create_flow(session, schemas.core.Flow(name="nightly"))
        await models.deployments.create_deployment(
            session,
            schemas.core.Deployment(
                name="nightly",
                flow_id=flow.id,
                schedules=[
                    schemas.core.DeploymentSchedule(
                        schedule=schemas.schedules.CronSchedule(cron=cron, timezone=timezone),
                        active=True,
                    )
                ],
            ),
        )
    await schedule_deployments()
    async with db.session_context() as session:
        runs = await models.flow_runs.read_flow_runs(session)
        return [
            {"state": run.state_type.value, "due": run.next_scheduled_start_time.isoformat()}
            for run in runs
        ]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(planned_runs(*sys.argv[1:3]))))
