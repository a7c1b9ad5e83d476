"""A load that fails a critical check is held back: the rest is published, through the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from flows.landing.sources.rules.hash_key import forget_keys
from tests.conftest import run_csp

pytestmark = pytest.mark.slow

HEADER = "area,indicator,period_start,period_end,numerator,denominator,source_document\n"
CHECK = "source.partner_returns.rejected_share"
EARLIER = "partner_returns/2017-10-08/dudley.csv"
SPOILT = "partner_returns/2017-11-08/dudley.csv"
CONTRADICTING = "partner_returns/2017-11-08/sandwell.csv"
WOLVERHAMPTON = "partner_returns/2017-11-08/wolverhampton.csv"
CORRECTED = "partner_returns/2017-12-08/dudley.csv"


def _return(area: str, *figures: tuple[str, int]) -> str:
    return HEADER + "".join(
        f"{area},{indicator},2017-07-01,2017-09-30,{count},,R\n" for indicator, count in figures
    )


FOUR = (("robbery", 105), ("shoplifting", 300), ("vehicle_offences", 410), ("bicycle_theft", 30))
FILES = {
    EARLIER: _return("Dudley", ("robbery", 90)),
    # twelve lines of sixteen make no sense: something is wrong with the file as a whole
    SPOILT: _return("Dudley", *FOUR)
    + "".join(
        f"Dudley,drug_offences,2017-{m:02}-01,2017-{m:02}-28,many,,R\n" for m in range(1, 13)
    ),
    # six lines, of which the last two contradict each other: those two are rejected
    CONTRADICTING: _return("Sandwell", *FOUR, ("drug_offences", 50), ("drug_offences", 60)),
    # one line of three makes no sense: it is rejected, and the others stand
    WOLVERHAMPTON: _return("Wolverhampton", ("robbery", 77), ("shoplifting", 88))
    + "Wolverhampton,drug_offences,2017-07-01,2017-09-30,many,,R\n",
}


@dataclass
class Run:
    """One `csp nightly`: its exit code, what it printed, and the robberies published by it."""

    exit_code: int
    said: str
    robberies: dict[str, float]
    manifest: dict[str, object]


def _lay(data: Path, files: dict[str, str]) -> None:
    for place, text in files.items():
        path = data / "raw" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _run(data: Path, *words: str) -> Run:
    done = run_csp("nightly", "--data", str(data), *words)
    figures: dict[str, float] = {}
    manifest: dict[str, object] = {}
    database = data / "published" / "community_safety.duckdb"
    if database.exists():
        with duckdb.connect(str(database), read_only=True) as connection:
            figures = dict(
                connection.execute(
                    "select area_name, value from fct_indicator_values "
                    "where indicator_id = 'robbery' and period_label = '2017/18 Q2' "
                    "and value is not null"
                ).fetchall()
            )
        manifest = json.loads((data / "published" / "manifest.json").read_text(encoding="utf-8"))
    said = " ".join((done.stdout + done.stderr).split())
    return Run(done.returncode, said, figures, manifest)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        forget_keys()
        yield tmp_path_factory.mktemp("held") / "data"
    forget_keys()


@pytest.fixture(scope="module")
def first(data: Path) -> Run:
    """The run that meets the contradicting return."""
    _lay(data, FILES)
    return _run(data)


def test_the_rest_is_published_and_the_last_good_extract_stands(first: Run) -> None:
    assert first.exit_code == 0, first.said
    assert first.robberies == {"Dudley": 90, "Sandwell": 105, "Wolverhampton": 77}
    held = first.manifest["held_back"]
    assert isinstance(held, list)
    assert [(one["file"], one["extract_date"], one["checks"]) for one in held] == [
        ("dudley.csv", "2017-11-08", [CHECK])
    ]
    assert ("dudley.csv", "2017-11-08") not in {
        (load["file"], load["extract_date"])
        for load in first.manifest["loads"]  # type: ignore[attr-defined]
    }


def test_the_summary_names_the_load_the_reason_and_the_next_step(first: Run) -> None:
    assert "Held back 1 load" in first.said
    assert SPOILT in first.said
    assert "No more than 10 rows of a file" in first.said
    assert "the extract of 8 October 2017 stands" in first.said
    corrected = first.said.index("Ask the partner for a corrected return")
    assert corrected < first.said.index(f"csp nightly --let-through {CHECK}")


def test_a_few_rejected_lines_are_told_and_hold_nothing_back(first: Run) -> None:
    assert "lines 6, 7 give different figures" in first.said
    assert first.robberies["Sandwell"] == 105
    assert "1 row, on line 4" in first.said
    assert first.robberies["Wolverhampton"] == 77


def test_status_lists_what_is_held_back(data: Path, first: Run) -> None:
    said = " ".join(run_csp("status", "--data", str(data)).stdout.split())
    assert "Held back" in said
    assert SPOILT in said
    assert "Ask the partner for a corrected return" in said


def test_rpt_checks_shows_the_failed_check_and_what_came_of_it(data: Path, first: Run) -> None:
    database = data / "published" / "community_safety.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute(
            "select severity, status, description from rpt_checks where check_id = ?", [CHECK]
        ).fetchone()
    assert row is not None
    assert row[:2] == ("critical", "failed")
    assert f"Held back: {SPOILT}" in row[2]


@pytest.fixture(scope="module")
def let_through(data: Path, first: Run) -> Run:
    """The run that lets the load through by name, with nothing new in the inbox."""
    return _run(data, "--let-through", CHECK, "--reason", "the lines are of a closed team")


def test_a_held_back_load_can_be_let_through_with_a_reason(let_through: Run) -> None:
    assert let_through.exit_code == 0, let_through.said
    assert let_through.robberies["Dudley"] == 105
    assert let_through.manifest["held_back"] == []
    assert let_through.manifest["let_through"][0]["reason"] == "the lines are of a closed team"


def test_what_was_let_through_stays_so_when_another_load_fails(
    data: Path, let_through: Run
) -> None:
    other = "partner_returns/2017-11-09/walsall.csv"
    _lay(data, {other: FILES[SPOILT].replace("Dudley", "Walsall")})
    run = _run(data)
    assert run.exit_code == 0, run.said
    assert run.robberies["Dudley"] == 105
    assert [one["file"] for one in run.manifest["held_back"]] == ["walsall.csv"]  # type: ignore[attr-defined]


def test_a_corrected_file_ends_it(data: Path, let_through: Run) -> None:
    _lay(
        data,
        {
            CORRECTED: _return("Dudley", *FOUR, ("drug_offences", 50)),
            "partner_returns/2017-12-09/walsall.csv": _return("Walsall", *FOUR),
        },
    )
    run = _run(data)
    assert run.exit_code == 0, run.said
    assert (run.robberies["Dudley"], run.robberies["Walsall"]) == (105, 105)
    assert run.manifest["held_back"] == []
    assert run.manifest["let_through"] == []
    assert "Held back" not in run.said
