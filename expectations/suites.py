"""How a suite is written down: Great Expectations' own, each with a severity and plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# First: it imports Great Expectations as the project uses it.
from expectations.library import gx  # isort: skip

from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity
from pydantic.v1 import PrivateAttr

from expectations.results import Severity, Stage


class ExpectWithinLimits(ExpectColumnValuesToBeBetween):
    """Great Expectations' own limits, which make their configuration once.

    The library makes it again for every key that it asks for, some 80 times for each expectation
    of a suite: that was a third of the time of a check.
    """

    _configuration: ExpectationConfiguration | None = PrivateAttr(None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """What is expected, as plain values; made again after a field was changed."""
        if self._configuration is None:
            self._configuration = super().configuration
        return self._configuration

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name != "_configuration":
            super().__setattr__("_configuration", None)


class SuiteMalformedError(ValueError):
    """A suite is written wrongly: an expectation without an id, or one id used twice."""


def suite(stage: Stage, subject: str, expectations: Sequence[Expectation]) -> gx.ExpectationSuite:
    """Make the suite `<stage>.<subject>`, whose check ids are `<stage>.<subject>.<slug>`.

    Raises `SuiteMalformedError` when an expectation was not made by `expect`, or two share a slug.
    """
    name = f"{stage}.{subject}"
    seen: set[str] = set()
    for expectation in expectations:
        meta = expectation.meta or {}
        slug = meta.get("slug")
        if not slug or slug in seen:
            raise SuiteMalformedError(
                f"suite {name}: expected every expectation to carry a slug of its own, found "
                f"{slug!r}. Next step: make it with expectations.suites.expect and a new slug."
            )
        seen.add(slug)
        expectation.meta = {**meta, "check_id": f"{name}.{slug}"}
    return gx.ExpectationSuite(
        name=name, expectations=list(expectations), meta={"stage": stage, "subject": subject}
    )


def expect(
    slug: str,
    column: str,
    description: str,
    next_step: str,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    severity: Severity = "critical",
) -> Expectation:
    """Expect every value of `column` within the limits, both included."""
    if at_least is None and at_most is None:
        raise SuiteMalformedError(f"{slug}: expected at_least or at_most. Next step: name a limit.")
    limits = [f"at least {at_least:g}"] if at_least is not None else []
    limits += [f"at most {at_most:g}"] if at_most is not None else []
    return ExpectWithinLimits(
        column=column,
        min_value=at_least,
        max_value=at_most,
        severity=FailureSeverity(severity),
        notes=description,
        meta=_words(slug, severity, description, f"{column} {' and '.join(limits)}", next_step),
    )


def expect_none(
    column: str, description: str, next_step: str, *, severity: Severity = "critical"
) -> Expectation:
    """Expect 0 in a column that counts what is wrong; the column's name is the slug."""
    return expect(column, column, description, next_step, at_most=0, severity=severity)


def _words(
    slug: str, severity: Severity, description: str, expected: str, next_step: str
) -> dict[str, str]:
    return {
        "slug": slug,
        "severity": severity,
        "description": description,
        "expected": expected,
        "next_step": next_step,
    }
