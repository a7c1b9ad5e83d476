"""Bytes to UTF-8: which encoding a supplier's text is in, found out and written down."""

from __future__ import annotations

import codecs

from flows.landing.tables.refusal import FileRefusedError

# Beginnings of files that people send by mistake under a name that ends in .csv.
_NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an XLSX or ODS workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"PAR1", "a Parquet file"),
)
_SAVE_AS_TEXT = "save the table as 'CSV UTF-8' and send it again"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, and go on after them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    try:
        return error.object[error.start : error.end].decode("cp1252"), error.end
    except UnicodeDecodeError:
        raise error from None  # it knows the place in the whole text


codecs.register_error("landing-cp1252", _as_windows_1252)


def to_utf8(data: bytes) -> tuple[bytes, str]:
    """Give the text as UTF-8 without a byte order mark, and the name of its encoding.

    UTF-8 is tried first; single bytes that are none are read as Windows-1252, which old
    spreadsheets write, and the encoding is then named `utf-8+cp1252`. UTF-16 is read where its
    byte order mark says so. Raises FileRefusedError for anything else.
    """
    for magic, what in _NOT_TEXT:
        if data.startswith(magic):
            raise FileRefusedError(
                f"the file is no text but {what}",
                line=1,
                expected="a text table (CSV)",
                next_step=_SAVE_AS_TEXT,
            )
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _unknown("its byte order mark says UTF-32", 1)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode(), "utf-16"
        except UnicodeError:
            raise _unknown("it begins as UTF-16 and then breaks off", None) from None
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.isascii():
        return data, "utf-8"
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return data, "utf-8"
    try:
        return data.decode("utf-8", "landing-cp1252").encode(), "utf-8+cp1252"
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = max(before.count(b"\n"), before.count(b"\r")) + 1
        raise _unknown("it holds bytes that are neither UTF-8 nor Windows-1252", line) from None


def _unknown(problem: str, line: int | None) -> FileRefusedError:
    return FileRefusedError(
        f"the encoding of the text is unknown: {problem}",
        line=line,
        expected="UTF-8, Windows-1252, or UTF-16 with a byte order mark",
        next_step=_SAVE_AS_TEXT,
    )
