"""The list of licences is that of what is installed, and holds no surprise."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    return importlib.import_module("tests.supply_chain.licences")


@pytest.fixture(scope="module")
def constraints(licences: ModuleType) -> dict[str, str]:
    """Versions by canonical name, each pinned exactly."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.strip() and not line.startswith("#"):
            [only] = Requirement(line).specifier
            assert only.operator == "==", line
    versions: dict[str, str] = licences.pinned()
    return versions


def test_every_needed_package_is_pinned_and_installed_as_pinned(
    licences: ModuleType, constraints: dict[str, str]
) -> None:
    needed = licences.needed()
    assert len(needed) > 100
    assert [one.name for one in needed if one.name not in constraints] == []
    other = [f"{one.name} {one.version}" for one in needed if constraints[one.name] != one.version]
    assert other == [], "install with: pip install -c constraints.txt -e ."


def test_the_page_is_what_is_installed(licences: ModuleType) -> None:
    assert licences.DOCUMENT.read_text("utf-8") == licences.document(licences.needed()), (
        "run: python tests/supply_chain/licences.py --write"
    )


def test_no_licence_reaches_this_project_and_conditions_have_their_word(
    licences: ModuleType,
) -> None:
    needed = licences.needed()
    assert [one for one in needed if one.reaches_further] == []
    assert [one for one in needed if one.licence == "not stated"] == []
    assert "## Licences with conditions\n\n- `" in licences.document(needed)


@pytest.mark.parametrize(
    ("licence", "reaches"),
    [("AGPL-3.0-only", True), ("GPL-2.0-or-later", True), ("GPL-2.0 OR MIT", False),
     ("LGPL-2.1", False), ("MPL-2.0", False), ("MIT", False), ("SSPL-1.0", True)],
)  # fmt: skip
def test_copyleft_is_recognised(licences: ModuleType, licence: str, reaches: bool) -> None:
    assert licences.Package("made-up", "1", licence).reaches_further is reaches


def test_the_lock_pins_what_the_constraints_pin(constraints: dict[str, str]) -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {}
    for block in re.split(r"\n(?=\S)", text):
        if block.startswith("#"):
            continue
        requirement, *hashes = block.split("\\\n")
        name, version = requirement.strip().split("==")
        assert hashes, f"{name} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one.strip()) for one in hashes), name
        locked[canonicalize_name(name)] = version
    assert locked == constraints


@pytest.mark.slow
def test_the_lock_resolves_with_its_hashes() -> None:
    """Asks the package index: each file that would be installed has the hash of the lock."""
    import subprocess
    import sys

    asked = subprocess.run(
        [*(sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"),
         *("--no-deps", "--require-hashes", "--quiet", "-r", str(ROOT / "requirements.lock"))],
        capture_output=True, text=True, timeout=1500, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr[-2000:]
