"""Going back, telling publications apart, and the mode for systems without links."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.command.application import application
from flows.data_folder import DataFolder
from flows.publishing import (
    Publication,
    PublishFailedError,
    current_publication,
    diff,
    list_publications,
    publish,
    rollback,
)
from flows.settings import Settings
from tests.publishing.small_warehouse import build_warehouse, everything_below, pointed_to

pytestmark = pytest.mark.usefixtures("verified_in_this_process")

Rebuild = Callable[[int], None]


def three(folder: DataFolder, settings: Settings) -> list[Publication]:
    made = []
    for value in (1, 2, 3):
        build_warehouse(folder, value)
        made.append(publish(folder, settings, run_id=f"night-{value}"))
    return made


def value_in(database: Path) -> object:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute("select distinct value from dim_areas").fetchall()[0][0]


def test_rollback_goes_to_the_one_before_and_back_again(
    folder: DataFolder, settings: Settings
) -> None:
    first, second, third = three(folder, settings)
    versions = everything_below(folder.published / "versions")
    assert rollback(folder).publication_id == second.publication_id
    assert value_in(folder.published / "community_safety.duckdb") == 2
    assert json.loads((folder.published / "manifest.json").read_text())["run_id"] == "night-2"
    assert rollback(folder).publication_id == first.publication_id
    assert rollback(folder, third.publication_id).is_current
    assert value_in(folder.published / "community_safety.duckdb") == 3
    assert everything_below(folder.published / "versions") == versions


def test_a_night_after_a_rollback_publishes_on_top_and_keeps_the_way_back(
    folder: DataFolder,
) -> None:
    settings = Settings(publications_kept=2)
    build_warehouse(folder, 1)
    good = publish(folder, settings, run_id="good")
    build_warehouse(folder, 2)
    publish(folder, settings, run_id="bad")
    rollback(folder)
    build_warehouse(folder, 3)
    newest = publish(folder, settings, run_id="newest")
    assert newest.publication_id.startswith("000003-")
    assert newest.manifest.previous_publication_id == good.publication_id
    kept = [found.publication_id for found in list_publications(folder)]
    assert kept == [newest.publication_id, good.publication_id]
    assert rollback(folder).publication_id == good.publication_id


def test_a_publication_is_known_by_its_number_alone(folder: DataFolder, settings: Settings) -> None:
    """As `csp report --publication 000001` knows it."""
    first, _, third = three(folder, settings)
    assert rollback(folder, "000001").publication_id == first.publication_id
    found = diff(folder, "000001", "000003")
    assert found.old.publication_id == first.publication_id
    assert found.new.publication_id == third.publication_id
    for no_number in ("000004", "1", "0000"):
        with pytest.raises(PublishFailedError, match=f"{no_number} is not kept"):
            rollback(folder, no_number)
        with pytest.raises(PublishFailedError, match=f"{no_number} is not kept"):
            diff(folder, no_number)


def test_rollback_to_what_is_not_kept_names_what_is(folder: DataFolder, settings: Settings) -> None:
    with pytest.raises(PublishFailedError, match="Nothing is published"):
        rollback(folder)
    only = publish(folder, settings, run_id="night-1")
    with pytest.raises(
        PublishFailedError,
        match=f"{only.publication_id} is the first publication. Kept are: {only.publication_id}",
    ):
        rollback(folder)
    with pytest.raises(PublishFailedError, match=r"Publication \.\./x is not kept"):
        rollback(folder, "../x")


@pytest.mark.parametrize("named", ["", "  "])
def test_an_empty_id_rolls_nothing_back(folder: DataFolder, settings: Settings, named: str) -> None:
    """`csp publish --rollback "$ID"` of a script whose variable is not set."""
    made = three(folder, settings)
    command = ["publish", "--rollback", named, "--data", str(folder.root)]
    done = CliRunner().invoke(application, command)
    assert done.exit_code == 2
    assert "the ID is empty" in done.output
    with pytest.raises(PublishFailedError):
        rollback(folder, named)
    current = current_publication(folder)
    assert current is not None
    assert current.publication_id == made[-1].publication_id


def test_rollback_to_a_damaged_publication_changes_nothing(
    folder: DataFolder, settings: Settings
) -> None:
    _, second, third = three(folder, settings)
    (second.folder / "parquet" / "dim_areas.parquet").unlink()
    with pytest.raises(
        PublishFailedError, match=r"damaged and was not put back:\n.*dim_areas.parquet"
    ):
        rollback(folder)
    current = current_publication(folder)
    assert current is not None
    assert current.publication_id == third.publication_id


def test_pointer_mode_names_the_folder_and_makes_no_links(
    folder: DataFolder, pointer_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise OSError(1, "a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", forbidden)
    first, second, third = three(folder, pointer_settings)
    assert sorted(path.name for path in folder.published.iterdir()) == ["current.json", "versions"]
    assert pointed_to(folder) == f"versions/{third.publication_id}"
    assert third.database == third.folder / "community_safety.duckdb"
    assert value_in(folder.published / pointed_to(folder) / "community_safety.duckdb") == 3
    assert rollback(folder).publication_id == second.publication_id
    assert value_in(folder.published / pointed_to(folder) / "community_safety.duckdb") == 2
    assert first.publication_id in [found.publication_id for found in list_publications(folder)]


def test_without_links_symlink_mode_says_which_setting_helps(
    folder: DataFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise OSError(1, "a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", forbidden)
    with pytest.raises(PublishFailedError, match='publish_mode = "pointer"'):
        publish(folder, settings, run_id="night-1")
    assert list_publications(folder) == []


def test_the_mode_can_be_changed_there_and_back(
    folder: DataFolder, settings: Settings, pointer_settings: Settings
) -> None:
    publish(folder, settings, run_id="links")
    second = publish(folder, pointer_settings, run_id="pointer")
    assert not second.unchanged
    assert sorted(path.name for path in folder.published.iterdir()) == ["current.json", "versions"]
    third = publish(folder, settings, run_id="links again")
    assert third.database == folder.published / "community_safety.duckdb"
    assert not (folder.published / "current.json").exists()
    assert value_in(third.database) == 10545


def test_diff_lists_figures_that_came_went_and_changed(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute(
            """
            update fct_indicator_values set value = 10546
                where area_code = 'E22000001' and indicator_id = 'indicator_1';
            update fct_indicator_values set value = null, rate = null
                where area_code = 'E22000002' and indicator_id = 'indicator_2';
            delete from fct_indicator_values
                where area_code = 'E22000003' and indicator_id = 'indicator_3';
            update fct_indicator_values set area_code = 'E22000099'
                where area_code = 'E22000004' and indicator_id = 'indicator_0';
            -- below twelve digits: no difference
            update fct_indicator_values set rate = rate * (1 + 1e-14)
                where area_code = 'E22000005' and indicator_id = 'indicator_1';
            """
        )
    publish(folder, settings, run_id="night-2")
    found = diff(folder)
    assert [table.table for table in found.tables] == ["fct_indicator_values"]
    assert (found.tables[0].old_rows, found.tables[0].new_rows) == (40, 39)
    assert (found.figures_added, found.figures_removed, found.figures_changed) == (1, 2, 2)
    assert [
        (f.change, f.indicator_id, f.area_code, f.old_value, f.new_value, f.columns)
        for f in found.figures
    ] == [
        ("removed", "indicator_0", "E22000004", 10545, None, ()),
        ("added", "indicator_0", "E22000099", None, 10545, ()),
        ("changed", "indicator_1", "E22000001", 10545, 10546, ("value",)),
        ("changed", "indicator_2", "E22000002", 10545, None, ("value", "rate")),
        ("removed", "indicator_3", "E22000003", 10545, None, ()),
    ]
    both = found.figures[3]
    assert (both.old_texts, both.new_texts) == (("10545.0", "3515.0"), (None, None))
    cut = diff(folder, limit=1)
    assert len(cut.figures) == 1
    assert cut.figures_removed == 2


def test_diff_lists_the_home_area_first(folder: DataFolder, settings: Settings) -> None:
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute("alter table dim_areas add column is_home_area boolean")
        connection.execute("comment on column dim_areas.is_home_area is 'Whether it is ours.'")
        connection.execute("update dim_areas set is_home_area = area_code = 'E22000006'")
    publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute("update fct_indicator_values set value = value + 1")
    publish(folder, settings, run_id="night-2")
    listed = [figure.area_code for figure in diff(folder).figures]
    assert listed[:4] == ["E22000006"] * 4
    assert "E22000006" not in listed[4:]


def test_csp_diff_prints_the_column_that_changed_with_both_values(
    folder: DataFolder, settings: Settings
) -> None:
    publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute(
            "update fct_indicator_values set rate = 99.5 "
            "where area_code = 'E22000001' and indicator_id = 'indicator_1'"
        )
    publish(folder, settings, run_id="night-2")
    done = CliRunner().invoke(
        application, ["diff", "--data", str(folder.root)], env={"COLUMNS": "160"}
    )
    assert done.exit_code == 0, done.output
    line = next(line for line in done.output.splitlines() if "indicator_1" in line)
    assert line.split()[-3:] == ["rate", "3,515", "99.5"]


def test_csp_diff_prints_a_year_as_a_year_and_counts_the_other_columns(
    folder: DataFolder, settings: Settings
) -> None:
    with duckdb.connect(str(folder.database)) as connection:
        for name in ("population_year", "denominator", "rate_lower", "rate_upper"):
            connection.execute(f"alter table fct_indicator_values add column {name} bigint")
            connection.execute(f"update fct_indicator_values set {name} = 2023")
            connection.execute(f"comment on column fct_indicator_values.{name} is 'a column'")
    publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute(
            "update fct_indicator_values set rate = 99.5, population_year = 2024, "
            "denominator = 2025, rate_lower = 1, rate_upper = 2 "
            "where area_code = 'E22000001' and indicator_id = 'indicator_1'"
        )
    publish(folder, settings, run_id="night-2")
    done = CliRunner().invoke(
        application, ["diff", "--data", str(folder.root)], env={"COLUMNS": "160"}
    )
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert "population_year 2023 2024" in lines
    assert "denominator 2,023 2,025" in lines
    assert "and 1 more column" in lines


def test_a_newer_extract_date_alone_is_counted_apart(
    folder: DataFolder, settings: Settings
) -> None:
    """A new extract of the same figures buried two corrections under thousands of rows."""
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute("alter table fct_indicator_values add column extract_date date")
        connection.execute("update fct_indicator_values set extract_date = date '2017-10-01'")
        connection.execute("comment on column fct_indicator_values.extract_date is 'its date'")
    publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute(
            """
            update fct_indicator_values set extract_date = date '2017-11-01';
            update fct_indicator_values set value = 10546
                where area_code = 'E22000001' and indicator_id = 'indicator_1';
            update fct_indicator_values set extract_date = date '2017-09-01'
                where area_code = 'E22000002' and indicator_id = 'indicator_2';
            update fct_indicator_values set extract_date = null
                where area_code = 'E22000003' and indicator_id = 'indicator_3';
            """
        )
    publish(folder, settings, run_id="night-2")
    found = diff(folder)
    assert (found.figures_changed, found.only_newer_extract) == (3, 37)
    # an extract date that goes back, or goes, is no routine
    assert [one.columns for one in found.figures] == [
        ("value", "extract_date"), ("extract_date",), ("extract_date",)
    ]  # fmt: skip
    done = CliRunner().invoke(
        application, ["diff", "--data", str(folder.root)], env={"COLUMNS": "160"}
    )
    assert "3 changed; only a newer extract date: 37" in done.output


def test_diff_does_not_take_a_new_type_for_a_new_figure(
    folder: DataFolder, settings: Settings
) -> None:
    build_warehouse(folder, 10546)  # no multiple of 3: the rate loses its fraction
    publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute("alter table fct_indicator_values alter rate type bigint")
    publish(folder, settings, run_id="night-2")
    found = diff(folder)
    assert found.tables[0].columns_added == found.tables[0].columns_removed == ("rate",)
    assert found.figures_changed == 0


def test_diff_tells_tables_and_columns_that_came_or_went(
    folder: DataFolder, settings: Settings
) -> None:
    first = publish(folder, settings, run_id="night-1")
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute("drop table dim_areas")
        connection.execute("alter table fct_indicator_values drop column is_complete")
    second = publish(folder, settings, run_id="night-2")
    found = diff(folder, first.publication_id, second.publication_id)
    areas, figures = found.tables
    assert (areas.table, areas.old_rows, areas.new_rows) == ("dim_areas", 10, None)
    assert figures.columns_removed == ("is_complete",)
    assert found.figures == ()
    back = diff(folder, second.publication_id, first.publication_id)
    assert back.tables[1].columns_added == ("is_complete",)
    with pytest.raises(PublishFailedError, match="Name two of them"):
        diff(folder, "000099-20260101T000000Z")
