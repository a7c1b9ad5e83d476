"""What the whole suite shares: the real public files, and one finished night on the real sample."""

from __future__ import annotations

import atexit
import faulthandler
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from tests.made_once import made_once
from tests.one_thread import connect_with_one_thread
from tests.supply_chain.offline_process import offline_environment, own_network

# beside a data folder: what would have left the machine while its night ran
NETWORK_TRIES = "network_tries.txt"
PROJECT_ROOT = Path(__file__).resolve().parents[1]
# a few forces and small areas of the same files, cut by tests/data/make_extract.py
EXTRACT = PROJECT_ROOT / "tests" / "data" / "extract"

# What runs keep for their user is this session's: a user's own is neither used nor changed.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="csp-cache-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

# The suite gives the same answer every time. CSP_EXPLORE=1 tries new random inputs instead (the
# scheduled job does), and whatever it finds becomes a fixed example.
settings.register_profile("fixed", derandomize=True, database=None, deadline=None, max_examples=25)
settings.register_profile("explore", deadline=None, print_blob=True, max_examples=1000)
if os.environ.get("CSP_EXPLORE"):
    settings.load_profile("explore")
else:
    settings.load_profile("fixed")
    # Hypothesis also draws from the constants of whatever modules are loaded by then: which these
    # are depends on the tests that ran before on the same worker.
    setattr(providers, "is_local_module_file", lambda _path: False)  # noqa: B010
    connect_with_one_thread()


# What a test writes need not outlive a power cut, and waiting for the disk takes a tenth of the
# suite. Runs in processes of their own wait for it, and those that are killed before it count it.
os.fsync = lambda fd: None


def _shared_data() -> Path | None:
    named = os.environ.get("CSP_SHARED_DATA")
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise pytest.UsageError(f"CSP_SHARED_DATA names {named}, and there is no such folder")
        return folder
    beside = PROJECT_ROOT.parent / "shared" / "data"
    return beside if beside.is_dir() else None


# Runs whose tests note in their process what they have read, or change a copy.
_MADE_BY_EACH_WORKER = ("nights", "standing_night")
# What takes longest to make, longest first: workers begin with these, each with another one, and
# end with what is short.
_MADE_FIRST = (
    *("nights", "sample_night", "night", "night_with_broken_files", "landed", "official_folder"),
    *("mart", "small_demo", "synthetic_warehouse", "publications"),
)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    _mark(items)
    yield
    if hasattr(config, "workerinput"):
        _longest_first(items)


def _longest_first(items: list[pytest.Item]) -> None:
    """Put the groups of parallel workers in the order in which they are to begin."""
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        marker = item.get_closest_marker("xdist_group")
        assert marker is not None
        groups.setdefault(marker.args[0], []).append(item)
    largest = sorted(groups, key=lambda name: -len(groups[name]))
    first: dict[str, None] = {}
    for fixture in _MADE_FIRST:
        asking = (
            name
            for name in largest
            if name not in first
            and any(fixture in getattr(item, "fixturenames", ()) for item in groups[name])
        )
        first |= dict.fromkeys(itertools.islice(asking, 1))
    items[:] = [item for name in [*first, *largest] for item in groups.pop(name, ())]


def _mark(items: list[pytest.Item]) -> None:
    # Tests of one file share what its module makes, so they stay on one parallel worker. What many
    # files share is made once for all workers (`tests.made_once`), but for these.
    for item in items:
        made = getattr(item, "fixturenames", ())
        group = next((name for name in _MADE_BY_EACH_WORKER if name in made), str(item.path))
        item.add_marker(pytest.mark.xdist_group(group))
    if _shared_data() is not None:
        return
    absent = pytest.mark.skip(
        reason="needs the large public files, which are not in the repository (most is shown on "
        "tests/data/extract too): name their folder in CSP_SHARED_DATA"
    )
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(absent)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name long bytes by their parameter: made by a test, they differ from second to second.

    Parallel workers have to collect the same tests.
    """
    return argname if isinstance(val, bytes) and len(val) > 30 else None


@pytest.fixture(autouse=True)
def _keep_this_process() -> Iterator[None]:
    """Disarm what ends the process of a run that is over: here that process runs the tests."""
    yield
    guard = sys.modules.get("flows.night.end_guard")
    if guard is not None and guard._state["guarded"]:
        guard._state["guarded"] = False
        faulthandler.cancel_dump_traceback_later()
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public files (police_uk/, ons/, counts/, lookups/, population/)."""
    folder = _shared_data()
    assert folder is not None, "tests that read shared data carry the marker shared_data"
    return folder


