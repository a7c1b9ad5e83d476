"""Mutate the SQL of the figures, one place at a time, and see whether the tests notice.

    python benchmarks/mutate_sql.py [--every N] [--seconds S] [--folders periods rates …]

Works on copies of dbt_project/ and of the tests that run the models' own SQL without dbt; the
checkout is not touched. Each mutant is one changed token of one model; it is caught when a test of
that model's folder fails. Prints caught and survived by folder, and each survivor with its line.
Mutants that the SQL parser refuses are counted apart, not as caught.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
MODELS = Path("dbt_project/models/intermediate")
#: Which tests judge the models of which folder.
TESTS = {
    "periods": "figures",
    "rates": "figures",
    "comparisons": "figures",
    "revisions": "figures",
    "observations": "figures",
    "vintages": "figures",
    "ranks": "ranks",
    "charts": "charts",
}
OPERATORS = [
    (r" \+ ", " - "),
    (r" - ", " + "),
    (r" \* ", " / "),
    (r"inner join", "left join"),
    (r"left join", "inner join"),
    (r" <= ", " < "),
    (r" >= ", " > "),
    (r" < ", " <= "),
    (r" > ", " >= "),
    (r" <> ", " = "),
    (r" desc\b", ""),
    (r"\bmin\(", "max("),
    (r"\bmax\(", "min("),
    (r"\bmin_by\(", "max_by("),
    (r"\bmax_by\(", "min_by("),
    (r"\bbool_or\(", "bool_and("),
    (r"(?<!between )\band\b", "or"),
    (r"\bor\b", "and"),
    (r"\b12\b", "11"),
    (r"\b1000\b", "100"),
    (r"\b100\.0\b", "10.0"),
    (r"\b50\b", "49"),
    (r"\b0\.05\b", "0.5"),
    (r"\b3\b", "4"),
    (r"coalesce\((\w+\.?\w*), 0\)", r"\1"),
    (r"\bis not null", "is null"),
    (r"\bwhere (?=\w)", "where true or "),
]


class Mutant(NamedTuple):
    """One changed place of one model."""

    model: Path
    line: int
    text: str
    was: str
    now: str


def mutants(model: Path) -> Iterator[Mutant]:
    """Give every single change that the operators know, comments and Jinja left alone."""
    source = (PROJECT / model).read_text(encoding="utf-8")
    closed = [m.span() for m in re.finditer(r"--[^\n]*|\{[{%#].*?[}%#]\}|'[^']*'", source, re.S)]
    for pattern, replacement in OPERATORS:
        for found in re.finditer(pattern, source):
            if any(a <= found.start() < b for a, b in closed):
                continue
            text = source[: found.start()] + found.expand(replacement) + source[found.end() :]
            line = source.count("\n", 0, found.start()) + 1
            yield Mutant(model, line, text, found.group(), found.expand(replacement))


def built_by_tests(model: Path, tests: Path) -> bool:
    """Whether a test of the folder builds the model, not merely fills a table of its name."""
    named = re.compile(rf'(?<!fill\()(?<!fill\(\n        )"{model.stem}"(?!:)')
    return any(named.search(file.read_text(encoding="utf-8")) for file in tests.glob("*.py"))


def copy_of_project(to: Path) -> Path:
    """Copy what the tests of the harness read."""
    for folder in ("dbt_project", "tests/dbt_project", "data/seeds"):
        shutil.copytree(
            PROJECT / folder, to / folder, ignore=shutil.ignore_patterns("target", "logs")
        )
    shutil.copy(PROJECT / "pyproject.toml", to)
    return to


def judge(copy: Path, mutant: Mutant, tests: str) -> str:
    """Run the tests on a copy that holds the mutant: caught, survived or refused."""
    path = copy / mutant.model
    original = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    try:
        finished = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"),
                *("-p", "no:randomly", f"tests/dbt_project/{tests}"),
            ],
            cwd=copy,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return "caught"
    finally:
        path.write_text(original, encoding="utf-8")
    if re.search(r"(Parser|Binder|Catalog)Exception|(Parser|Binder) Error", finished.stdout):
        return "refused"
    return "survived" if finished.returncode == 0 else "caught"


def main() -> None:
    """Run the mutants that the arguments ask for and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="only each Nth mutant")
    parser.add_argument("--seconds", type=float, default=3600, help="begin none after this long")
    parser.add_argument("--folders", nargs="+", default=list(TESTS), choices=list(TESTS))
    asked = parser.parse_args()
    chosen: list[Mutant] = []
    for folder in asked.folders:
        for path in sorted((PROJECT / MODELS / folder).glob("*.sql")):
            model = path.relative_to(PROJECT)
            if built_by_tests(model, PROJECT / "tests/dbt_project" / TESTS[folder]):
                chosen += mutants(model)
            else:
                print(f"not built by tests of this kind, not mutated: {model.stem}")
    chosen = chosen[:: asked.every]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as room, ThreadPoolExecutor(2) as pool:
        copies: Queue[Path] = Queue()
        for number in (1, 2):
            copies.put(copy_of_project(Path(room) / str(number)))

        def run(mutant: Mutant) -> str:
            if time.monotonic() - begun > asked.seconds:
                return "not run"
            copy = copies.get()
            try:
                return judge(copy, mutant, TESTS[mutant.model.parent.name])
            finally:
                copies.put(copy)

        fates = list(pool.map(run, chosen))
    for fate, mutant in zip(fates, chosen, strict=True):
        if fate == "survived":
            print(f"survived  {mutant.model.stem}:{mutant.line}  {mutant.was!r} -> {mutant.now!r}")
    for folder in asked.folders:
        told = Counter(
            fate
            for fate, mutant in zip(fates, chosen, strict=True)
            if mutant.model.parent.name == folder
        )
        print(f"{folder:14}", dict(told))
    total = Counter(fates)
    judged = total["caught"] + total["survived"]
    print(f"caught {total['caught']} of {judged} ({100 * total['caught'] / max(judged, 1):.1f} %)")
    print(f"refused by the parser {total['refused']}, not run for lack of time {total['not run']}")


if __name__ == "__main__":
    main()
