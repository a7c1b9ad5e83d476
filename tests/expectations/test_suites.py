from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from expectations.checkpoint import run_checkpoint
from expectations.data_docs import write_data_docs
from expectations.registry import Group, subjects, suite_of
from expectations.suites import SuiteMalformedError, expect, expect_none, suite
from tests.judged_profiles import run_by_limits

GROUPS: tuple[Group, ...] = ("sources", "marts")
SUITES = [(group, subject) for group in GROUPS for subject in subjects(group)]
# their columns and limits are those of each kind of expectation
EXPECTATIONS: list[tuple[Group, str, Any]] = [
    (group, subject, expectation)
    for group, subject in SUITES
    for expectation in suite_of(group, subject).expectations
]
IDS = [expectation.meta["check_id"] for _, _, expectation in EXPECTATIONS]


def test_the_suites_of_marts_are_what_no_test_of_one_table_can_ask():
    assert subjects("marts") == ["denominators", "last_publication"]


@pytest.mark.parametrize(("group", "subject"), SUITES)
def test_a_good_frame_passes_every_expectation(group, subject, good_frame):
    results = run_checkpoint(group, {subject: good_frame(group, subject)})
    assert {
        result.check_id: result.observed for result in results if result.status != "passed"
    } == {}
    assert len(results) == len(suite_of(group, subject).expectations)


@pytest.mark.parametrize(("group", "subject"), SUITES)
def test_a_value_beyond_its_limit_fails_each_expectation_with_its_severity(
    group, subject, good_frame
):
    frame = good_frame(group, subject)
    expectations: list[Any] = suite_of(group, subject).expectations
    # a column with a limit at both ends, or two expectations, is tried at one end after the other
    failed = {}
    for end in ("max_value", "min_value"):
        beyond = frame.copy()
        for expectation in expectations:
            limit = getattr(expectation, end)
            if limit is not None:
                beyond[expectation.column] = [limit + (1 if end == "max_value" else -1)]
        results = run_checkpoint(group, {subject: beyond})
        # what tests of landings ask instead, which take no library
        assert results == run_by_limits(group, {subject: beyond})
        for result in results:
            if result.status == "failed":
                failed[result.check_id] = result
    assert set(failed) == {expectation.meta["check_id"] for expectation in expectations}
    for expectation in expectations:
        result = failed[expectation.meta["check_id"]]
        assert result.severity == expectation.meta["severity"] == expectation.severity
        assert result.unexpected_count == 1
        assert result.stops_publication == (result.severity == "critical")
        assert result.expected and result.next_step and result.description


def test_check_ids_are_unique_and_say_stage_subject_and_check():
    assert len(set(IDS)) == len(IDS)
    for (group, subject, expectation), check_id in zip(EXPECTATIONS, IDS, strict=True):
        stage = {"sources": "source", "marts": "mart"}[group]
        assert check_id == f"{stage}.{subject}.{expectation.meta['slug']}"


def test_running_twice_gives_equal_results(good_frame):
    frame = good_frame("sources", "police_uk")
    frame["rejected_share"] = 0.5
    assert run_checkpoint("sources", {"police_uk": frame}) == run_checkpoint(
        "sources", {"police_uk": frame}
    )


def test_an_expectation_that_raises_is_an_error_and_stops_publication(good_frame):
    frame = good_frame("sources", "police_uk").drop(columns="rows_rejected")
    results = {r.check_id: r for r in run_checkpoint("sources", {"police_uk": frame})}
    erred = results["source.police_uk.rows_rejected"]
    assert erred.status == "error"
    assert erred.severity == "critical"  # the expectation itself is only a warning
    assert erred.stops_publication
    assert "rows_rejected" in erred.observed


def test_a_value_that_is_not_there_is_an_error_not_a_pass(good_frame):
    frame = good_frame("marts", "last_publication").astype({"month_ratio": "Float64"})
    frame.loc[0, "month_ratio"] = None
    results = {r.check_id: r for r in run_checkpoint("marts", {"last_publication": frame})}
    assert results["mart.last_publication.months_halved"].status == "error"
    assert list(results.values()) == run_by_limits("marts", {"last_publication": frame})


