"""`csp init`: makes a data folder with its settings and an inbox that explains itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from flows.command.terminal import STEP_FAILED, WRONG_USAGE, console, fail
from flows.data_folder import PROJECT_ROOT
from flows.landing.sources import SOURCES
from flows.landing.sources.rules.area_names import did_you_mean, partnership_named
from flows.reporting.supplier_text import escape
from flows.settings import SETTINGS_FILE

_SETTING = re.compile(r"(?m)^(?=[a-z_]+ = )")
_FIRST_LINES = """\
# Settings of this data folder. A line that begins with # is a comment: remove the # to change the
# setting; what is left commented keeps the value shown. A variable CSP_<NAME> overrides it.

"""


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    home: Annotated[
        list[str] | None,
        typer.Option(
            "--home", help="A partnership that the scorecard is about; give it once for each."
        ),
    ] = None,
) -> None:
    """Make a data folder: csp.toml with every setting explained, and an inbox to fill.

    Nothing that is already there is changed.

    [bold]Examples[/]

      csp init /srv/community-safety --home Nottingham

      csp init data --home Dudley --home Wolverhampton
    """
    from flows.landing.inbox.files import GUIDE
    from flows.landing.inbox.guide import inbox_page, source_page

    names = [_area_name(name) for name in home or []]
    directory = directory.expanduser().absolute()
    pages = {Path(SETTINGS_FILE): _settings(names), Path("raw", GUIDE): inbox_page()}
    pages |= {Path("raw", name, GUIDE): source_page(name) for name in SOURCES}
    try:
        kept = [str(page) for page, text in pages.items() if not _write(directory / page, text)]
    except OSError as error:
        fail(
            f"the folder {directory} cannot be made ({error.strerror})",
            STEP_FAILED,
            next_step="name a folder that you may write to",
        )
    out = console()
    out.print(f"[bold green]Ready[/]  {escape(str(directory))}", soft_wrap=True)
    if kept:
        out.print(f"Kept as they were: {escape(', '.join(kept))}", soft_wrap=True)
    if not names:
        out.print(f"Next: name your partnership in {escape(str(directory / SETTINGS_FILE))}.")
    out.print(f"Next: put files into {escape(str(directory / 'raw'))} (its {GUIDE} says how).")
    out.print(f"Then: csp nightly --data {escape(str(directory))}", soft_wrap=True)


def _area_name(name: str) -> str:
    """Return the name that the reference table has; an unknown one ends the command."""
    known = partnership_named(name)
    if known is None:
        fail(
            f"--home '{name}': there is no such partnership",
            WRONG_USAGE,
            next_step=did_you_mean(name) or "give its name or E22 code",
        )
    return known


def _settings(names: list[str]) -> str:
    """Write csp.toml from the project's own, with every setting but the home areas commented."""
    text = (PROJECT_ROOT / SETTINGS_FILE).read_text(encoding="utf-8")
    explained = text[text.index("# Community Safety Partnerships") :]
    commented = _SETTING.sub("# ", explained)
    if names:
        listed = ", ".join(f'"{name}"' for name in names)
        commented = re.sub(r"(?m)^# home_areas = .*$", f"home_areas = [{listed}]", commented)
    return _FIRST_LINES + commented


def _write(file: Path, text: str) -> bool:
    """Write a file that is not there yet; return whether it was written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as page:
            page.write(text)
    except FileExistsError:
        return False
    return True
