"""One file over HTTP: in pieces, resumed where it broke off, tried again, verified.

The bytes go to `<name>.part`, with what the server said of them in `<name>.part.json` beside it,
and only a verified file is handed over. A later run goes on where this one stopped, as long as
the server still has the same file (If-Range).
"""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from flows.fetching.checksums import Checksum, checksums_in, contradicted
from flows.fetching.failures import FetchFailedError, NotPublishedError
from flows.zip_errors import DAMAGED_ZIP

Progress = Callable[[int, int | None], None]

_SPARE_BYTES = 64 << 20
_GONE = frozenset({404, 410})
_TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
# A server may name any time; a person at a terminal will not wait for it.
_LONGEST_WAIT_SECONDS = 300.0
_LONGEST_PAUSE_SECONDS = 60.0
# What comes wrong twice is wrong at the server; a whole archive takes minutes.
_SPOILT_TWICE = 2


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server: `attempts` in a row without a new byte end the download.

    `timeout_seconds` is for connecting and for each piece, `backoff_seconds` the first pause,
    doubled from try to try unless the server names its own (Retry-After).
    """

    attempts: int = 5
    timeout_seconds: float = 60.0
    backoff_seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A verified file: where it lies, what the server said of it, what was verified."""

    path: Path
    url: str
    bytes: int
    etag: str
    last_modified: datetime | None
    verified: tuple[str, ...]


