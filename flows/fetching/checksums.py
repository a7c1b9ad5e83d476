"""Checksums that a server gives for an archive: on its list, beside the file, in its headers.

data.police.uk lists an MD5 beside each archive; other servers send it as Content-MD5, Digest,
Repr-Digest, or as the ETag. Whatever is given is verified; a file without any still has its
length and the check sums inside the ZIP.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MD5 = re.compile(r"\b[0-9a-fA-F]{32}\b")
_DIGEST = re.compile(r"(?i)(sha-256|sha-512|md5)\s*=\s*:?([A-Za-z0-9+/]+={0,2}):?")
_ALGORITHMS = {"sha-256": "sha256", "sha-512": "sha512", "md5": "md5"}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a file's digest must be, and who says so. `algorithm` is a name of hashlib's."""

    algorithm: str
    hexadecimal: str
    said_by: str


def listed_md5(listing: str, archive: str) -> Checksum | None:
    """Find an archive's MD5 in a list of archives (a web page, or lines of `md5  name`).

    It is the first MD5 after the archive's name and before the next archive's, or else the one
    before it on the same line.
    """
    names = list(re.finditer(r"\b\d{4}-\d{2}\.zip\b", listing))
    for at, name in enumerate(names):
        if name.group() != archive:
            continue
        following = [other.start() for other in names[at + 1 :] if other.group() != archive]
        after = listing[name.end() : following[0] if following else None]
        line = listing[: name.start()].rpartition("\n")[2]
        found = _MD5.search(line) or _MD5.search(after)
        if found is not None:
            return Checksum("md5", found.group().lower(), "the list of archives")
    return None


def checksums_in(headers: Mapping[str, str]) -> list[Checksum]:
    """Give the digests of the whole file that a response's headers state, the strongest first."""
    found: list[Checksum] = []
    for header in ("repr-digest", "digest"):
        for name, text in _DIGEST.findall(headers.get(header, "")):
            digest = _from_base64(text)
            algorithm = _ALGORITHMS[name.lower()]
            if digest is not None and len(digest) == hashlib.new(algorithm).digest_size:
                found.append(Checksum(algorithm, digest.hex(), f"the header {header}"))
    # Content-MD5 is of what this response carries: of a part, where it answers a range
    if "content-range" not in headers:
        digest = _from_base64(headers.get("content-md5", ""))
        if digest is not None and len(digest) == 16:
            found.append(Checksum("md5", digest.hex(), "the header content-md5"))
    etag = headers.get("etag", "")
    if re.fullmatch(r'"[0-9a-fA-F]{32}"', etag):
        found.append(Checksum("md5", etag.strip('"').lower(), "the ETag"))
    return found


def _from_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if text else None
    except (binascii.Error, ValueError):
        return None


def digest_of(path: Path, algorithm: str) -> str:
    """Compute a file's digest in hexadecimal, reading a mebibyte at a time."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def contradicted(path: Path, stated: list[Checksum]) -> Checksum | None:
    """Give the first checksum that the file does not have; None where it has all that count.

    An ETag looks like an MD5 on some servers without being one, so it counts only where nothing
    else was stated.
    """
    stronger = [checksum for checksum in stated if checksum.said_by != "the ETag"]
    for checksum in stronger or stated:
        if digest_of(path, checksum.algorithm) != checksum.hexadecimal:
            return checksum
    return None
