"""What is published or printed uses the glossary's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT_ROOT
from tests.prose.old_words import main, old_words_in, prose_files, words

GLOSSARY = PROJECT_ROOT / "docs" / "glossary.md"


def test_no_old_word_is_published_or_printed() -> None:
    listed = words()
    found = [str(one) for file in prose_files() for one in old_words_in(file, listed)]
    assert not found, "\n" + "\n".join(found)


def test_every_kind_of_text_is_read() -> None:
    files = {file.relative_to(PROJECT_ROOT).as_posix() for file in prose_files()}
    assert files >= {
        "README.md",
        "docs/privacy.md",
        "docs/sources/marac.md",
        "dbt_project/models/docs/columns.md",
        "dbt_project/models/marts/fct_harm.yml",
        "data/seeds/indicators.csv",
        "expectations/sources/marac.py",
        "flows/command/nightly.py",
        "flows/site/templates/index.html.jinja",
        "dbt_project/tests/quarters_sum_to_the_year_to_date.sql",
        "docs/deployment/csp-nightly.service",
        "csp.toml",
    }


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("page.md", "One\nWe mend it.", [(2, "mend")]),
        ("page.md", "Nothing takes\nup much: `mend` is a name.", [(1, "takes up")]),
        ("page.md", "```text\nmend\n```\n[a](walk through.md)", []),
        ("page.md", "An amendment is recommended every night.", []),
        ("model.yml", "description: >\n  As the office reckons.", [(2, "reckons")]),
        ("rows_tell_nothing.sql", "select told_rows", [(1, "told"), (1, "tell")]),
        ("code.py", 'room = "room"\nprint(f"{room} makes room")\n', [(2, "room")]),
        ("code.py", '"""What a night\n\n`night` does."""\n', [(1, "night")]),
    ],
)
def test_an_old_word_is_found_with_its_line(
    tmp_path: Path, name: str, text: str, found: list[tuple[int, str]]
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert [(one.line, one.said) for one in old_words_in(file, words())] == found


def test_each_pattern_finds_its_own_word() -> None:
    for one in words():
        assert one.pattern.search(one.word), one.word
        assert one.instead


def test_the_glossary_lists_the_words_that_are_not_used() -> None:
    rows = re.findall(
        r"^\| `([^|`]+)` \| ([^|]+) \| ([^|]*) \|$", GLOSSARY.read_text("utf-8"), re.M
    )
    assert [(word, instead.strip(), why.strip()) for word, instead, why in rows] == [
        (one.word, one.instead, one.why) for one in words()
    ]


def test_named_files_alone_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(GLOSSARY), str(Path(__file__))]) == 0
    assert capsys.readouterr().out == ""
