"""Keys of persons and places become keyed hashes before anything is landed."""

from __future__ import annotations

import pyarrow as pa

from flows.landing.reader import SupplierFile
from flows.landing.sources.rules.hash_key import keyed_hash
from flows.landing.tables.refusal import FileRefusedError


def hash_columns(
    table: pa.Table, file: SupplierFile, columns: tuple[str, ...], *, lists: tuple[str, ...] = ()
) -> pa.Table:
    """Put the HMAC-SHA256 in the place of every key; empty stays empty.

    Keys are compared without regard to case and surrounding spaces. Columns of `lists` hold
    several keys separated by semicolons: they become sorted hashes, each once, so that their
    order says nothing. The key is made or read only where there is something to hash.
    """
    for name in (*columns, *lists):
        words = table.column(name).to_pylist()
        if not any(words):
            continue
        if file.hash_key is None:
            raise FileRefusedError(
                "the file holds keys of persons or places and there is no key to hash them by",
                expected="a hash key",
                next_step="name a file for it in the setting hash_key_file",
            )
        key = file.hash_key()
        hashes = [_hashed(key, word, split=name in lists) for word in words]
        at = table.column_names.index(name)
        table = table.set_column(at, name, pa.array(hashes, pa.string()))
    return table


def _hashed(key: bytes, word: str | None, *, split: bool) -> str | None:
    parts = [] if word is None else word.split(";") if split else [word]
    hashes = {keyed_hash(key, part.strip().casefold()) for part in parts if part.strip()}
    return ";".join(sorted(hashes)) or None
