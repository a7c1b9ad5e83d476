"""The demo's hand in the inbox: what it writes, what it wrote before, and whose files it spares."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flows.demo.plan import DemoPlan
from flows.landing.inbox.synthetic import LABEL, MARKER, says_synthetic

LIST = ".csp-demo.json"
MARKER_TEXT = (
    f"{LABEL}\n\nEvery file in this folder was made up by csp demo for trying the program out. No "
    "record is of a crime,\na person or a place that exists. Sums that partnerships printed about "
    "themselves are met on purpose.\nKeep it apart from real data: a run refuses to mix them.\n"
)


class InboxNotOursError(Exception):
    """The inbox holds files that the demo did not make, or a demo of another plan."""


@dataclass(slots=True)
class InboxWriter:
    """Writes into one inbox and remembers each file by its hash."""

    raw: Path
    plan: DemoPlan
    files: dict[str, str] = field(default_factory=dict)
    delivered: list[str] = field(default_factory=list)
    bytes_written: int = 0

    @classmethod
    def open(cls, raw: Path, plan: DemoPlan, *, force: bool = False) -> InboxWriter:
        """Look at the inbox first.

        Raises InboxNotOursError unless it is empty, the demo's, or forced.

        A demo of another plan is removed where it is forced; files of others are never touched.
        """
        known = _known(raw)
        files: dict[str, str] = known.get("files", {})
        others = [name for name in _present(raw) if name not in files]
        if others and not force:
            raise InboxNotOursError(
                f"{raw} holds {len(others):,} files that csp demo did not make, such as "
                f"{others[0]}. Nothing was written"
            )
        same_plan = known.get("plan") == _plan_in_words(plan)
        if files and not same_plan:
            if not force:
                raise InboxNotOursError(
                    f"{raw} holds a demo of another plan ({known.get('plan')}). Nothing was written"
                )
            for name in files:
                (raw / name).unlink(missing_ok=True)
            return cls(raw, plan)
        return cls(raw, plan, dict(files), list(known.get("delivered", ())))

    def write(self, source: str, extract_date: date, name: str, content: bytes | str) -> None:
        """Write one file of a source, its extract date's marker beside it."""
        folder = f"{source}/{extract_date.isoformat()}"
        if not says_synthetic(name):
            raise ValueError(f"{name} does not say that it is synthetic")
        self.write_beside(f"{folder}/{MARKER}", MARKER_TEXT)
        self.write_beside(f"{folder}/{name}", content)

    def write_beside(self, name: str, content: bytes | str) -> None:
        """Write a file by its path below the inbox."""
        data = content.encode() if isinstance(content, str) else content
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files[name] = hashlib.sha256(data).hexdigest()
        self.bytes_written += len(data)

    def close(self) -> None:
        """Write the marker of the whole inbox, and the list of what was made."""
        self.write_beside(MARKER, MARKER_TEXT)
        content = {
            "plan": _plan_in_words(self.plan),
            "delivered": self.delivered,
            "files": dict(sorted(self.files.items())),
        }
        (self.raw / LIST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _plan_in_words(plan: DemoPlan) -> str:
    return f"seed {plan.seed}, {plan.months} months, share {plan.share:g}"


def _present(raw: Path) -> list[str]:
    if not raw.is_dir():
        return []
    return sorted(
        path.relative_to(raw).as_posix()
        for path in raw.rglob("*")
        if not path.is_dir() and path.name != LIST
    )


def _known(raw: Path) -> dict[str, Any]:
    try:
        content = json.loads((raw / LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
