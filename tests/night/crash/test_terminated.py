"""SIGTERM and Ctrl-C on the real commands: a clear word, nothing left running, the lock free."""

from __future__ import annotations

import json
import signal
import socket
import time
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.publishing import night_lock
from tests.needs import needs_signals
from tests.night.crash.conftest import standing_files, start_csp, wait_until
from tests.night.crash.faulty_night import models_built

pytestmark = [
    pytest.mark.slow,
    needs_signals,
]


@pytest.mark.parametrize(
    ("number", "words"),
    [(signal.SIGTERM, "interrupted by SIGTERM."), (signal.SIGINT, "interrupted.")],
)
def test_a_night_that_is_building(news: Path, number: signal.Signals, words: str) -> None:
    folder = DataFolder(news)
    before = standing_files(news)
    log = folder.dbt / "logs" / "dbt.log"
    log.unlink(missing_ok=True)
    night = start_csp("nightly", "--data", str(news))
    wait_until(lambda: log.exists() and models_built(log) >= 10, night)
    night.send_signal(number)
    _, err = night.communicate(timeout=120)
    assert night.returncode == 130
    # how much is done stands before it, a line every ten seconds
    assert f"\ncsp: {words} The publication 000001-" in f"\n{err}"
    assert "`csp nightly` resumes where it stopped" in err
    assert "Traceback" not in err
    with night_lock(folder):
        left = log.read_bytes()
        time.sleep(1)
        assert log.read_bytes() == left
    assert standing_files(news) == before
    last = json.loads((folder.state / "nights.jsonl").read_text().splitlines()[-1])
    assert (last["outcome"], last["failed_step"]) == ("interrupted", "build")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_schedule_ends_without_a_word_of_prefects(
    tmp_path: Path, number: signal.Signals
) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    (data / "csp.toml").write_text(f"[schedule]\nport = {port}\n")
    schedule = start_csp("schedule", "--data", str(data))
    assert schedule.stdout is not None
    try:
        for line in schedule.stdout:
            if "Ctrl-C ends it." in line:
                break
        time.sleep(3)  # Prefect's runner takes its signals a moment after
        schedule.send_signal(number)
        out, err = schedule.communicate(timeout=120)
    finally:
        schedule.kill()
    assert schedule.returncode == 0
    assert out.strip() == "Stopped. The schedule goes on when `csp schedule` is started again."
    assert err == ""
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", port)) != 0, "its server goes on"
