"""The key: made once, for its owner only, outside the data folder."""

from __future__ import annotations

import pytest

from flows.landing import land_inbox
from flows.landing.sources.rules.hash_key import (
    HashKeyUnusableError,
    forget_keys,
    key_for,
    keyed_hash,
)

from .conftest import PLACE, ForceInbox, extract, row


def test_the_key_is_made_once_and_for_its_owner_only(force_inbox: ForceInbox) -> None:
    key = key_for(force_inbox.folder)
    assert len(key) == 32
    assert force_inbox.key_file.stat().st_mode & 0o777 == 0o600
    assert force_inbox.key_file.parent.stat().st_mode & 0o777 == 0o700
    forget_keys()
    assert key_for(force_inbox.folder) == key


def test_keyed_hash_is_hmac_sha256() -> None:
    # RFC 4231, test case 2
    assert keyed_hash(b"Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        ("ab" * 32, 0o644, "chmod 600"),
        ("ab" * 31, 0o600, "64 hexadecimal"),
        ("not a key", 0o600, "holds no key"),
        ("", 0o600, "holds no key"),
    ],
)
def test_a_key_that_cannot_be_trusted_stops_the_landing(
    force_inbox: ForceInbox, content: str, mode: int, said: str
) -> None:
    force_inbox.key_file.parent.mkdir(parents=True)
    force_inbox.key_file.write_text(content)
    force_inbox.key_file.chmod(mode)
    force_inbox.put(PLACE, extract(row()))
    with pytest.raises(HashKeyUnusableError, match=said) as caught:
        land_inbox(force_inbox.folder)
    assert not content or content not in str(caught.value)
    assert force_inbox.rows() == []


def test_a_key_inside_the_data_folder_is_refused(
    force_inbox: ForceInbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSP_HASH_KEY_FILE", str(force_inbox.folder.root / "hash.key"))
    with pytest.raises(HashKeyUnusableError, match="inside the data folder"):
        key_for(force_inbox.folder)
    assert not (force_inbox.folder.root / "hash.key").exists()


@pytest.mark.parametrize("in_its_place", [None, "cd" * 32])
def test_a_lost_key_stops_the_landing_and_the_backup_mends_it(
    force_inbox: ForceInbox, in_its_place: str | None
) -> None:
    force_inbox.put(PLACE, extract(row()))
    assert land_inbox(force_inbox.folder).rows_loaded == 1
    backup = force_inbox.key_file.read_text()
    forget_keys()
    force_inbox.key_file.unlink()
    if in_its_place:
        force_inbox.key_file.write_text(in_its_place)
        force_inbox.key_file.chmod(0o600)
    landed = force_inbox.rows()
    force_inbox.put(PLACE.replace("2025-", "2026-", 1), extract(row(), row()))
    with pytest.raises(HashKeyUnusableError, match="not the key under which") as caught:
        land_inbox(force_inbox.folder)
    assert "put it back from its backup" in str(caught.value)
    assert force_inbox.rows() == landed
    assert force_inbox.key_file.exists() is (in_its_place is not None), "no new key is made"
    forget_keys()
    force_inbox.key_file.write_text(backup)
    force_inbox.key_file.chmod(0o600)
    assert land_inbox(force_inbox.folder).loaded
    mark = force_inbox.folder.state / "hash_key.mark"
    assert mark.stat().st_mode & 0o777 == 0o600
    assert backup.strip() not in mark.read_text()


def test_an_extract_without_references_needs_no_key(force_inbox: ForceInbox) -> None:
    text = (force_inbox.folder.raw / "force_extract/mappings/west-midlands.yml").read_text()
    force_inbox.map(text.replace("  crime_reference: Crime Number\n", ""))
    force_inbox.put(PLACE, extract(row()))
    assert land_inbox(force_inbox.folder).rows_loaded == 1
    assert not force_inbox.key_file.exists()
