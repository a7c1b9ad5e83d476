"""A paper as tagged PDF: the HTML paper, printed by a Chromium or Chrome of this computer."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject

from flows.papers.document import Document
from flows.papers.published import PaperError
from flows.papers.writers.html import as_html

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_SECONDS = 120


def installed_browser() -> str | None:
    """Return the path of a Chromium, Chrome or Edge of this computer; None without one."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def as_pdf(document: Document) -> bytes:
    """Print the paper to tagged PDF. Raises `PaperError` where no browser is found or it fails."""
    browser = installed_browser()
    if browser is None:
        raise PaperError(
            "a PDF needs Chromium, Chrome or Edge, and none was found on this computer. "
            "Expected: one of them by its usual name on the path. Next: install one, or write "
            "--format html and print it from any browser"
        )
    with tempfile.TemporaryDirectory(prefix="csp-paper-") as folder:
        page, target = Path(folder) / "paper.html", Path(folder) / "paper.pdf"
        page.write_text(as_html(document), encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ]
        # Chromium refuses its sandbox to root; the page is ours, without script or address
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise PaperError(
                f"{browser} did not print the paper within {_SECONDS} seconds. "
                "Next: try again, or write --format html and print it"
            ) from error
        if not target.exists():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise PaperError(
                f"{browser} did not print the paper ({last[:200]}). "
                "Next: write --format html and print it from any browser"
            )
        return _dated(target.read_bytes(), document)


def _dated(printed: bytes, document: Document) -> bytes:
    """Give the PDF the publication's time instead of today's, and its title."""
    writer = PdfWriter(clone_from=io.BytesIO(printed))
    stamp = document.published_at.strftime("D:%Y%m%d%H%M%S+00'00'")
    writer.metadata = {
        "/Title": f"{document.title}, {document.subtitle}",
        "/Subject": "; ".join([f"Publication {document.publication_id}", *document.markings]),
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    identifier = ByteStringObject(document.publication_id.encode())
    writer._ID = ArrayObject([identifier, identifier])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
