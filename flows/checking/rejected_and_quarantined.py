"""What landing could not load, as checks: quarantined files and rejected rows, in counts only."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from expectations.results import CheckResult
from flows.data_folder import DataFolder
from flows.landing.inbox.files import scan_inbox
from flows.landing.inbox.quarantine import quarantine_name

REASON_SUFFIX = ".reason.txt"


def rejected_and_quarantined(
    connection: duckdb.DuckDBPyConnection, folder: DataFolder
) -> list[CheckResult]:
    """Give a warning per quarantined file and per source with rejects; passes if there is none.

    A quarantined file counts as long as it lies in the inbox: taking it away, or putting a better
    one under a newer extract date and this one away, settles it. Needs `loads_in_force`.
    """
    return [*_quarantined(folder), *_rejects(connection)]


def _quarantined(folder: DataFolder) -> list[CheckResult]:
    results = []
    # As landing names them: a name on the disk can be of any bytes. What the disk does not give is
    # left out, and raises nothing.
    lying: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in scan_inbox(folder).files:
        lying[file.source, file.extract_date.isoformat()].append(file.name)
    for reason in sorted(folder.quarantine.glob(f"*/*/*{REASON_SUFFIX}")):
        source, extract_date = reason.parts[-3], reason.parts[-2]
        name = reason.name.removesuffix(REASON_SUFFIX)
        if not _is_of(name, lying[source, extract_date]):
            continue
        results.append(
            _check(
                f"landing.{source}.quarantine.{extract_date}.{name}",
                source,
                "The file could be read.",
                f"{source}/{extract_date}/{name} is in quarantine",
                1,
                f"Read {reason.name} beside its copy in the quarantine folder; put a corrected "
                "file into the inbox.",
            )
        )
    return results or [
        _check("landing.quarantine", "inbox", "Every file of the inbox could be read.", "", 0, "")
    ]


def _is_of(name: str, lying: list[str]) -> bool:
    """Whether a copy in quarantine is of a file that lies in the inbox, or was in such an archive.

    Landing names a copy after the file's path, with the separators made plain.
    """
    return any(
        name == quarantine_name(label) or name.startswith(quarantine_name(f"{label}!"))
        for path in lying
        for label in (path, path.rsplit("/", 1)[-1])
    )


def _rejects(connection: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    rows = connection.execute(
        "select source, sum(rows_read)::bigint, sum(rows_rejected)::bigint "
        "from loads_in_force group by source order by source"
    ).fetchall()
    return [
        _check(
            f"landing.{source}.rejects",
            source,
            "Every row of the files in force was loaded.",
            f"{rejected} of {read} rows rejected" if rejected else "",
            rejected,
            "Read the rejects files in the quarantine folder, and ask for corrected files.",
        )
        for source, read, rejected in rows
    ]


def _check(
    check_id: str, subject: str, description: str, observed: str, count: int, next_step: str
) -> CheckResult:
    return CheckResult(
        check_id=check_id,
        stage="landing",
        tool="csp",
        subject=subject,
        description=description,
        severity="warning",
        status="failed" if count else "passed",
        observed=observed or "none quarantined or rejected",
        expected="none quarantined or rejected",
        unexpected_count=count,
        next_step=next_step,
    )