class _TryAgainError(Exception):
    """An attempt that did not bring the file; `wait`: what the server asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _SpoiltError(_TryAgainError):
    """The bytes that came are not those of the file: they are thrown away."""


def client_for(patience: Patience) -> httpx.Client:
    """Make the client of a run: redirects are followed, nothing waits for ever."""
    return httpx.Client(
        timeout=httpx.Timeout(patience.timeout_seconds),
        follow_redirects=True,
        max_redirects=5,
        headers={"User-Agent": "community-safety-warehouse", "Accept-Encoding": "identity"},
    )


def patiently(
    attempt: Callable[[], Fetched | None], bytes_here: Callable[[], int], patience: Patience
) -> Fetched | None:
    """Try until it is done; raises the last error after so many tries without a new byte."""
    idle = spoilt = 0
    while True:
        before = bytes_here()
        try:
            return attempt()
        except (_TryAgainError, httpx.TransportError) as error:
            spoilt += isinstance(error, _SpoiltError)
            idle = 1 if bytes_here() > before else idle + 1
            if idle >= patience.attempts or spoilt >= _SPOILT_TWICE:
                raise
            asked = error.wait if isinstance(error, _TryAgainError) else None
            pause = min(patience.backoff_seconds * 2.0 ** (idle - 1), _LONGEST_PAUSE_SECONDS)
            time.sleep(pause if asked is None else min(asked, _LONGEST_WAIT_SECONDS))


def download(
    client: httpx.Client,
    url: str,
    part: Path,
    patience: Patience,
    *,
    stated: list[Checksum],
    already: Callable[[str, int | None], bool] = lambda etag, size: False,
    on_progress: Progress | None = None,
) -> Fetched | None:
    """Fetch a ZIP archive to `part`; None where `already(etag, size)` says that it is known.

    Raises NotPublishedError where the server does not have it, and FetchFailedError where it cannot
    be had or is not what its checksums and its own ZIP check sums say. A part that is cut off
    stays.
    """
    one = _Download(client, url, part, stated, already, on_progress)
    try:
        return patiently(one.attempt, one.bytes_here, patience)
    except _SpoiltError as error:
        raise FetchFailedError(
            f"{url}: {error}",
            next_step="try again later; if it stays so, the archive is damaged at its publisher: "
            "write to them, and fetch an earlier month",
        ) from None
    except (_TryAgainError, httpx.TransportError) as error:
        reason = str(error) or type(error).__name__
        raise FetchFailedError(
            f"{url}: {reason} ({patience.attempts} tries without a new byte)",
            next_step="run the command again: it goes on where this one stopped",
        ) from None
    except (httpx.TooManyRedirects, httpx.InvalidURL, httpx.DecodingError) as error:
        raise FetchFailedError(
            f"{url}: {error}",
            next_step="check the setting police_uk_base_url",
        ) from None


class _Download:
    """The state of one file over several attempts; the part on the disk is the truth."""

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        part: Path,
        stated: list[Checksum],
        already: Callable[[str, int | None], bool],
        on_progress: Progress | None,
    ) -> None:
        self._client = client
        self._url = url
        self._part = part
        self._said = part.with_name(part.name + ".json")
        self._listed = stated
        self._in_headers: list[Checksum] = []
        self._already = already
        self._on_progress = on_progress

    def bytes_here(self) -> int:
        """Count the bytes of the part."""
        return self._part.stat().st_size if self._part.exists() else 0

    def attempt(self) -> Fetched | None:
        """Ask once for what is missing; returns when the file is whole and verified."""
        said = self._remembered()
        have = self.bytes_here()
        validator = said.get("etag") or said.get("last_modified") or ""
        if have and (not validator or validator.startswith("W/")):
            have = 0  # nothing says that the rest would be of the same file
        asked = {"Range": f"bytes={have}-", "If-Range": validator} if have else {}
        with self._client.stream("GET", self._url, headers=asked) as response:
            if response.status_code == 416:
                # all of it is here, or the file has become another one: the checks will show it
                if said.get("bytes") != str(have):
                    self._throw_away()
                    raise _TryAgainError("the file at the server has changed")
            else:
                self._refuse_unless_good(response)
                resumed = response.status_code == 206
                if resumed and _range_start(response) != have:
                    self._throw_away()
                    raise _TryAgainError("the server sent another part than the one asked for")
                said = _said_by(response)
                size = int(said["bytes"]) if said["bytes"] else None
                if not resumed and self._already(said["etag"], size):
                    return None
                self._check_free_space(size, have if resumed else 0)
                self._remember(said)
                before = self._in_headers if resumed else []
                self._in_headers = [*before, *checksums_in(response.headers)]
                self._receive(response, size, have if resumed else 0)
        self._verify(said)
        return Fetched(
            self._part,
            self._url,
            self.bytes_here(),
            said.get("etag", ""),
            _moment(said.get("last_modified", "")),
            tuple(dict.fromkeys(f"{c.algorithm} of {c.said_by}" for c in self._stated())),
        )

    def _refuse_unless_good(self, response: httpx.Response) -> None:
        status = response.status_code
        if self._url.startswith("https:") and response.url.scheme != "https":
            raise FetchFailedError(
                f"{self._url}: the server leads to an address without encryption",
                next_step="check the setting police_uk_base_url",
            )
        if status in _GONE:
            raise NotPublishedError(
                f"{self._url}: the server has no such archive (HTTP {status})",
                next_step="name an earlier month with --to: an archive appears about two months "
                "after its month, and those older than three years are taken away",
            )
        if status in _TRY_LATER:
            wait = _retry_after(response.headers.get("retry-after", ""))
            raise _TryAgainError(f"the server answers HTTP {status}", wait)
        if status not in (200, 206):
            raise FetchFailedError(
                f"{self._url}: the server answers HTTP {status}",
                next_step="check the setting police_uk_base_url, and the proxy if there is one",
            )

    def _check_free_space(self, size: int | None, have: int) -> None:
        # the archive, and as much again for what is taken from it
        wanted = 0 if size is None else (size - have) + size + _SPARE_BYTES
        free = shutil.disk_usage(self._part.parent).free
        if wanted > free:
            raise FetchFailedError(
                f"{self._url}: {wanted:,} bytes of disk are needed and {free:,} are free",
                next_step="free some space, or name another data folder with --data",
            )

    def _receive(self, response: httpx.Response, size: int | None, have: int) -> None:
        if self._on_progress is not None:
            self._on_progress(have, size)
        with self._part.open("ab" if have else "wb") as stream:
            for piece in response.iter_raw():
                stream.write(piece)
                have += len(piece)
                if self._on_progress is not None:
                    self._on_progress(have, size)

    def _verify(self, said: dict[str, str]) -> None:
        size, have = said.get("bytes", ""), self.bytes_here()
        if size and have < int(size):
            raise _TryAgainError(f"the connection ended after {have:,} of {int(size):,} bytes")
        if size and have > int(size):
            self._spoilt(f"{have:,} bytes came, {int(size):,} were announced")
        wrong = contradicted(self._part, self._stated())
        if wrong is not None:
            self._spoilt(f"the {wrong.algorithm} is not the one that {wrong.said_by} gives")
        try:
            with zipfile.ZipFile(self._part) as archive:
                damaged = archive.testzip()
        except DAMAGED_ZIP:
            self._spoilt("what came is no whole ZIP archive")
        except Exception as error:  # zlib.error and the like: the bytes are not those packed
            self._spoilt(f"what came is no whole ZIP archive ({type(error).__name__})")
        else:
            if damaged is not None:
                self._spoilt("a file inside the archive is damaged")

    def _stated(self) -> list[Checksum]:
        return list(dict.fromkeys([*self._listed, *self._in_headers]))

    def _spoilt(self, reason: str) -> None:
        self._throw_away()
        raise _SpoiltError(reason)

    def _throw_away(self) -> None:
        self._part.unlink(missing_ok=True)
        self._said.unlink(missing_ok=True)

    def _remember(self, said: dict[str, str]) -> None:
        self._said.write_text(json.dumps(said), encoding="utf-8")

    def _remembered(self) -> dict[str, str]:
        try:
            said = json.loads(self._said.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(said, dict) or said.get("url") not in ("", self._url, None):
            return {}
        return {str(key): str(value) for key, value in said.items()}


def _said_by(response: httpx.Response) -> dict[str, str]:
    headers = response.headers
    if response.status_code == 206:
        total = headers.get("content-range", "").rpartition("/")[2]
    else:
        total = headers.get("content-length", "")
    return {
        "etag": headers.get("etag", ""),
        "last_modified": headers.get("last-modified", ""),
        "bytes": total if total.isdigit() else "",
    }


def _range_start(response: httpx.Response) -> int | None:
    words = response.headers.get("content-range", "").removeprefix("bytes ").split("-")[0]
    return int(words) if words.isdigit() else None


def _retry_after(text: str) -> float | None:
    if text.strip().isdigit():
        return float(text)
    moment = _moment(text)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
