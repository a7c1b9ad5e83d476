"""What the checks of one step say together."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.results import CheckResult


class CheckFailedError(RuntimeError):
    """Critical checks failed: nothing may be published. The message lists each of them."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The results of one checking step, ordered by check id."""

    results: list[CheckResult]

    @property
    def passed(self) -> list[CheckResult]:
        """Checks that passed."""
        return [result for result in self.results if result.status == "passed"]

    @property
    def critical_failures(self) -> list[CheckResult]:
        """Checks that stop publication: critical ones that failed, and all that erred."""
        return [result for result in self.results if result.stops_publication]

    @property
    def warnings(self) -> list[CheckResult]:
        """Checks that failed and let publication go on."""
        return [
            result
            for result in self.results
            if result.status == "failed" and not result.stops_publication
        ]

    def raise_if_critical(self) -> None:
        """Raise `CheckFailedError` when any check stops publication."""
        failures = self.critical_failures
        if not failures:
            return
        listed = "\n".join(
            f"- {failure.check_id} ({failure.status}): {failure.description}\n"
            f"  observed: {failure.observed}\n"
            f"  expected: {failure.expected}\n"
            f"  next step: {failure.next_step}"
            for failure in failures
        )
        raise CheckFailedError(
            f"{len(failures)} of {len(self.results)} checks stop publication; "
            f"the last good publication stands.\n{listed}"
        )
