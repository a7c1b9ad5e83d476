"""The commands of `csp`, each in a module of its own."""

from __future__ import annotations

import typer

from flows.command.check_mapping import check_mapping
from flows.command.demo import demo
from flows.command.diff import diff
from flows.command.fetch import fetch
from flows.command.grant_return import grant_return
from flows.command.init import init
from flows.command.nightly import nightly
from flows.command.publish import publish
from flows.command.report import report
from flows.command.schedule import schedule
from flows.command.scorecard import scorecard
from flows.command.status import status

application = typer.Typer(
    name="csp",
    help="A nightly warehouse for Community Safety Partnerships.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done or nothing new; 1 a step failed; 2 wrong usage or settings; "
    "3 a critical check of the publication failed; 130 interrupted.",
)
for command in (
    init,
    nightly,
    status,
    scorecard,
    report,
    diff,
    publish,
    schedule,
    check_mapping,
    grant_return,
    demo,
):
    application.command()(command)
application.add_typer(fetch, name="fetch")
