"""The table of malformed inputs as a page: `python -m tests.landing.malformed.page > PAGE`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from flows.data_folder import PROJECT_ROOT

from .case import EXIT_ALONE, EXIT_BESIDE_GOOD, IN_WORDS, Case
from .landed import EXTRACT_DATE, Landed, outcomes
from .table import CASES

PAGE = PROJECT_ROOT / "docs" / "malformed-inputs.md"

_HEAD = """\
# Malformed inputs

What suppliers get wrong, and what each mistake gets. Every row is a file that the tests make and
land (`tests/landing/malformed/table.py`); what is said was said when they did. This page is printed
from that table by `python -m tests.landing.malformed.page > docs/malformed-inputs.md`, and a test
holds it to what the table prints.

- **Quarantined**: nothing of the file lands. A copy lies in `quarantine/<source>/<extract date>/`
  with `<file>.reason.txt` beside it; of `marac`, `asb` and `force_extract`, whose files are about
  persons, only the reason is kept. The files beside it are loaded and published, and the run
  ends with exit code 0; a run with nothing else to load that has never published ends with 1.
  Where an earlier version of the reader took the same bytes, their rows are withdrawn: the newest
  other extract of what they cover stands, and the reason says so.
- **Line rejected**: the other lines land. `<file>.rejects.csv` in quarantine has the number of the
  line, its column and the reason. The run ends with 0. Where more than 10 lines and more than a
  hundredth of a file are rejected, the check `rejected_share` holds the load back.
- **Read, and a check warns**: the run ends with 0, and the check stands in its summary, in
  `rpt_checks` and in `csp status`.
- **Read, and a check holds the load back**: nothing of the load is used, the newest earlier extract
  of the same coverage stands, and all other files are published with exit code 0. The summary,
  `csp status` and the hook name the file, the check and the next step: a corrected file, or the
  check let through by name, with a reason. With no other load at all the run ends with 3.

Messages never quote a record.

| source | file | what is wrong | what it gets | exit code | what is said |
|---|---|---|---|---|---|
"""


def said(case: Case, landed: Landed) -> str:
    """Give what a case's sender is told, without the inbox folder."""
    if landed.check is not None:
        found = landed.check
        return f"{found.check_id}: {found.description} Seen: {found.observed}."
    if landed.refused:
        return " ".join(landed.refused)
    if landed.rejects:
        line, column, reason = landed.rejects[0]
        where = f"line {line}, column '{column}'" if column else f"line {line}"
        also = sorted({other for other, _, _ in landed.rejects} - {line})
        more = f" (so is line {', '.join(map(str, also))})" if also else ""
        return f"{where}: {reason}{more}."
    return "; ".join(landed.notes)


def printed(cases: tuple[Case, ...], landed: Mapping[str, Landed]) -> str:
    """Print the page."""
    rows = []
    for case in sorted(cases, key=lambda one: one.source):
        beside, alone = EXIT_BESIDE_GOOD, EXIT_ALONE[case.gets]
        code = str(beside) if beside == alone else f"{beside}, alone {alone}"
        words = said(case, landed[case.id]).replace(f"{case.source}/{EXTRACT_DATE}/", "")
        rows.append(
            f"| `{case.source}` | {_cell(case.name)} | {_cell(case.wrong)} | "
            f"{IN_WORDS[case.gets]} | {code} | {_cell(words) or '-'} |\n"
        )
    return _HEAD + "".join(rows)


def _cell(text: str) -> str:
    """Write text so that no sign of it is taken for Markdown's or HTML's."""
    for sign, instead in (("|", "\\|"), ("<", "&lt;"), ("*", "\\*"), ("_", "\\_")):
        text = text.replace(sign, instead)
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = str(Path(folder) / "config")
        sys.stdout.write(printed(CASES, outcomes(CASES, Path(folder))))
