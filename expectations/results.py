"""What a check says when it is done, free of the tool that ran it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# A profile's column `x_words` says in words what its column `x` counts; messages carry them.
WORDS_ENDING = "_words"

Stage = Literal["source", "landing", "build", "mart"]
Severity = Literal["critical", "warning"]
Status = Literal["passed", "failed", "error"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of one run: a row of `rpt_checks`, and the next step where it did not pass.

    `status` is `error` when the check itself could not be made; that is never a pass and always
    critical, because nothing is known then. `loads` are the private ids of the loads that failed a
    check of what came in, and are held back. Texts hold counts, file names and labels only, never
    the content of a record: they are published.
    """

    check_id: str
    stage: Stage
    tool: str
    subject: str
    description: str
    severity: Severity
    status: Status
    observed: str
    expected: str
    unexpected_count: int
    next_step: str = ""
    loads: tuple[str, ...] = ()

    @property
    def stops_publication(self) -> bool:
        """Whether what was judged may not be published: critical and not passed, or not made.

        Of a check that names its `loads`, these alone are held back; any other stops the run.
        """
        return self.status == "error" or (self.severity == "critical" and self.status == "failed")
