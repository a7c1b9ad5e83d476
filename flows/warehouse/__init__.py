"""The private warehouse: dbt builds every figure here from the landing."""

from flows.warehouse.build import BuildFailedError, BuildReport, build_warehouse
from flows.warehouse.dbt_ready import ReadyDbt, ready_dbt

__all__ = ["BuildFailedError", "BuildReport", "ReadyDbt", "build_warehouse", "ready_dbt"]
