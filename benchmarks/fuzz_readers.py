"""Fuzzing of every reader: random changes to the files of each source, for as long as is asked.

    python benchmarks/fuzz_readers.py --minutes 60 --seed 20261122

Runs the property tests of `tests/landing` again and again with new random examples (the suite's
own run is the same every time); each round draws from the next seed. A failing example is printed
with what makes it again, and is tried first by the next round: make it a fixed example. Prints how
many examples each test tried and how many failed; exit code 1 where one did.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TESTS = (
    "tests/landing/hostile/test_fuzz.py",
    "tests/landing/hostile/test_fuzz_readers.py",
    "tests/landing/malformed/test_readers.py",
)
_TEST = re.compile(r"^(tests/\S+::\S+):$", re.MULTILINE)
_EXAMPLES = re.compile(r"(\d+) passing, (\d+) failing, and \d+ invalid test cases")


def one_round(seed: int) -> tuple[Counter[str], Counter[str], str]:
    """Run every property test once; returns examples tried, examples failed, and the output."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *(f"--hypothesis-seed={seed}", "--hypothesis-show-statistics", *TESTS),
        ],
        cwd=PROJECT,
        env={**os.environ, "CSP_EXPLORE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    found = list(_TEST.finditer(done.stdout))
    for test, after in zip(found, [*found[1:], None], strict=True):
        text = done.stdout[test.end() : after.start() if after else None]
        for passing, failing in _EXAMPLES.findall(text):
            tried[test[1]] += int(passing) + int(failing)
            failed[test[1]] += int(failing)
    if done.returncode and not failed.total():
        failed["the run itself"] = 1
    return tried, failed, done.stdout


def main() -> int:
    """Fuzz for so many minutes; whole rounds only."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    ends = time.monotonic() + asked.minutes * 60
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    rounds = 0
    while time.monotonic() < ends:
        more, wrong, output = one_round(asked.seed + rounds)
        tried += more
        failed += wrong
        rounds += 1
        print(f"round {rounds}: {more.total()} examples, {wrong.total()} failed", flush=True)
        if wrong.total():
            print(output.partition("Hypothesis Statistics")[0], flush=True)
    for test, count in sorted(tried.items()):
        print(f"{count:>9,}  {failed[test]:>3}  {test}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
