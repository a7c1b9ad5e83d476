"""data.police.uk's archives: which are needed, and what of them goes into the inbox.

`<base>/data/archive/YYYY-MM.zip` holds up to 36 months, to that month, of all forces: about
1.7 GB. Where forces are named, the inbox gets a ZIP with their files alone, each byte for byte
as it was packed (landing names a load by the bytes of the file inside an archive, so it is the
same load as from the whole archive). Where none is named, the inbox gets the archive itself.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import httpx

from flows.calendar_months import month_end, months_from, year_month
from flows.data_folder import DataFolder
from flows.fetching.checksums import Checksum, digest_of, listed_md5
from flows.fetching.download import Fetched, Patience, client_for, download
from flows.fetching.failures import FetchFailedError

SOURCE = "police_uk"
ARCHIVES = "data/archive/"

_NAME = re.compile(r"(?i)(\d{4}-\d{2})-([a-z0-9-]+?)-(street|outcomes|stop-and-search)\.csv")
_MONTH = re.compile(r"(\d{4})-(\d{2})")

OnArchive = Callable[[str], Callable[[int, int | None], None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: forces by the publisher's short names (none: all), first and last month.

    Months are their first days.
    """

    forces: tuple[str, ...]
    first: date
    last: date


@dataclass(slots=True)
class Delivery:
    """One archive in the inbox: the file, which months it brought, and how it was verified."""

    archive: str
    path: Path
    months: tuple[str, ...]
    files: int
    verified: tuple[str, ...]
    was_there: bool = False


@dataclass(slots=True)
class FetchReport:
    """What a run brought; `missing` lists force and month that no archive held a file for."""

    deliveries: list[Delivery] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)


def month_named(text: str) -> date:
    """Read a month as YYYY-MM. Raises ValueError for anything else."""
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        raise ValueError("a month as YYYY-MM")
    return date(int(found.group(1)), int(found.group(2)), 1)


def fetch(
    folder: DataFolder,
    wanted: Wanted,
    *,
    base_url: str,
    patience: Patience,
    extract_date: date | None = None,
    on_archive: OnArchive | None = None,
) -> FetchReport:
    """Bring the wanted months into the inbox, from as few archives as hold them.

    The newest archive is asked for first; months that it does not hold are looked for in the
    archive of the newest such month, and so on. Raises FetchFailedError; what was brought stays.
    """
    report = FetchReport()
    left = [year_month(month) for month in months_from(wanted.first, wanted.last)]
    partial = folder.raw / SOURCE / ".partial"
    partial.mkdir(parents=True, exist_ok=True)
    partial.chmod(0o700)
    held: set[tuple[str, str]] = set()
    with client_for(patience) as client, _only_one(partial):
        listing = _listing(client, base_url)
        while left:
            archive = f"{left[-1]}.zip"
            one = _Archive(client, folder, partial, archive, base_url, wanted, set(left))
            progress = on_archive(archive) if on_archive is not None else None
            delivery, found = one.fetch(listing, patience, extract_date, progress)
            report.deliveries.append(delivery)
            held |= found
            brought = {month for month, _ in found}
            # a month that its own archive does not hold is nowhere
            left = [month for month in left[:-1] if month not in brought]
    if not any(True for _ in held):
        raise FetchFailedError(
            f"no archive holds a file of {', '.join(wanted.forces) or 'any force'} for "
            f"{wanted.first:%Y-%m} to {wanted.last:%Y-%m}",
            next_step="name forces as data.police.uk does in its file names, such as "
            "west-midlands, west-mercia or btp",
        )
    report.missing = [
        (force, month)
        for force in wanted.forces
        for month in map(year_month, months_from(wanted.first, wanted.last))
        if (month, force) not in held
    ]
    return report


def _listing(client: httpx.Client, base_url: str) -> str:
    """Give the text of the list of archives, where there is one: it may state MD5s."""
    try:
        response = client.get(_address(base_url, ""))
    except httpx.HTTPError:
        return ""
    return response.text if response.status_code == 200 else ""


def _address(base_url: str, archive: str) -> str:
    return f"{base_url.rstrip('/')}/{ARCHIVES}{archive}"


