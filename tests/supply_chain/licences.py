"""Writes docs/licences.md: every package that a night needs, with its version and licence.

    python tests/supply_chain/licences.py --write

What is needed is followed from this project's own requirements through the metadata of what is
installed. Versions are those of constraints.txt; a test holds what is installed to them.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "community-safety-warehouse"
ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "licences.md"

#: licences that ask something of those who pass on a changed copy, and why they fit here
WITH_CONDITIONS = {
    "LGPL": "used as a library and installed by its user, neither copied nor linked into this "
    "project: its source and its licence come with the package",
    "MPL": "asks for the source of changed files of its own alone, and none is changed",
}
#: offered under several licences at choice, and which one is used
CHOSEN = {
    "text-unidecode": "offered under the Artistic License or the GPL: used under the Artistic "
    "License, as a library and unchanged",
}
#: copyleft that would reach this project itself if it were passed on with it
REACHES_FURTHER = ("AGPL", "GPL", "SSPL", "BUSL", "EUPL")

_SHORT = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}


@dataclass(frozen=True, slots=True)
class Package:
    """One installed package: canonical name, version and licence as its metadata has them."""

    name: str
    version: str
    licence: str

    @property
    def condition(self) -> str:
        """Why a licence with conditions fits; empty where there are none to speak of."""
        if self.name in CHOSEN:
            return CHOSEN[self.name]
        words = [why for mark, why in WITH_CONDITIONS.items() if mark in self.licence.upper()]
        return words[0] if words else ""

    @property
    def reaches_further(self) -> bool:
        """Whether its licence would bind this project, choices of another licence left aside."""
        if " OR " in self.licence or self.name in CHOSEN:
            return False
        found = re.findall(r"[A-Z]*GPL|SSPL|BUSL|EUPL", self.licence.upper())
        return any(mark in REACHES_FURTHER for mark in found)


def needed(project: str = PROJECT) -> list[Package]:
    """List what the project needs at run time, by name; what it only tests with is left out."""
    found: dict[str, Package] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(project, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        about = metadata.distribution(name)
        if name != project:
            found[name] = Package(name, about.version, licence_of(cast("Message", about.metadata)))
        for line in about.requires or ():
            requirement = Requirement(line)
            asked = [{"extra": extra} for extra in sorted(extras)] or [{"extra": ""}]
            if requirement.marker is None or any(map(requirement.marker.evaluate, asked)):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return [found[name] for name in sorted(found)]


def licence_of(about: Message) -> str:
    """Read the licence: an SPDX expression, else the classifiers, else the first line of a text."""
    expression = about.get("License-Expression")
    if expression:
        return str(expression).strip()
    classifiers = [
        line.split(" :: ")[-1]
        for line in about.get_all("Classifier") or ()
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    if classifiers:
        return ", ".join(sorted({_SHORT.get(one, one) for one in classifiers}))
    text = str(about.get("License") or "").strip().splitlines()
    if text and text[0].strip():
        return text[0].strip()[:80]
    return "not stated"


def pinned() -> dict[str, str]:
    """Read constraints.txt: versions by canonical name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.split("==") for line in lines if line.strip() and not line.startswith("#")]
    return {canonicalize_name(name): version.strip() for name, version in parts}


def document(packages: list[Package]) -> str:
    """Write the page: a row a package, and a word on every licence with conditions."""
    versions = pinned()
    lines = [
        "# Licences",
        "",
        "Every package that a run needs, as pinned in `constraints.txt`, with the licence "
        "that its own",
        "metadata states. Made by `python tests/supply_chain/licences.py --write`; a test fails "
        "where it is out of date.",
        "This project itself is under the MIT licence. Data has licences of its own: "
        "`data/seeds/sources.csv`.",
        "",
        "| package | version | licence |",
        "|---|---|---|",
        *(
            f"| {one.name} | {versions.get(one.name, 'not pinned')} | {one.licence} |"
            for one in packages
        ),
        "",
        "## Licences with conditions",
        "",
    ]
    conditions = [one for one in packages if one.condition]
    lines += [f"- `{one.name}` ({one.licence}): {one.condition}." for one in conditions]
    if not conditions:
        lines.append("None.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = document(needed())
    if "--write" in sys.argv:
        DOCUMENT.write_text(page, encoding="utf-8")
    else:
        print(page, end="")
