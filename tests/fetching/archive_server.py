"""A server on the loopback that lays archives out as data.police.uk does, and can misbehave."""

from __future__ import annotations

import hashlib
import io
import threading
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LAST_MODIFIED = "Wed, 03 Jun 2026 09:30:00 GMT"
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
    "LSOA code,LSOA name,Crime type,Last outcome category,Context\r\n"
)

Misbehaviour = Callable[["Handler", bytes], None]


def street_file(force: str, month: str, rows: int = 3) -> bytes:
    """Make a street file; nothing in it is real."""
    row = f",{month},{force},{force},,,No Location,,,Burglary,,\r\n"
    return (HEADER + row * rows).encode()


def archive_of(*places: tuple[str, str], padding: int = 0) -> bytes:
    """Make an archive with a street file for each (month, force); padding makes it larger."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for month, force in places:
            archive.writestr(f"{month}/{month}-{force}-street.csv", street_file(force, month))
        if padding:
            noise = b"".join(
                hashlib.sha256(str(n).encode()).digest() for n in range(padding // 32 + 1)
            )
            archive.writestr("2020-01/2020-01-nowhere-street.csv", noise)
    return target.getvalue()


@dataclass
class Site:
    """What the server holds, how it behaves next, and what it was asked."""

    archives: dict[str, bytes] = field(default_factory=dict)
    listing: str | None = None
    headers: dict[str, str] = field(default_factory=lambda: {"Last-Modified": LAST_MODIFIED})
    misbehave: deque[Misbehaviour] = field(default_factory=deque)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    has_etag: bool = True
    url: str = ""

    def asked_for(self, archive: str) -> list[dict[str, str]]:
        """List the headers of the requests for an archive, in their order."""
        return [headers for path, headers in self.requests if path.endswith(archive)]


class Handler(BaseHTTPRequestHandler):
    """Answers for one `Site`."""

    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer one request."""
        site = self.site
        site.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        site.moments.append(time.monotonic())
        if self.path == "/data/archive/":
            if site.listing is None:
                self.plain(404)
            else:
                self.whole(site.listing.encode())
            return
        name = self.path.rpartition("/")[2]
        if not self.path.startswith(("/data/archive/", "/elsewhere/")) or name not in site.archives:
            self.plain(404)
            return
        content = site.archives[name]
        if site.misbehave:
            site.misbehave.popleft()(self, content)
        else:
            self.serve(content)

    def plain(self, status: int, **headers: str) -> None:
        """Answer without content."""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def serve(self, content: bytes, *, stop_at: int | None = None, pause: float = 0.0) -> None:
        """Answer with an archive or the part asked for, perhaps only up to a byte, or slowly."""
        start = 0
        etag = f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'
        asked = self.headers.get("Range", "")
        unchanged = self.headers.get("If-Range") in (
            etag if self.site.has_etag else None,
            self.site.headers.get("Last-Modified"),
        )
        if asked and unchanged:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        if start >= len(content):
            self.plain(416, Content_Range=f"bytes */{len(content)}")
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if self.site.has_etag and "ETag" not in self.site.headers:
            self.send_header("ETag", etag)
        for key, value in self.site.headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        body = content[start:stop_at]
        for at in range(0, len(body), 8192):
            self.wfile.write(body[at : at + 8192])
            if pause:
                self.wfile.flush()
                time.sleep(pause)
        if stop_at is not None:
            self.wfile.flush()
            self.close_connection = True

    def whole(self, content: bytes) -> None:
        """Answer with a page."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def breaks_off(at: int) -> Misbehaviour:
    """Close the connection after so many bytes of the file."""
    return lambda handler, content: handler.serve(content, stop_at=at)


def slow(pause: float) -> Misbehaviour:
    """Pause after every 8 KiB."""
    return lambda handler, content: handler.serve(content, pause=pause)


def silent(seconds: float) -> Misbehaviour:
    """Take the request and say nothing for a while."""

    def hold(handler: Handler, _: bytes) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return hold


def answers(status: int, **headers: str) -> Misbehaviour:
    """Answer with an error."""
    return lambda handler, _: handler.plain(status, **headers)


def serves_instead(other: bytes) -> Misbehaviour:
    """Serve something else under the same name."""
    return lambda handler, _: handler.serve(other)


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """Serve a site on a free port of the loopback."""
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
