"""The private warehouse: dbt builds every figure here from the landing."""

from flows.warehouse.build import BuildFailedError, BuildReport, build_warehouse

__all__ = ["BuildFailedError", "BuildReport", "build_warehouse"]
