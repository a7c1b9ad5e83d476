"""What publishing costs, by how much of the publication has changed, beside another checkout.

    python benchmarks/publishing_cost.py DIR [--against CHECKOUT] [--times 3]

`DIR` is a data folder that has been run before. Its warehouse is copied into a temporary folder and
published from there: for the first time, again without a change, after a change in one small table,
and after a change in every row of the largest table. Processor seconds are those of the
publishing process and of the one that verifies it; peak memory is that of the larger one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import duckdb

CHECKOUT = Path(__file__).resolve().parents[1]
CHANGES = {
    "first publication": None,
    "nothing changed": None,
    "one small table changed": "update dim_indicators set indicator_name = indicator_name || '.'",
    "every figure changed": "update fct_indicator_values set source = source || '.'",
}

_PUBLISH = """
import json, resource, sys, time
from pathlib import Path
from flows.data_folder import DataFolder
from flows.publishing import publish
from flows.settings import load_settings
folder = DataFolder(Path(sys.argv[1]))
own, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
used = lambda: sum(sum(resource.getrusage(who)[:2]) for who in (own, children))
before, began = used(), time.monotonic()
publish(folder, load_settings(folder.root), run_id="benchmark")
print(json.dumps({
    "processor": used() - before,
    "passed": time.monotonic() - began,
    "peak": max(resource.getrusage(who).ru_maxrss for who in (own, children)) / 1024,
}))
"""


def publish(checkout: Path, folder: Path) -> dict[str, float]:
    """Publish `folder` with the code of `checkout`: processor and passed seconds, peak MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _PUBLISH, str(folder)],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Publish by turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    checkouts = {"this checkout": CHECKOUT}
    if asked.against:
        checkouts = {"the other": asked.against.resolve(), **checkouts}
    taken: dict[tuple[str, str], list[dict[str, float]]] = {}
    for _ in range(asked.times):
        for name, checkout in checkouts.items():
            with tempfile.TemporaryDirectory() as made:
                folder = Path(made) / "data"
                ignored = shutil.ignore_patterns("police_uk_*", "raw", "loads")
                shutil.copytree(asked.folder / "warehouse", folder / "warehouse", ignore=ignored)
                for what, change in CHANGES.items():
                    if change:
                        database = str(folder / "warehouse" / "warehouse.duckdb")
                        with duckdb.connect(database) as warehouse:
                            warehouse.execute(change)
                    taken.setdefault((what, name), []).append(publish(checkout, folder))
    print("| what | checkout | processor seconds | seconds that passed | peak MiB |")
    for (what, name), times in taken.items():
        processor, passed, peak = (
            median(one[key] for one in times) for key in ("processor", "passed", "peak")
        )
        print(f"| {what} | {name} | {processor:.1f} | {passed:.1f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
