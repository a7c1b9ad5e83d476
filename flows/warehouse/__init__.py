"""The private warehouse: dbt builds every figure here from the landing."""

from flows.warehouse.build import BuildFailed, BuildReport, build_warehouse

__all__ = ["BuildFailed", "BuildReport", "build_warehouse"]