@pytest.fixture(
    scope="session",
    params=["extract", pytest.param("whole", marks=pytest.mark.shared_data)],
)
def public_data(request: pytest.FixtureRequest) -> Path:
    """Real public files: the committed extract on every clone, the whole ones where they are.

    The folders are ons/, counts/, lookups/ and population/, as in `shared_data`.
    """
    return EXTRACT if request.param == "extract" else request.getfixturevalue("shared_data")


@pytest.fixture(scope="session")
def published_figures() -> Path:
    """Figures from real reports, one a row, that the warehouse must reproduce."""
    return PROJECT_ROOT / "tests" / "data" / "published_figures.csv"


def run_csp(*arguments: str, timeout: float = 900) -> subprocess.CompletedProcess[str]:
    """Run `csp` as its users do, in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CSP_")}
    environment["COLUMNS"] = "100"
    environment.setdefault("PREFECT_HOME", _prefect_home())
    return subprocess.run(
        [sys.executable, "-m", "flows.command", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@cache
def _prefect_home() -> str:
    """Give this worker's home of Prefect: a database of its own takes a run seven seconds to make.

    Runs with a home in their data folder are `tests/privacy/test_finished_night.py` and others.
    """
    home = tempfile.mkdtemp(prefix="csp-prefect-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


@pytest.fixture(scope="session")
def planned_by_prefect(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float, str]:
    """A new database of Prefect, in which its scheduler has planned a nightly schedule.

    The file, the time before it was made (seconds since 1970) and what was planned, as printed by
    `tests.scheduling.scheduler_round`. It takes five seconds to make: who needs one copies it.
    """
    return made_once(tmp_path_factory, "prefect", _planned_by_prefect)


def _planned_by_prefect(folder: Path) -> tuple[Path, float, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSP_", "PREFECT_"))}
    environment |= {
        "PREFECT_HOME": str(folder),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": str(PROJECT_ROOT),
    }
    before = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "tests.scheduling.scheduler_round", "0 2 * * *", "Europe/London"],
        env=environment, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "prefect.db", before, done.stdout.splitlines()[-1]


def copy_inbox(to: Path) -> Path:
    """Make a data folder at `to` whose inbox is the committed real sample."""
    shutil.copytree(PROJECT_ROOT / "data" / "raw", to / "raw")
    return to


@pytest.fixture(scope="session")
def sample_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after one undisturbed `csp nightly` on the committed real sample.

    It runs without a network: `tests/supply_chain` looks at what would have used one.
    """
    return made_once(tmp_path_factory, "sample", _sample_night)


def _sample_night(folder: Path) -> Path:
    data = copy_inbox(folder / "data")
    finished = subprocess.run(
        own_network(sys.executable, "-m", "flows.command", "nightly", "--data", str(data)),
        env=offline_environment(data.parent / NETWORK_TRIES) | {"COLUMNS": "100"},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return data


@pytest.fixture(scope="session")
def published_database(sample_night: Path) -> Path:
    return sample_night / "published" / "community_safety.duckdb"


@pytest.fixture
def by_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge loads by the limits of their expectations, without Great Expectations' own second."""
    from tests.judged_profiles import run_by_limits

    monkeypatch.setattr("flows.checking.sources.run_checkpoint", run_by_limits)
