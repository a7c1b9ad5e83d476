"""How a sound file is made malformed: archives, workbooks and encodings that are not whole."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl

from tests.landing.sources.official.workbooks import ods


def zipped(members: dict[str, bytes]) -> bytes:
    """Pack files into an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_damaged_bytes(archive: bytes, at: int) -> bytes:
    """Overwrite packed bytes, so that the check sum no longer fits."""
    return archive[:at] + b"\xff" * 20 + archive[at + 20 :]


def with_encryption_flag(archive: bytes) -> bytes:
    """Mark the only member of an archive as encrypted, in both of its headers."""
    data = bytearray(archive)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def xlsx_of(rows: list[list[object]], sheet_name: str = "Sheet1") -> bytes:
    """Write rows as the only sheet of an XLSX; text that begins with = becomes a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sheet_name
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def locked_xlsx() -> bytes:
    """Give what Excel writes for a workbook with a password: a compound file with its package.

    The least of one: a header, the table of sectors, and a directory that names the package.
    """
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, *[free] * 126)
    return (
        header + sectors + _entry("Root Entry", 5, 1) + _entry("EncryptedPackage", 2) + bytes(256)
    )


def _entry(name: str, kind: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
    )


def locked_ods() -> bytes:
    """Give an ODS whose manifest says that its content is encrypted."""
    plain = zipfile.ZipFile(io.BytesIO(ods({"Sheet1": [["area"]]})))
    manifest = plain.read("META-INF/manifest.xml").decode()
    locked = manifest.replace(
        "</manifest:manifest>",
        '<manifest:file-entry manifest:full-path="content.xml" manifest:size="9">'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
    )
    return zipped(
        {
            "mimetype": plain.read("mimetype"),
            "content.xml": b"\x01\x02\x03",
            "META-INF/manifest.xml": locked.encode(),
        }
    )


def bomb_xlsx() -> bytes:
    """Give a workbook whose sheet unpacks to a thousand times its size."""
    return zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (9 << 20)})
