"""`csp audit`: checks the figures in a draft report against each other and the publication."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from flows.command.terminal import STEP_FAILED, WRONG_USAGE, DataOption, console, fail
from flows.data_folder import DataFolder
from flows.publishing import current_publication

if TYPE_CHECKING:
    from flows.audit.audit import Audit

CONTRADICTED = 4
_STYLES = {"contradicted": "bold red", "doubtful": "yellow", "confirmed": "green"}


def audit(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A draft: .docx, .md, .txt, .html or .pdf.")
    ],
    area: Annotated[
        str,
        typer.Option("--area", help="The area that the draft is about, where it does not say so."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    annotated: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="FILE",
            help="Write a copy with remarks: .html, or .docx with comments from a .docx draft.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Show what is confirmed or not checkable too.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Check the figures and claims in a draft report.

    First against each other (from A to B is a change of C; n of m is p per cent), then against what
    is published. Exit code 0 where nothing is contradicted, 4 where something is.

    [bold]Examples[/]

      csp audit draft.docx

      csp audit draft.docx --area Dudley --annotated remarks.docx

      csp audit draft.md --json
    """
    from flows.audit.audit import audit_draft
    from flows.audit.draft import DraftError
    from flows.audit.vocabulary import VocabularyError, load_vocabulary
    from flows.papers.published import PaperError, opened

    if annotated is not None and annotated.suffix.lower() not in _copies(file):
        fail(
            f"--annotated {annotated}: such a copy cannot be made of {file.name}",
            WRONG_USAGE,
            next_step=f"name a file that ends with {' or '.join(_copies(file))}",
        )
    folder = DataFolder.chosen(data)
    current = current_publication(folder)
    try:
        with ExitStack() as stack:
            published = None
            if current is not None:
                manifest = current.database.with_name("manifest.json")
                published = stack.enter_context(opened(current.database, manifest))
                area = published.area(area).name if area else ""
            found = audit_draft(file, load_vocabulary(folder.root), published, area)
    except (DraftError, VocabularyError, PaperError) as error:
        fail(str(error), STEP_FAILED)
    if annotated is not None:
        _write_copy(found, annotated)
    if as_json:
        console().print_json(
            json.dumps(
                {
                    "file": str(file),
                    "publication": found.publication_id,
                    "counts": dict(found.counts),
                    "findings": [finding.as_dict() for finding in found.findings],
                }
            )
        )
    else:
        _show(found, every)
    if found.contradicted:
        raise typer.Exit(CONTRADICTED)


def _copies(file: Path) -> tuple[str, ...]:
    return (".html", ".docx") if file.suffix.lower() == ".docx" else (".html",)


def _write_copy(found: Audit, annotated: Path) -> None:
    from flows.audit.annotated import as_html, comment_docx

    try:
        if annotated.suffix.lower() == ".docx":
            comment_docx(found, annotated)
        else:
            annotated.write_text(as_html(found), encoding="utf-8")
    except OSError as error:
        fail(
            f"{annotated} cannot be written ({error.strerror})",
            STEP_FAILED,
            next_step="name another file with --annotated",
        )


def _show(found: Audit, every: bool) -> None:
    from flows.audit.annotated import summary

    out = console()
    for finding in found.findings:
        if not every and finding.verdict not in ("contradicted", "doubtful"):
            continue
        style = _STYLES.get(finding.verdict, "dim")
        out.print(f"[{style}]{finding.verdict.capitalize()}[/]  {escape(finding.sentence.text)}")
        out.print(f"  {escape(finding.claim)}: {escape(finding.reason)}.")
        if finding.right:
            out.print(f"  [bold]Right:[/] {escape(finding.right)}")
        if finding.query:
            out.print(f"  [dim]{escape(finding.query)}[/]", soft_wrap=True)
    out.print(summary(found))
