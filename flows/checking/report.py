"""What the checks of one step say together."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.results import CheckResult


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
