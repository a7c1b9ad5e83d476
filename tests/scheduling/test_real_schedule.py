"""The real `csp schedule`: a run starts by cron and is published; a killed server comes back.

One test after another on one schedule, since each run costs a minute on a small machine.
"""

from __future__ import annotations

import json
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import run_csp
from tests.needs import needs_proc
from tests.night.crash.small_inbox import add_news, first_inbox
from tests.scheduling.served import Served, children_of, csp_schedule

pytestmark = [
    pytest.mark.slow,
    needs_proc,
]

EVERY_MINUTE = "* * * * *"
_GUESSED = "csp:guess"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = first_inbox(tmp_path_factory.mktemp("served") / "data")
    with csp_schedule(data, EVERY_MINUTE) as served:
        yield served


def _published(served: Served) -> int:
    return sum(event.get("outcome") == "published" for event in served.events())


def test_a_due_run_starts_by_itself_and_is_published(served: Served) -> None:
    served.wait_until(lambda: _published(served) == 1, 400, "no scheduled run was published")
    manifest = json.loads((served.data / "published/manifest.json").read_text())
    assert manifest["loads"]
    done = [run for run in served.runs() if run["state_type"] == "COMPLETED"]
    assert done and all(run["auto_scheduled"] for run in done)
    status = " ".join(run_csp("status", "--data", str(served.data)).stdout.split())
    assert f"Schedule cron {EVERY_MINUTE}: next run due" in status


def test_the_api_answers_to_its_secret_only_and_to_no_foreign_page(served: Served) -> None:
    file = served.data / "warehouse/prefect/api-secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for path, body in (
        ("/api/flow_runs/filter", {}),
        ("/api/deployments/filter", {}),
        ("/api/admin/settings", None),
        ("/api/logs/filter", {}),
    ):
        assert served.ask(path, body, secret="")[0] == 401, path
        assert served.ask(path, body, secret=_GUESSED)[0] == 401, path
    status, _, headers = served.ask(
        "/api/flow_runs/filter", {}, Origin="http://evil.example", secret=served.secret
    )
    assert status == 200
    assert "access-control-allow-origin" not in {name.lower() for name in headers}
    # what a service manager asks, and nothing else, is open
    assert served.ask("/api/health", secret="")[0] == 200


def test_its_page_asks_this_server_with_the_secret(served: Served) -> None:
    _, settings, _ = served.ask("/ui-settings", secret="")
    assert settings["api_url"] == f"http://127.0.0.1:{served.port}/api"
    assert settings["auth"] == "BASIC"
    status, page, _ = served.ask("/", secret="", Accept="text/html")
    assert status == 200
    assert "<html" in str(page).lower()


def test_what_it_leaves_in_private_folders_is_for_its_owner_only(served: Served) -> None:
    private = served.data / "warehouse"
    found = {
        str(path.relative_to(private)): stat.filemode(path.lstat().st_mode)
        for path in private.rglob("*")
        if path.is_file() and stat.S_IMODE(path.lstat().st_mode) & 0o077
    }
    assert found == {}
    assert (private / "prefect/prefect.db").exists()


def test_a_run_on_another_folder_is_refused(served: Served, tmp_path: Path) -> None:
    _, deployment, _ = served.ask("/api/deployments/name/nightly/nightly")
    other = first_inbox(tmp_path / "other")
    before = sorted(other.rglob("*"))
    _, run, _ = served.ask(
        f"/api/deployments/{deployment['id']}/create_flow_run",
        {"parameters": {"data": str(other)}, "state": {"type": "SCHEDULED"}},
    )
    ended = {"FAILED", "CRASHED", "COMPLETED"}

    def state() -> dict[str, str]:
        return dict(served.ask(f"/api/flow_runs/{run['id']}")[1]["state"])

    served.wait_until(lambda: state()["type"] in ended, 240, "the run did not end")
    assert state()["type"] == "FAILED"
    assert "this deployment runs on" in state()["message"]
    assert sorted(other.rglob("*")) == before


def test_a_killed_server_is_started_again_and_the_next_due_run_is_published(
    served: Served,
) -> None:
    published = _published(served)
    add_news(served.data)
    pid = served.server_pid()
    os.kill(pid, signal.SIGKILL)
    served.wait_until(
        lambda: served.server_pid() != pid and served.ask("/api/health")[0] == 200,
        180, "the server did not come back",
    )  # fmt: skip
    served.wait_until(lambda: _published(served) > published, 400, "nothing was published since")
    assert "The Prefect server ended (exit code -9): starting it again." in served.words()


def _under_way(served: Served) -> int:
    """Return the process of a run that has begun and not ended, 0 where there is none."""
    last = {event["due"]: event for event in served.events()}
    pids = [event["pid"] for event in last.values() if event["event"] == "started"]
    return pids[-1] if pids and Path(f"/proc/{pids[-1]}").exists() else 0


def test_a_run_whose_process_is_killed_keeps_no_later_run_from_starting(served: Served) -> None:
    published = _published(served)
    (served.data / "csp.toml").write_text(
        (served.data / "csp.toml")
        .read_text()
        .replace("[schedule]", "provisional_months = 3\n[schedule]")
    )
    served.wait_until(lambda: _under_way(served) > 0, 240, "no run began")
    os.kill(_under_way(served), signal.SIGKILL)
    served.wait_until(lambda: _published(served) > published, 400, "nothing was published since")


def test_sigterm_lets_a_run_under_way_end_and_leaves_nothing_behind(served: Served) -> None:
    published, server = _published(served), served.server_pid()
    (served.data / "csp.toml").write_text(
        (served.data / "csp.toml").read_text().replace("_months = 3", "_months = 4")
    )
    served.wait_until(
        lambda: _under_way(served) > 0 and (served.data / "warehouse/night.lock").read_text() != "",
        240, "no run began",
    )  # fmt: skip
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(400) == 0
    assert _published(served) == published + 1
    assert served.words().rstrip().endswith("goes on when `csp schedule` is started again.")
    left = " ".join(words for _, words in children_of(1))  # what was left behind is taken by 1
    assert str(served.data) not in left
    assert not Path(f"/proc/{server}").exists()
    status = " ".join(run_csp("status", "--data", str(served.data)).stdout.split())
    assert "not served, no run will start" in status
