"""The key by which references become hashes: outside the data folder, for its owner only.

Anyone who holds the landing but not the key cannot find out whether a reference that he knows is in
it. The key is made at first use and is never logged, landed or published; it is the user's to
back up. Under another key the persons and places of later files would be strangers to those of
earlier ones, and repeats would be missed without a word: so the data folder keeps a hash by which
its key is known again, and nothing is landed under another.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import threading
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import private_folder, write_privately
from flows.settings import load_settings

_KEY_BYTES = 32
_MARKED_TEXT = "the key of this data folder"
_lock = threading.Lock()
_known: dict[Path, bytes] = {}


class HashKeyUnusableError(Exception):
    """The key file cannot be made, read or trusted; nothing that needs a hash is landed."""


def key_for(folder: DataFolder) -> bytes:
    """Give the key that the settings of a data folder name, made now if there is none yet.

    Raises HashKeyUnusableError naming the file and what to do, also where the folder's files were
    landed under another key, and then makes none.
    """
    with _lock:
        path = load_settings(folder.root).hash_key_file.expanduser().absolute()
        if path not in _known:
            _refuse_inside(path, folder)
            if not path.exists():
                if _mark(folder).exists():
                    raise _lost(path, folder)
                _make(path)
            _known[path] = _read(path)
        _recognise(path, _known[path], folder)
        return _known[path]


def forget_keys() -> None:
    """Read key files again at the next use (for tests and long-lived processes)."""
    with _lock:
        _known.clear()


def keyed_hash(key: bytes, text: str) -> str:
    """Give the HMAC-SHA256 of a text, as 64 hexadecimal characters."""
    return hmac.digest(key, text.encode(), "sha256").hex()


def _mark(folder: DataFolder) -> Path:
    return folder.state / "hash_key.mark"


def _recognise(path: Path, key: bytes, folder: DataFolder) -> None:
    """Hold the key to the folder's mark, which is left at its first use and gives nothing away."""
    mark = _mark(folder)
    own = keyed_hash(key, _MARKED_TEXT).encode()
    try:
        if not hmac.compare_digest(mark.read_bytes().strip(), own):
            raise _lost(path, folder)
    except FileNotFoundError:
        write_privately(private_folder(mark.parent) / mark.name, own + b"\n")


def _lost(path: Path, folder: DataFolder) -> HashKeyUnusableError:
    return _unusable(
        path,
        "it is not the key under which this data folder's files were landed",
        "that key",
        "put it back from its backup. If it is lost for good, persons and places of new files "
        f"cannot be matched with those landed: move {folder.landing} away with {_mark(folder)}, so "
        "that the whole inbox is landed under a new key",
    )


def _refuse_inside(path: Path, folder: DataFolder) -> None:
    if path.resolve().is_relative_to(folder.root.resolve()):
        raise _unusable(
            path,
            "the key would lie inside the data folder",
            "a place outside it, so that a copy of the data does not carry its key",
            "name another file in the setting hash_key_file",
        )


def _make(path: Path) -> None:
    """Make a key; of two processes that do so at once, the first one's stands."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                os.fchmod(descriptor, 0o600)
                stream.write(secrets.token_hex(_KEY_BYTES) + "\n")
                stream.flush()
                os.fsync(descriptor)
            with contextlib.suppress(FileExistsError):
                os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _unusable(
            path,
            f"the key cannot be made ({error.strerror})",
            "a folder that this user may write to",
            "correct its permissions, or name another file in the setting hash_key_file",
        ) from None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise _unusable(
                path,
                "others than its owner may read or change it",
                "mode 0600",
                f"chmod 600 {path}, and ask who has seen it",
            )
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise _unusable(
            path, f"it cannot be read ({error.strerror})", "a readable key file", "correct it"
        ) from None
    except ValueError:
        key = b""
    if len(key) < _KEY_BYTES:
        raise _unusable(
            path,
            "it holds no key",
            f"at least {2 * _KEY_BYTES} hexadecimal characters on one line",
            "put the key back from its backup, or remove the file to have a new one made",
        )
    return key


def _unusable(path: Path, problem: str, expected: str, next_step: str) -> HashKeyUnusableError:
    return HashKeyUnusableError(
        f"the key file {path}: {problem}. Expected: {expected}. Next: {next_step}."
    )
