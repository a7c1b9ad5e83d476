"""Why a whole file is refused, in words that its supplier can act on."""

from __future__ import annotations


class FileRefusedError(Exception):
    """A file that cannot be read at all; its bytes go to quarantine with this as the reason.

    `problem` and `expected` never quote a record: they may name headers, line numbers and
    counts. `line` counts from 1 (the header), `column` is a header name or a position.
    """

    def __init__(
        self,
        problem: str,
        *,
        expected: str,
        next_step: str,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        self.problem = problem
        self.expected = expected
        self.next_step = next_step
        self.line = line
        self.column = column
        super().__init__(self.reason(""))

    def reason(self, file: str) -> str:
        """Say it in one sentence each: where and what, what was expected, what to do next."""
        place = [file] if file else []
        if self.line is not None:
            place.append(f"line {self.line}")
        if self.column is not None:
            place.append(f"column {self.column}")
        where = ", ".join(place)
        head = f"{where}: {self.problem}" if where else self.problem
        return f"{head}. Expected: {self.expected}. Next: {self.next_step}."


class HeadersMissingError(FileRefusedError):
    """A table without headers that it must have."""


class ReaderFailedError(FileRefusedError):
    """A file on which the reader itself failed: whether the file is to blame is not known."""


class FileUnreadableError(FileRefusedError):
    """A file that the disk or its permissions do not give: the next run tries it again."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"the file cannot be read ({error.strerror or type(error).__name__})",
            expected="a file that this user may read, on a disk that answers",
            next_step="check its permissions and the disk; the next run reads it",
        )
