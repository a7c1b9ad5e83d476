"""Archives fetched from a server on the loopback that is slow, breaks off, and answers errors."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import zipfile
from collections import namedtuple
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from flows.fetching.checksums import listed_md5
from flows.fetching.download import Patience
from flows.fetching.failures import FetchFailedError, NotPublishedError
from flows.fetching.police_uk import month_named
from flows.landing import land_inbox
from tests.conftest import run_csp
from tests.fetching.archive_server import (
    answers,
    archive_of,
    breaks_off,
    serves_instead,
    silent,
    slow,
    street_file,
)

pytestmark = pytest.mark.long

BOTH = (("2026-02", "west-midlands"), ("2026-03", "west-midlands"))
LARGE = archive_of(*BOTH, ("2026-03", "kent"), padding=400_000)
PLACE = "police_uk/2026-06-03/2026-03.west-midlands.2026-02_2026-03.zip"


def inbox_files(folder) -> list[str]:
    return sorted(
        path.relative_to(folder.raw).as_posix()
        for path in folder.raw.rglob("*")
        if path.is_file() and "README" not in path.name and ".partial" not in path.parts
    )


def test_the_files_of_the_wanted_forces_arrive_byte_for_byte(site, folder, bring):
    site.archives["2026-03.zip"] = archive_of(*BOTH, ("2026-03", "kent"), ("2026-01", "kent"))
    report = bring("west-midlands")
    assert inbox_files(folder) == [PLACE]
    with zipfile.ZipFile(folder.raw / PLACE) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{month}/{month}-west-midlands-street.csv": street_file("west-midlands", month)
            for month in ("2026-02", "2026-03")
        }
    assert (report.deliveries[0].files, report.missing) == (2, [])
    papers = json.loads((folder.raw / PLACE).with_name(f"README-{PLACE[21:]}.json").read_text())
    whole = site.archives["2026-03.zip"]
    assert papers["archive_sha256"] == hashlib.sha256(whole).hexdigest()
    assert papers["fetched_from"] == f"{site.url}/data/archive/2026-03.zip"
    landed = land_inbox(folder)
    assert (len(landed.loaded), landed.quarantined) == (2, [])


def test_without_forces_the_archive_arrives_whole(site, folder, bring):
    site.archives["2026-03.zip"] = archive_of(*BOTH, ("2026-03", "kent"))
    bring()
    place = "police_uk/2026-06-03/2026-03.zip"
    assert inbox_files(folder) == [place]
    assert (folder.raw / place).read_bytes() == site.archives["2026-03.zip"]


def test_a_slow_server_is_waited_for_and_its_bytes_are_shown(site, bring):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.append(slow(0.01))
    seen: list[tuple[int, int | None]] = []
    names: list[str] = []

    def bar(name):
        names.append(name)
        return lambda done, total: seen.append((done, total))

    bring("west-midlands", on_archive=bar)
    assert names == ["2026-03.zip"]
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == ((0, len(LARGE)), (len(LARGE), len(LARGE)))
    assert len(seen) > 5


def test_a_server_that_says_nothing_for_too_long_is_given_up(site, bring):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.extend([silent(0.6)] * 2)
    with pytest.raises(FetchFailedError, match="2 tries without a new byte") as failed:
        bring("west-midlands", patience=Patience(2, 0.2, 0.0))
    assert "goes on where" in failed.value.next_step


def test_broken_off_half_way_it_goes_on_from_there(site, folder, bring):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.extend([breaks_off(200_000), breaks_off(300_000)])
    bring("west-midlands")
    asked = site.asked_for("2026-03.zip")
    assert [headers.get("range") for headers in asked] == [None, "bytes=200000-", "bytes=300000-"]
    assert asked[1]["if-range"] == f'"{hashlib.sha1(LARGE, usedforsecurity=False).hexdigest()}"'
    assert inbox_files(folder) == [PLACE]


def test_a_later_run_goes_on_where_an_earlier_one_stopped(site, folder, bring):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.extend([breaks_off(200_000), *[answers(503)] * 3])
    with pytest.raises(FetchFailedError, match="HTTP 503"):
        bring("west-midlands")
    assert inbox_files(folder) == []
    assert (folder.raw / "police_uk/.partial/2026-03.zip.part").stat().st_size == 200_000
    assert land_inbox(folder).quarantined == []
    bring("west-midlands")
    assert site.asked_for("2026-03.zip")[-1]["range"] == "bytes=200000-"
    assert inbox_files(folder) == [PLACE]
    assert list((folder.raw / "police_uk/.partial").glob("*.part*")) == []


def test_a_part_of_an_older_archive_is_not_continued_with_a_newer_one(site, folder, bring):
    site.archives["2026-03.zip"] = archive_of(*BOTH, padding=500_000)
    site.misbehave.extend([breaks_off(200_000), *[answers(503)] * 3])
    with pytest.raises(FetchFailedError):
        bring("west-midlands")
    site.archives["2026-03.zip"] = LARGE
    bring("west-midlands")
    with zipfile.ZipFile(folder.raw / PLACE) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("has_etag", [True, False])
def test_without_an_etag_the_date_holds_the_parts_together(site, bring, has_etag):
    site.archives["2026-03.zip"] = LARGE
    site.has_etag = has_etag
    site.misbehave.append(breaks_off(200_000))
    bring("west-midlands")
    assert site.asked_for("2026-03.zip")[1]["range"] == "bytes=200000-"


def test_with_nothing_to_tell_the_file_by_it_starts_again(site, folder, bring):
    site.archives["2026-03.zip"] = LARGE
    site.has_etag, site.headers = False, {}
    site.misbehave.append(breaks_off(200_000))
    bring("west-midlands")
    assert [headers.get("range") for headers in site.asked_for("2026-03.zip")] == [None, None]
    # nor does anything say when it was made: the last day of its month
    assert inbox_files(folder)[0].startswith("police_uk/2026-03-31/")


def test_an_archive_that_is_not_there_is_said_at_once(site, folder, bring):
    with pytest.raises(NotPublishedError, match="HTTP 404") as failed:
        bring("west-midlands")
    assert len(site.asked_for("2026-03.zip")) == 1
    assert "earlier month" in failed.value.next_step
    assert inbox_files(folder) == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_error_is_tried_again(site, folder, bring, status):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.extend([answers(status), answers(status)])
    bring("west-midlands")
    assert len(site.asked_for("2026-03.zip")) == 3
    assert inbox_files(folder) == [PLACE]


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_kept_to(site, bring, as_date):
    site.archives["2026-03.zip"] = LARGE
    in_two_seconds = datetime.now(UTC) + timedelta(seconds=2)
    wait = format_datetime(in_two_seconds, usegmt=True) if as_date else "1"
    site.misbehave.append(answers(429, Retry_After=wait))
    bring("west-midlands")
    assert site.moments[-1] - site.moments[-2] >= 0.9


def test_pauses_double(site, bring, monkeypatch):
    pauses: list[float] = []  # as they are asked for: a busy machine makes them longer
    monkeypatch.setattr("flows.fetching.download.time.sleep", pauses.append)
    site.misbehave.extend([answers(500)] * 3)
    site.archives["2026-03.zip"] = LARGE
    bring("west-midlands", patience=Patience(4, 2.0, 0.1))
    assert pauses == pytest.approx([0.1, 0.2, 0.4])


def test_an_error_that_does_not_pass_is_not_tried_again(site, bring):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.append(answers(403))
    with pytest.raises(FetchFailedError, match="HTTP 403"):
        bring("west-midlands")
    assert len(site.asked_for("2026-03.zip")) == 1


MD5 = hashlib.md5(LARGE, usedforsecurity=False).hexdigest()
SHA = base64.b64encode(hashlib.sha256(LARGE).digest()).decode()
STATED = {
    "list": ("listing", f"<a href='2026-03.zip'>March</a> <td>{MD5}</td>"),
    "content-md5": ("Content-MD5", base64.b64encode(bytes.fromhex(MD5)).decode()),
    "repr-digest": ("Repr-Digest", f"sha-256=:{SHA}:"),
    "digest": ("Digest", f"SHA-256={SHA}"),
    "etag": ("ETag", f'"{MD5}"'),
}


@pytest.mark.parametrize("kind", STATED)
def test_every_checksum_that_the_server_gives_is_verified(site, folder, bring, kind):
    where, text = STATED[kind]
    site.archives["2026-03.zip"] = LARGE
    if where == "listing":
        site.listing = text
    else:
        site.headers[where] = text
    report = bring("west-midlands")
    assert len(report.deliveries[0].verified) == 1
    shutil.rmtree(folder.raw / "police_uk")
    # an archive that is whole in itself, and another than the one that the checksum is of
    site.archives["2026-03.zip"] = archive_of(*BOTH, padding=400_000)
    with pytest.raises(FetchFailedError, match="is not the one that"):
        bring("west-midlands")
    assert inbox_files(folder) == []
    assert list((folder.raw / "police_uk/.partial").glob("*.part*")) == []


def test_bytes_that_came_wrong_once_are_fetched_again(site, folder, bring):
    site.archives["2026-03.zip"] = LARGE
    site.listing = f"{MD5}  2026-03.zip\n"
    site.misbehave.append(serves_instead(LARGE[:-1] + b"x"))
    bring("west-midlands")
    assert [headers.get("range") for headers in site.asked_for("2026-03.zip")] == [None, None]
    assert inbox_files(folder) == [PLACE]


@pytest.mark.parametrize(
    "content",
    [b"<html>Down for maintenance</html>", LARGE[:-30], LARGE[:5000] + LARGE[5100:]],
    ids=["a page", "cut short", "a piece missing"],
)
def test_what_is_no_whole_zip_never_reaches_the_inbox(site, folder, bring, content):
    site.archives["2026-03.zip"] = content
    with pytest.raises(FetchFailedError, match="no whole ZIP archive"):
        bring("west-midlands")
    assert inbox_files(folder) == []


def test_a_damaged_member_is_found(site, folder, bring):
    damaged = bytearray(LARGE)
    damaged[200_000] ^= 1
    site.archives["2026-03.zip"] = bytes(damaged)
    with pytest.raises(FetchFailedError, match=r"damaged|no whole ZIP"):
        bring("west-midlands")
    assert inbox_files(folder) == []


def test_redirects_are_followed_and_endless_ones_end(site, folder, bring):
    site.archives["2026-03.zip"] = LARGE
    site.misbehave.append(answers(302, Location="/elsewhere/2026-03.zip"))
    bring("west-midlands")
    assert inbox_files(folder) == [PLACE]
    shutil.rmtree(folder.raw / "police_uk")
    site.misbehave.extend([answers(302, Location="/elsewhere/2026-03.zip")] * 20)
    with pytest.raises(FetchFailedError, match=r"redirect"):
        bring("west-midlands")


def test_the_same_archive_is_not_fetched_twice(site, folder, bring):
    site.archives["2026-03.zip"] = LARGE
    bring("west-midlands")
    again = bring("west-midlands")
    assert again.deliveries[0].was_there
    assert again.missing == []
    site.archives["2026-03.zip"] = archive_of(*BOTH)
    assert not bring("west-midlands").deliveries[0].was_there


def test_months_that_an_archive_does_not_hold_come_from_older_ones(site, folder, bring):
    """Archives of one month each, or of the last 36: as few as hold what is asked for."""
    site.archives = {
        "2026-03.zip": archive_of(("2026-03", "west-midlands"), ("2026-02", "west-midlands")),
        "2026-01.zip": archive_of(("2026-01", "west-midlands"), ("2025-12", "kent")),
        "2025-12.zip": archive_of(("2025-12", "kent")),
    }
    report = bring("west-midlands", first="2025-12", last="2026-03")
    assert [(one.archive, one.months) for one in report.deliveries] == [
        ("2026-03.zip", ("2026-02", "2026-03")),
        ("2026-01.zip", ("2026-01",)),
        ("2025-12.zip", ()),
    ]
    assert report.missing == [("west-midlands", "2025-12")]
    landed = land_inbox(folder)
    assert (len(landed.loaded), landed.quarantined) == (3, [])


def test_a_force_that_nobody_knows_is_said(site, bring):
    site.archives = {"2026-03.zip": archive_of(*BOTH), "2026-02.zip": archive_of(*BOTH)}
    with pytest.raises(FetchFailedError, match="no archive holds a file of midlands") as failed:
        bring("midlands")
    assert "west-midlands" in failed.value.next_step


def test_a_full_disk_is_seen_before_the_first_byte(site, folder, bring, monkeypatch):
    site.archives["2026-03.zip"] = LARGE
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    with pytest.raises(FetchFailedError, match="bytes of disk are needed and 1 are free"):
        bring("west-midlands")
    assert list((folder.raw / "police_uk/.partial").glob("*.part")) == []


def test_the_list_of_archives_is_read_by_name() -> None:
    one, two = "a" * 32, "b" * 32
    page = f"<li><a href='/data/archive/2026-03.zip'>M</a> MD5 {one}</li>\n<li>2026-02.zip {two}"
    assert listed_md5(page, "2026-03.zip").hexadecimal == one
    assert listed_md5(page, "2026-02.zip").hexadecimal == two
    assert listed_md5(f"{one}  2026-03.zip\n{two}  2026-02.zip", "2026-02.zip").hexadecimal == two
    assert listed_md5("2026-03.zip\n2026-02.zip " + two, "2026-03.zip") is None
    assert listed_md5("", "2026-03.zip") is None


def test_months() -> None:
    assert month_named("2025-11") == date(2025, 11, 1)
    for wrong in ("2026-13", "2026", "March 2026", "2026-3"):
        with pytest.raises(ValueError, match="month"):
            month_named(wrong)


def test_the_command_fetches_by_the_setting_and_says_what_came(site, tmp_path):
    site.archives["2026-03.zip"] = LARGE
    data = tmp_path / "data"
    data.mkdir()
    (data / "csp.toml").write_text(
        f'police_uk_base_url = "{site.url}"\nfetch_backoff_seconds = 0\n'
    )
    wanted = ["fetch", "police-uk", "--force", "west-midlands", "--from", "2026-02"]
    done = run_csp(*wanted, "--to", "2026-03", "--data", str(data))
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-03.zip: 2 files, 2026-02 to 2026-03" in done.stdout
    assert (data / "raw" / PLACE).exists()
    missing = run_csp(*wanted, "--to", "2026-04", "--data", str(data))
    assert missing.returncode == 1
    assert "HTTP 404" in missing.stderr
    assert "Next: name an earlier month" in missing.stderr
    for options in (["--to", "2026-3"], ["--to", "2026-01"]):
        assert run_csp(*wanted, *options, "--data", str(data)).returncode == 2