def test_a_frame_without_rows_is_an_error_not_a_pass(good_frame):
    frame = good_frame("marts", "denominators").iloc[:0]
    results = run_checkpoint("marts", {"denominators": frame})
    assert {result.status for result in results} == {"error"}


def test_some_of_many_rows_beyond_a_limit_are_named_with_their_words_and_loads(good_frame):
    frame = pd.concat([good_frame("sources", "partner_returns")] * 6, ignore_index=True)
    frame["file"] = [f"return-{n}.csv" for n in range(6)]
    frame["load_ids"] = ["a", "b|c", "d", "e", "f", "g"]
    frame["areas_unknown"] = [0, 2, 0, 1, 1, 1]
    frame["areas_unknown_words"] = [None, "'Dudly' on line 3", None, "x", "", None]
    frame["rejected_share"] = [0.0, 0.5, float("nan"), 0.0, 0.0, 0.0]
    results = {r.check_id: r for r in run_checkpoint("sources", {"partner_returns": frame})}
    assert list(results.values()) == run_by_limits("sources", {"partner_returns": frame})
    areas = results["source.partner_returns.areas_unknown"]
    assert areas.observed == (
        "2 ('Dudly' on line 3) in return-1.csv; 1 (x) in return-3.csv; 1 in return-4.csv; "
        "and 1 more (4 of 6)"
    )
    assert areas.loads == ("b", "c", "e", "f", "g")
    assert results["source.partner_returns.rejected_share"].status == "error"


def test_a_failure_names_the_file_and_the_value(good_frame):
    frame = good_frame("sources", "police_uk")
    frame["rejected_share"] = 0.25
    results = {r.check_id: r for r in run_checkpoint("sources", {"police_uk": frame})}
    assert list(results.values()) == run_by_limits("sources", {"police_uk": frame})
    failed = results["source.police_uk.rejected_share"]
    assert failed.observed == "0.25 in 2018-07-west-yorkshire-street.csv (1 of 1)"
    assert failed.expected == "rejected_share at most 0.01"


def test_an_expectation_says_what_was_changed_in_it():
    expectation: Any = expect("rows", "rows", "a", "b", at_most=1)
    assert expectation.configuration.kwargs["max_value"] == 1
    expectation.max_value = 5
    assert expectation.configuration.kwargs["max_value"] == 5


def test_two_expectations_of_one_slug_are_refused():
    with pytest.raises(SuiteMalformedError, match="'rows'"):
        suite(
            "mart",
            "x",
            [expect_none("rows", "a", "b"), expect("rows", "rows", "a", "b", at_least=1)],
        )


def test_data_docs_ask_no_other_server(tmp_path, good_frame):
    docs = tmp_path / "docs"
    frames = {"denominators": good_frame("marts", "denominators")}
    run_checkpoint("marts", frames, lambda context: write_data_docs(context, docs))
    pages = list(docs.rglob("*.html"))
    assert any("validations" in page.parts for page in pages)
    for page in pages:
        text = page.read_text()
        assert 'src="http' not in text
        assert not re.search(r"<link[^>]*https?:|url\([^)]*https?:", text)


def test_a_page_that_cannot_be_written_is_one_plain_error(
    tmp_path, good_frame, monkeypatch, caplog
):
    """The library logs a traceback of it and goes on, as if the pages were whole."""
    from great_expectations.data_context.store.html_site_store import HtmlSiteStore

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(HtmlSiteStore, "set", full)
    frames = {"denominators": good_frame("marts", "denominators")}
    with pytest.raises(OSError, match="No space left on device") as raised:
        run_checkpoint("marts", frames, lambda context: write_data_docs(context, tmp_path / "docs"))
    assert "Traceback" not in str(raised.value) + caplog.text