class _Archive:
    """One archive: fetched, checked, and put into the inbox."""

    def __init__(
        self,
        client: httpx.Client,
        folder: DataFolder,
        partial: Path,
        archive: str,
        base_url: str,
        wanted: Wanted,
        months: set[str],
    ) -> None:
        self._client = client
        self._inbox = folder.raw / SOURCE
        self._partial = partial
        self._archive = archive
        self._url = _address(base_url, archive)
        self._forces = wanted.forces
        self._months = months
        # a force's name holds hyphens; a plus parts them plainly
        chosen = "+".join(sorted(self._forces))
        stem = archive.removesuffix(".zip")
        bounds = f"{min(months)}_{max(months)}"
        self._name = f"{stem}.{chosen}.{bounds}.zip" if self._forces else archive

    def fetch(
        self,
        listing: str,
        patience: Patience,
        extract_date: date | None,
        on_progress: Callable[[int, int | None], None] | None,
    ) -> tuple[Delivery, set[tuple[str, str]]]:
        """Fetch it unless the inbox has it; the delivery, and (month, force) of each file."""
        listed = listed_md5(listing, self._archive)
        stated: list[Checksum] = [] if listed is None else [listed]
        known = self._known()

        def already(etag: str, size: int | None) -> bool:
            return any(_same_archive(papers, etag, size, listed) for _, papers in known)

        part = self._partial / f"{self._archive}.part"
        got = download(
            self._client,
            self._url,
            part,
            patience,
            stated=stated,
            already=already,
            on_progress=on_progress,
        )
        if got is None:
            path = known[-1][0]
            found = _files_of(path, self._forces, self._months)
            return _delivery(self._archive, path, found, (), was_there=True), set(found)
        return self._deliver(got, extract_date or self._extract_date(got))

    def _known(self) -> list[tuple[Path, dict[str, object]]]:
        """List the archives of this name in the inbox, oldest first, with their papers."""
        found = []
        for path in sorted(self._inbox.glob(f"[0-9]*/{self._name}")):
            try:
                papers = json.loads(_papers_of(path).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            # a file that was changed since is not what the papers are of
            if papers.get("delivered_bytes") == path.stat().st_size:
                found.append((path, papers))
        return found

    def _deliver(self, got: Fetched, day: date) -> tuple[Delivery, set[tuple[str, str]]]:
        target = self._inbox / day.isoformat() / self._name
        found = _files_of(got.path, self._forces, self._months)
        digest = digest_of(got.path, "sha256")
        if not found and self._forces:
            got.path.unlink()
            _beside(got.path).unlink(missing_ok=True)
            return Delivery(self._archive, target, (), 0, got.verified), set()
        target.parent.mkdir(parents=True, exist_ok=True)
        if self._forces:
            ready = self._partial / self._name
            _take_members(got.path, ready, set(found.values()))
        else:
            ready = got.path
        papers = {
            "fetched_from": got.url,
            "fetched_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "archive_bytes": got.bytes,
            "archive_sha256": digest,
            "archive_md5": digest_of(got.path, "md5"),
            "etag": got.etag,
            "last_modified": got.last_modified.isoformat() if got.last_modified else "",
            "verified": [*got.verified, "ZIP check sums"],
            "delivered_bytes": ready.stat().st_size,
            "files": len(found),
            "licence": "Open Government Licence v3.0",
        }
        _papers_of(target).write_text(json.dumps(papers, indent=1) + "\n", encoding="utf-8")
        _sync(ready)
        ready.replace(target)
        target.chmod(0o644)
        if ready is not got.path:
            got.path.unlink()
        _beside(got.path).unlink(missing_ok=True)
        return _delivery(self._archive, target, found, got.verified), set(found)

    def _extract_date(self, got: Fetched) -> date:
        """Take the day on which the publisher made the archive, as its server states it.

        A server that states none, or a day before the archive's own month was over, is not
        believed: then it is the last day of that month.
        """
        last = month_end(month_named(self._archive.removesuffix(".zip")))
        said = None if got.last_modified is None else got.last_modified.astimezone(UTC).date()
        return said if said is not None and said >= last else last


def _same_archive(
    papers: dict[str, object], etag: str, size: int | None, listed: Checksum | None
) -> bool:
    if size is not None and papers.get("archive_bytes") != size:
        return False
    if listed is not None:
        return papers.get("archive_md5") == listed.hexadecimal
    return bool(etag) and papers.get("etag") == etag


def _papers_of(path: Path) -> Path:
    """Name the paper beside a delivery; landing takes README files for no data."""
    return path.with_name(f"README-{path.name}.json")


def _beside(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _files_of(
    path: Path, forces: Iterable[str], months: set[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Find the files of the wanted forces and months: names in the archive by (month, force)."""
    chosen = {force.lower() for force in forces}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            named = _NAME.fullmatch(PurePosixPath(name).name)
            if named is None or named.group(1) not in months:
                continue
            force = named.group(2).lower()
            if not chosen or force in chosen:
                key = (named.group(1), force)
                found[key] = (*found.get(key, ()), name)
    return found


def _take_members(archive: Path, target: Path, chosen: set[tuple[str, ...]]) -> None:
    """Write a ZIP with some of an archive's files, their bytes, names and times as they were."""
    names = {name for group in chosen for name in group}
    with (
        zipfile.ZipFile(archive) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as taken,
    ):
        for info in source.infolist():
            if info.filename not in names:
                continue
            copied = zipfile.ZipInfo(info.filename, info.date_time)
            copied.compress_type = zipfile.ZIP_DEFLATED
            copied.external_attr = info.external_attr
            copied.file_size = info.file_size
            with source.open(info) as packed, taken.open(copied, "w") as stream:
                shutil.copyfileobj(packed, stream, 1 << 20)


def _delivery(
    archive: str,
    path: Path,
    found: dict[tuple[str, str], tuple[str, ...]],
    verified: tuple[str, ...],
    *,
    was_there: bool = False,
) -> Delivery:
    months = tuple(sorted({month for month, _ in found}))
    files = sum(len(names) for names in found.values())
    return Delivery(archive, path, months, files, verified, was_there)


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


class _only_one:  # noqa: N801 - reads as a word in `with`
    """Holds the folder of parts: two runs would write into the same part."""

    def __init__(self, partial: Path) -> None:
        self._path = partial / "lock"

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        try:
            import fcntl
        except ImportError:  # no such locks on this system
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise FetchFailedError(
                "another csp fetch is running on this data folder",
                next_step="wait until it has ended",
            ) from None

    def __exit__(self, *_: object) -> None:
        self._file.close()
