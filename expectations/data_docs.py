"""Great Expectations' Data Docs as a folder that opens without a network."""

from __future__ import annotations

import contextlib
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The library's pages ask strangers' servers for scripts, styles and a logo: none is needed to read.
_OUTSIDE = re.compile(
    r"<script\b[^>]*\bsrc=[\"']https?:[^>]*>\s*</script>"
    r"|<link\b[^>]*\bhref=[\"']https?:[^>]*>"
    r"|<img\b[^>]*\bsrc=[\"']https?:[^>]*>",
    re.IGNORECASE,
)
_OUTSIDE_PICTURE = re.compile(r"url\(\s*[\"']?https?:[^)]*\)", re.IGNORECASE)
# how the library ends its report of a page that failed: 'OSError: "[Errno 28] …".  Traceback: …'
_ITS_ERROR = re.compile(r"(?P<error>\w+: \".*?\")\.\s+Traceback:", re.DOTALL)
_PLAIN_STYLE = (
    "<style>body{font-family:sans-serif;margin:1rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #ccc;padding:.3rem;text-align:left;vertical-align:top}"
    "button,.modal,.navbar{display:none}</style></head>"
)


def write_data_docs(context: Any, folder: Path) -> None:
    """Write the pages of `context` into `folder`, replacing what is there.

    The pages keep the library's text and tables; scripts, styles and pictures from other servers
    are taken out, and the walkthrough pictures are left away. Raises `OSError` where a page could
    not be written.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    context.add_data_docs_site(
        "checks",
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(folder),
            },
        },
    )
    with _errors_of_pages() as errors:
        context.build_data_docs(site_names=["checks"])
    if errors:
        raise OSError(f"{folder}: a page of the checks could not be written: {errors[0]}")
    for page in folder.rglob("*.html"):
        text = _OUTSIDE.sub("", page.read_text(encoding="utf-8"))
        text = _OUTSIDE_PICTURE.sub("none", text)
        page.write_text(text.replace("</head>", _PLAIN_STYLE, 1), encoding="utf-8")
    # The library's own index is drawn by a script that is not here; ours replaces it.
    (folder / "index.html").unlink(missing_ok=True)
    for unused in ("images", "fonts"):
        shutil.rmtree(folder / "static" / unused, ignore_errors=True)


@contextlib.contextmanager
def _errors_of_pages() -> Iterator[list[str]]:
    """Collect in what words a page failed: the library logs that with a traceback and goes on."""
    found: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said = _ITS_ERROR.search(record.getMessage())
            found.append(said["error"] if said else record.getMessage().splitlines()[0])

    library = logging.getLogger("great_expectations.render.renderer.site_builder")
    handler, propagates = Collect(logging.ERROR), library.propagate
    library.addHandler(handler)
    library.propagate = False
    try:
        yield found
    finally:
        library.removeHandler(handler)
        library.propagate = propagates
