"""What dbt's build of a data folder costs, beside another checkout's, in the same run.

    python benchmarks/build_cost.py DIR [--against CHECKOUT=FOLDER] [--times 3]

`DIR` is a data folder that has been run before, and its warehouse is built again from its landing.
`--against` builds `FOLDER`, the same inbox run by another checkout, alternating with it. Processor
seconds are those of the dbt process, parse included: on a machine that others use they say more
than the time that passed. The first build of each fills dbt's cache of the project and is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parents[1]

_BUILD = """
import json, resource, sys, time
from pathlib import Path
from flows.data_folder import DataFolder
from flows.settings import load_settings
from flows.warehouse.build import build_warehouse
folder = DataFolder(Path(sys.argv[1]))
began = time.monotonic()
report = build_warehouse(folder, load_settings(folder.root))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "processor": used.ru_utime + used.ru_stime,
    "passed": time.monotonic() - began,
    "nodes": [[node.resource_type, node.unique_id, node.seconds] for node in report.nodes],
}))
"""


class Build(NamedTuple):
    """One build: seconds of processor time, seconds that passed, (kind, id, seconds) by node."""

    processor: float
    passed: float
    nodes: list[tuple[str, str, float]]


def build(checkout: Path, folder: Path) -> Build:
    """Build the warehouse of `folder` with the code of `checkout`."""
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(folder.resolve())],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Build(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Build by turns, and print what each took and the slowest models of this checkout."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", metavar="CHECKOUT=FOLDER")
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    turns = {"this checkout": (CHECKOUT, asked.folder)}
    if asked.against:
        checkout, _, folder = asked.against.partition("=")
        turns = {"the other": (Path(checkout).resolve(), Path(folder)), **turns}
    taken: dict[str, list[float]] = {name: [] for name in turns}
    last: dict[str, Build] = {}
    for turn in range(asked.times + 1):
        for name, (checkout, folder) in turns.items():
            last[name] = build(checkout, folder)
            if turn:
                taken[name].append(last[name].processor)
    for name, seconds in taken.items():
        counted = Counter(kind for kind, _, _ in last[name].nodes)
        kinds = ", ".join(f"{n} {kind}s" for kind, n in counted.items())
        print(f"{name}: {median(seconds):.1f} s of processor time ({kinds})")
    if asked.against:
        ratio = median(taken["this checkout"]) / median(taken["the other"])
        print(f"ratio: {ratio:.2f}")
    models = [node for node in last["this checkout"].nodes if node[0] == "model"]
    print("slowest models, seconds that passed:")
    for _, node, passed in sorted(models, key=lambda model: model[2], reverse=True)[:15]:
        print(f"  {passed:6.2f}  {node.rsplit('.', 1)[-1]}")


if __name__ == "__main__":
    main()
