"""What `csp report --edition internal` asks for before it writes: figures, and a place for them."""

from __future__ import annotations

from pathlib import Path

from flows.command.terminal import STEP_FAILED, WRONG_USAGE, fail
from flows.data_folder import PRIVATE_MODE, DataFolder


def refuse_where_internal_cannot_be(
    folder: DataFolder, target: Path, names_another_publication: bool
) -> None:
    """End where an internal paper would be published, or be of figures that are not at hand."""
    if target.absolute().resolve().is_relative_to(folder.published.resolve()):
        fail(
            f"--output {target}: the internal edition is never written below {folder.published}",
            WRONG_USAGE,
            next_step="name a folder that only those can read who may see it",
        )
    if names_another_publication:
        fail(
            "the internal edition is made from the private warehouse, which has the newest "
            "figures only",
            WRONG_USAGE,
            next_step="leave out --publication and --as-at",
        )


def internal_database(folder: DataFolder, publication_id: str) -> Path:
    """Return the marts in which nothing is withheld; they are built at the first call."""
    from flows.publishing.lock import RunLockedError
    from flows.settings import SettingsError, load_settings
    from flows.warehouse.build import BuildFailedError
    from flows.warehouse.internal_marts import NoWarehouseError, internal_marts

    try:
        return internal_marts(folder, load_settings(folder.root), publication_id)
    except SettingsError as error:
        fail(str(error), WRONG_USAGE)
    except (NoWarehouseError, RunLockedError, BuildFailedError) as error:
        fail(str(error), STEP_FAILED)


def make_private(target: Path) -> None:
    """Make the folder of internal papers its owner's alone; one that stands keeps its mode."""
    if not target.exists():
        target.mkdir(mode=PRIVATE_MODE, parents=True)
