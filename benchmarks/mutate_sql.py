"""Mutate the SQL of the figures, one place at a time, and see whether the tests notice.

    python benchmarks/mutate_sql.py [--every N] [--seconds S] [--folders periods …] [--models …]

Each mutant is one changed token of one model of the intermediate layer. It is caught when a unit
test of dbt of that model fails, or a test that asks for the model, or a data test of dbt in a
warehouse that a test builds (see mutation_judge.py and recorded_builds.py). The checkout is not
touched. Mutants that DuckDB refuses are counted apart, not as caught; so are those that
equivalent_mutants.csv lists, with the reason why no input can distinguish them from the model.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pytest
from mutation_judge import CAUGHT, REFUSED, SURVIVED, UNTESTED, Judge
from sql_mutants import MODELS, PROJECT, Mutant, folders, mutants

#: Tests that judge: those on made-up tables, and those on warehouses that their fixtures build.
TESTS = (
    "tests/dbt_project/figures",
    "tests/dbt_project/ranks",
    "tests/dbt_project/charts",
    "tests/dbt_project/harm",
    "tests/dbt_project/neighbourhoods",
    "tests/night/partnership",
    "tests/night/test_west_yorkshire.py",
    "tests/night/test_published_figures.py",
    "tests/privacy/test_attacker.py",
)
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.csv")


def equivalent() -> dict[tuple[str, str, str, str], str]:
    """Reasons by model, changed line, and what became what."""
    if not EQUIVALENT.exists():
        return {}
    with EQUIVALENT.open(encoding="utf-8", newline="") as lines:
        return {
            (row["model"], row["line"], row["was"], row["now"]): row["reason"]
            for row in csv.DictReader(lines)
        }


def is_equivalent(mutant: Mutant, known: dict[tuple[str, str, str, str], str]) -> bool:
    """Whether the mutant is listed as one that no input can distinguish from the model."""
    key = (mutant.name, mutant.changed_line, mutant.was.strip(), mutant.now.strip())
    return key in known


def chosen_mutants(asked: argparse.Namespace) -> list[Mutant]:
    """Give the mutants of the folders or models that were asked for."""
    found: list[Mutant] = []
    for folder in asked.folders:
        for path in sorted((PROJECT / MODELS / folder).glob("*.sql")):
            if not asked.models or path.stem in asked.models:
                found += mutants(path.relative_to(PROJECT))
    return found[asked.start :: asked.every]


def tell(judged: list[Mutant], fates: list[str]) -> None:
    """Print caught and survived by folder, and in all."""
    print("\n| folder | caught | survived | no test | refused | not run | caught of judged |")
    print("|---|---|---|---|---|---|---|")
    for folder in [*sorted({mutant.folder for mutant in judged}), "all"]:
        told = Counter(
            fate
            for fate, mutant in zip(fates, judged, strict=True)
            if folder in (mutant.folder, "all")
        )
        of = told[CAUGHT] + told[SURVIVED] + told[UNTESTED]
        print(
            f"| {folder} | {told[CAUGHT]} | {told[SURVIVED]} | {told[UNTESTED]} | {told[REFUSED]} "
            f"| {told['not run']} | {100 * told[CAUGHT] / max(of, 1):.1f} % |"
        )


def main() -> None:
    """Run the mutants that the arguments ask for and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="only each Nth mutant")
    parser.add_argument("--start", type=int, default=0, help="beginning with this one")
    parser.add_argument("--seconds", type=float, default=7200, help="begin none after this long")
    parser.add_argument("--folders", nargs="+", default=folders(), choices=folders())
    parser.add_argument("--models", nargs="+", default=[], help="only these models")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="tests that judge")
    parser.add_argument(
        "--keep-in",
        type=Path,
        help="keep here what the true models showed, and use it if it is there",
    )
    asked = parser.parse_args()
    found, known = chosen_mutants(asked), equivalent()
    judged = [mutant for mutant in found if not is_equivalent(mutant, known)]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as passing:
        keep_in = (asked.keep_in or Path(passing)).resolve()
        keep_in.mkdir(parents=True, exist_ok=True)
        judge = Judge(judged, keep_in, asked.seconds)
        tests = [str(PROJECT / test) for test in asked.tests if (PROJECT / test).exists()]
        # one process: the judge forks it for each mutant
        options = ["-q", "-s", "-n", "0", "-p", "no:cacheprovider", "--rootdir", str(PROJECT)]
        pytest.main([*options, *tests], plugins=[judge])
    tell(judged, judge.fates)
    print(
        f"\n{len(found) - len(judged)} more are listed as equivalent; "
        f"{time.monotonic() - begun:.0f} seconds"
    )


if __name__ == "__main__":
    main()
