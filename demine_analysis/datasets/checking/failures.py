"""What is wrong with a dataset: collected cell by cell, raised once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from demine_analysis.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_VALUE = 60
MOST_SHOWN = 20


class Failure(NamedTuple):
    """One bad cell.

    There is no line where the file as a whole is meant, no column where the line is, and no
    value where no cell is.
    """

    file: str
    line: int | None
    column: str
    value: str | None
    allowed: str

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f", line {self.line}"
        if self.column:
            where += f", column {self.column}"
        got = "" if self.value is None else f", got {quote(self.value)}"
        return f"{where}: {self.allowed}{got}"


def quote(value: str) -> str:
    """Return a cell for a message: on one line, escaped, shortened."""
    if not value:
        return "an empty cell"
    cut = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
    escaped = ascii(cut) if not cut.isprintable() else repr(cut)
    return escaped if cut is value else f"{escaped} ({len(value):,} characters)"


def as_frame(failures: Sequence[Failure]) -> pd.DataFrame:
    """Return the failures as a frame, a row a bad cell."""
    frame = pd.DataFrame(failures, columns=list(Failure._fields), dtype="object")
    frame["value"] = [(value or "")[:LONGEST_VALUE] for value in frame["value"]]
    text = ["file", "column", "value", "allowed"]
    return frame.astype({**dict.fromkeys(text, "str"), "line": "Int64"})


def error(dataset: str, failures: Sequence[Failure]) -> DatasetError:
    """Return the one exception for all that is wrong with a dataset."""
    count = len(failures)
    lines = [f"  {failure}" for failure in failures[:MOST_SHOWN]]
    if count > MOST_SHOWN:
        lines.append(f"  and {count - MOST_SHOWN:,} more, all in the exception's `failures`")
    head = f"dataset {dataset!r} has {count:,} problem{'s' if count > 1 else ''}:"
    return DatasetError("\n".join([head, *lines]), as_frame(failures))
