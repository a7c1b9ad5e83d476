"""The commands of `csp`, each in a module of its own."""

from __future__ import annotations

import platform
from typing import Annotated

import typer

from flows.command.audit import audit
from flows.command.check_mapping import check_mapping
from flows.command.demo import demo
from flows.command.diff import diff
from flows.command.export import export
from flows.command.fetch import fetch
from flows.command.grant_return import grant_return
from flows.command.init import init
from flows.command.nightly import nightly
from flows.command.publish import publish
from flows.command.report import report
from flows.command.schedule import schedule
from flows.command.scorecard import scorecard
from flows.command.status import status
from flows.command.withdraw import withdraw
from flows.publishing.manifest import package_version


def _version(wanted: bool) -> None:
    """Print the version of the package and of Python, and end the command."""
    if wanted:
        typer.echo(f"csp {package_version()} (Python {platform.python_version()})")
        raise typer.Exit


application = typer.Typer(
    name="csp",
    help="A nightly warehouse for Community Safety Partnerships.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done or nothing new; 1 a step failed; 2 wrong usage or settings; "
    "3 a critical check of the publication failed; 4 a draft is contradicted; "
    "130 interrupted.",
)


@application.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and exit.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Read what comes before a command's name."""


for command in (
    init,
    nightly,
    status,
    scorecard,
    report,
    audit,
    export,
    diff,
    publish,
    schedule,
    check_mapping,
    grant_return,
    withdraw,
    demo,
):
    application.command()(command)
application.add_typer(fetch, name="fetch")
