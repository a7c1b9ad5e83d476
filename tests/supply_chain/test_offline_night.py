"""A whole night without a network: nothing needs it, nothing asks for it, nothing reports home.

Of Great Expectations that is `tests/expectations/test_library.py`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import NETWORK_TRIES
from tests.supply_chain.offline_process import offline_environment, own_network

ROOT = Path(__file__).resolve().parents[2]


def test_a_night_needs_no_network(sample_night: Path) -> None:
    """The sample night that other tests look at was run without one, or it would not stand."""
    assert (sample_night / "published" / "community_safety.duckdb").exists()


def test_nothing_asks_for_an_address_outside(sample_night: Path) -> None:
    tries = sample_night.parent / NETWORK_TRIES
    assert not tries.exists(), tries.read_text()


@pytest.mark.parametrize(
    "asks",
    ["socket.create_connection(('192.0.2.1', 80), 2)", "socket.getaddrinfo('example.org', 443)",
     "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))"],
)  # fmt: skip
def test_the_guard_sees_and_refuses(asks: str, tmp_path: Path) -> None:
    tries = tmp_path / "tries.txt"
    asked = subprocess.run(
        [sys.executable, "-c", f"import socket; {asks}"],
        env=offline_environment(tries), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "the network is cut" in asked.stderr
    assert tries.read_text().count("\n") == 1


def test_the_network_is_really_cut() -> None:
    """Without the guard: what compiled code would ask for fails as well, where the system can."""
    command = own_network(
        sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    )
    if command[0] != "unshare":
        pytest.skip("this system gives no network of one's own: the guard alone holds")
    asked = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Network is unreachable" in asked.stderr


def _prefect() -> dict[str, str]:
    from flows.prefect_environment import _ALWAYS

    return dict(_ALWAYS)


def _dbt() -> dict[str, str]:
    from flows.data_folder import DataFolder
    from flows.warehouse.dbt_ready import dbt_environment

    return dbt_environment(DataFolder(Path("x")))


@pytest.mark.parametrize(
    ("environment", "name", "value"),
    [
        (_prefect, "PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
        (_prefect, "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY", "false"),
        (_prefect, "DO_NOT_TRACK", "1"),
        (_dbt, "DBT_SEND_ANONYMOUS_USAGE_STATS", "false"),
        (_dbt, "DO_NOT_TRACK", "1"),
    ],
)
def test_telemetry_is_off(environment: Callable[[], dict[str, str]], name: str, value: str) -> None:
    assert environment()[name] == value


def test_duckdb_neither_fetches_nor_loads_extensions_unasked() -> None:
    import yaml

    profile = yaml.safe_load((ROOT / "dbt_project" / "profiles.yml").read_text("utf-8"))
    [output] = profile["community_safety"]["outputs"].values()
    assert not output.get("extensions")
    assert output["config_options"]["autoinstall_known_extensions"] is False
    assert output["config_options"]["autoload_known_extensions"] is False
