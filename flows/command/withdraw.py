"""`csp withdraw`: take back a file that should not have been landed."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from flows.command.terminal import STEP_FAILED, WRONG_USAGE, DataOption, console, fail
from flows.data_folder import DataFolder
from flows.landing.inbox.quarantine import forget
from flows.landing.inbox.state import read_state
from flows.landing.ledger.load_records import (
    DeliveryRecord,
    LandingDamagedError,
    delivery_name,
    read_deliveries,
)
from flows.landing.ledger.withdrawn import take_back
from flows.publishing.lock import RunLockedError, night_lock
from flows.reporting.supplier_text import escape

_NAMED = 3


def withdraw(
    place: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE/DATE/FILE",
            help="The file as `csp status` and the summary of a run name it.",
        ),
    ],
    data: DataOption = None,
) -> None:
    """Take back a file that should not have been landed: the wrong area, the wrong list.

    Its rows go at once, with rejected lines and the copies of as-at runs; from the next run on no
    figure counts them: for what the file covers, the newest other extract stands, else the months
    are not supplied. Take the file out of the inbox first, unless a corrected one of the same name
    lies in its place. A file that a corrected one replaces need not be withdrawn: put the corrected
    one under a newer extract date.

    [bold]Examples[/]

      csp withdraw partner_returns/2025-11-03/dudley.csv

      csp withdraw 'police_uk/2018-09-01/2018-07.zip!2018-07/2018-07-west-yorkshire-street.csv'
    """
    folder = DataFolder.chosen(data)
    wanted = place.strip().removeprefix("raw/")
    try:
        with night_lock(folder):
            _withdraw(folder, wanted)
    except (RunLockedError, LandingDamagedError) as error:
        fail(str(error), STEP_FAILED)


def _withdraw(folder: DataFolder, wanted: str) -> None:
    known = {
        _place(one): one
        for one in [*read_deliveries(folder, "withdrawn"), *read_deliveries(folder)]
    }
    delivery = known.get(wanted)
    if delivery is None:
        near = difflib.get_close_matches(wanted, known, _NAMED, 0.5)
        said = f"Nearest: {', '.join(near)}. " if near else ""
        fail(
            f"no file '{wanted}' has been landed. {said}Expected: source, extract date and name, "
            "as partner_returns/2025-11-03/dudley.csv",
            WRONG_USAGE,
            next_step="`csp nightly` and `csp status` name the files",
        )
    in_inbox = folder.raw / wanted.partition("!")[0]
    is_replaced = _is_replaced(folder, delivery, in_inbox)
    if in_inbox.exists() and not is_replaced:
        fail(
            f"{in_inbox} still lies in the inbox, and a later run could land it again; nothing was "
            "changed",
            STEP_FAILED,
            next_step="take it out of the inbox, then run this command again",
        )
    is_gone = take_back(folder, delivery.load_id, delivery.extract_date)
    forget(folder, delivery, delivery.file)
    if is_gone:
        from flows.warehouse.retention import forget_records

        forget_records(folder, [delivery.load_id])
    out = console()
    out.print(f"[bold]Withdrawn[/]  {escape(wanted)}", soft_wrap=True)
    if not is_gone:
        out.print("  The same file came under another extract date too, and stands there.")
    out.print(
        "Next: csp nightly, which reads the file that lies in its place."
        if is_replaced
        else "Next: csp nightly, which publishes the figures without it."
    )


def _is_replaced(folder: DataFolder, delivery: DeliveryRecord, in_inbox: Path) -> bool:
    """Say whether a later file of the same name, which a run did not take, lies in its place."""
    key = in_inbox.relative_to(folder.raw).as_posix()
    known = read_state(folder).files.get(key)
    if known is None or not in_inbox.exists():
        return False
    facts = in_inbox.stat()
    return (
        (known.size, known.mtime_ns) == (facts.st_size, facts.st_mtime_ns)
        and delivery.load_id not in known.load_ids
        and delivery_name(delivery.load_id, delivery.extract_date) in known.disagrees_with
    )


def _place(delivery: DeliveryRecord) -> str:
    return f"{delivery.source}/{delivery.extract_date.isoformat()}/{delivery.file}"
