"""A CSV file as text cells, with the line each row stands on, and what is wrong with its form."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from demine_analysis.datasets.checking.failures import Failure
from demine_analysis.files import read_current
from demine_analysis.vocabulary import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LONGEST_LINE = 100_000
LARGEST_FILE = 500_000_000
_OVERLONG = (
    f"must be at most {LONGEST_LINE:,} characters long; is a line break or quotation mark missing?"
)


_SAVE_AS_CSV = 'save it from the spreadsheet as "CSV UTF-8 (comma delimited)"'
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 2_000


class File(NamedTuple):
    """A file's bytes, under the name of its folder and its own; or why they cannot be read."""

    name: str
    raw: bytes
    wrong: str = ""


class Table(NamedTuple):
    """Cells as text, indexed by the line in the file, and the failures of the file's form."""

    file: str
    cells: pd.DataFrame
    failures: list[Failure]

    @property
    def sound(self) -> bool:
        """Whether every row of the file could be read."""
        return not self.failures


class _Row(NamedTuple):
    line: int
    cells: list[str]


def read_table(path: Path, columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Read a CSV file that must have these columns, and may have the optional ones."""
    return parse_table(read_file(path), columns, optional=optional)


def read_file(path: Path) -> File:
    """Return the content of a file, whatever it holds."""
    name = f"{path.parent.name}/{path.name}"
    try:
        unfit = _unfit(path)
        return File(name, b"" if unfit else read_current(path), unfit)
    except FileNotFoundError:
        return File(name, b"", "must be there, the file is missing")
    except OSError as cause:
        return File(name, b"", f"must be a readable file: {cause.strerror}")


def parse_table(content: File, columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Return the table in a CSV file that must have these columns, in any order.

    It may have the optional columns and no others; where it lacks one, its cells are empty.
    """
    file, required, columns = content.name, columns, (*columns, *optional)
    text, failures = _decode(content)
    if failures:
        return _empty(file, columns, failures)
    rows, failures = _read_rows(text, file)
    if not rows:
        missing = Failure(
            file,
            None,
            "",
            None,
            f"must have a header line with {', '.join(columns)}, the file is empty",
        )
        return _empty(file, columns, failures or [missing])
    header = rows[0].cells
    wrong = _layout(rows, file) or _header_failures(rows[0], columns, required, file)
    if wrong:
        return _empty(file, columns, [*wrong, *failures])
    rows, blank = _without_blank(rows, file)
    failures = [*failures, *blank]
    ragged = [_ragged(row, header, file) for row in rows[1:] if len(row.cells) != len(header)]
    whole = [row for row in rows[1:] if len(row.cells) == len(header)]
    once: dict[str, str] = {}  # equal cells are one object: less memory, and quicker to compare
    cells = pd.DataFrame(
        [[once.setdefault(cell, cell) for cell in row.cells] for row in whole],
        columns=header,
        index=pd.Index([row.line for row in whole], name="line", dtype="int64"),
        dtype="str",
    )
    if not rows[1:] and not failures:
        failures = [Failure(file, 2, "", None, "must have at least one row below the header")]
    cells = cells.assign(**{name: "" for name in columns if name not in header})
    return Table(file, cells[list(columns)], [*failures, *ragged])


def read_header(content: File) -> list[str]:
    """Return the column names of a CSV file, or none where it cannot be read."""
    text, failures = _decode(content)
    rows, _ = ([], []) if failures else _read_rows(text.partition("\n")[0], content.name)
    return rows[0].cells if rows else []


def _empty(file: str, columns: Sequence[str], failures: list[Failure]) -> Table:
    return Table(file, pd.DataFrame(columns=list(columns), dtype="str"), failures)


def _decode(content: File) -> tuple[str, list[Failure]]:
    file, raw = content.name, content.raw
    if content.wrong:
        return "", [Failure(file, None, "", None, content.wrong)]
    wrong = _other_format(raw)
    if wrong:
        return "", [Failure(file, None, "", None, wrong)]
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        return "", [Failure(file, line, "", None, "must be text, the line has a NUL byte")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as cause:
        line = raw[: cause.start].count(b"\n") + 1
        byte = f"0x{raw[cause.start]:02x}"
        wrong = f"must be UTF-8 text, the line has the byte {byte}; save the file as UTF-8"
        return "", [Failure(file, line, "", None, wrong)]


def _other_format(raw: bytes) -> str:
    """Return what a file is instead of UTF-8 text, with how to save it, where its start shows."""
    if raw.startswith(_WORKBOOK):
        return f"must be CSV text, but is a spreadsheet; {_SAVE_AS_CSV}"
    even, odd = raw[:_SAMPLE:2], raw[1:_SAMPLE:2]
    zeros = max(even.count(0), odd.count(0)) if min(even.count(0), odd.count(0)) == 0 else 0
    if raw.startswith(_UTF_16) or zeros > len(odd) // 2:
        return f"must be UTF-8 text, but is UTF-16; {_SAVE_AS_CSV}"
    return ""


def _unfit(path: Path) -> str:
    """Return why a path is not to be read: a pipe or a device may never end."""
    if not path.exists():
        return ""  # said when it is opened
    if not path.is_file():
        return "must be a readable file, but it is a folder, a pipe or a device"
    large = path.stat().st_size > LARGEST_FILE
    return f"must have at most {LARGEST_FILE:,} bytes" if large else ""


def _read_rows(text: str, file: str) -> tuple[list[_Row], list[Failure]]:
    """Return the rows up to the first that cannot be read, and why it cannot."""
    long = _overlong_line(text)
    if long is not None:
        return [], [Failure(file, long, "", None, _OVERLONG)]
    rows: list[_Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    first = 1
    try:
        for cells in reader:
            if cells:
                rows.append(_Row(first, cells))
            first = reader.line_num + 1
    except csv.Error as cause:
        wrong = f"must be a row of CSV with its quotation marks in pairs: {cause}"
        return rows, [Failure(file, first, "", None, wrong)]
    return rows, []


def _overlong_line(text: str) -> int | None:
    lines = text.split("\n")
    return next((i for i, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), None)


def _layout(rows: list[_Row], file: str) -> list[Failure]:
    """Return what a spreadsheet did to the table as a whole, as one failure, not one a row."""
    header = rows[0]
    if header.cells[0].casefold().startswith("sep="):
        rule = f"must be the header, but is a line for Excel; delete it, or {_SAVE_AS_CSV}"
        return [Failure(file, header.line, "", ",".join(header.cells), rule)]
    named = max((i for i, name in enumerate(header.cells, 1) if name.strip()), default=0)
    beyond = len(header.cells) - named
    if named and beyond and not any(any(row.cells[named:]) for row in rows):
        many = f"{beyond} empty columns" if beyond > 1 else "an empty column"
        rule = f"must end with its last column, but {many} follow{'s' * (beyond == 1)}; delete "
        rule += f"what is right of {header.cells[named - 1]}, then {_SAVE_AS_CSV}"
        return [Failure(file, header.line, "", None, rule)]
    return _other_separator(header, file)


def _without_blank(rows: list[_Row], file: str) -> tuple[list[_Row], list[Failure]]:
    """Return the rows that hold something, and one failure for all that do not."""
    blank = [row.line for row in rows if not any(cell.strip() for cell in row.cells)]
    if not blank:
        return rows, []
    more = f", as {len(blank) - 1} more of the file" * (len(blank) > 1)
    rule = f"must hold a row, but is blank{more}; delete blank rows, then {_SAVE_AS_CSV}"
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    return filled, [Failure(file, blank[0], "", None, rule)]


def _other_separator(header: _Row, file: str) -> list[Failure]:
    seen = next((mark for mark in ";\t|" if mark in header.cells[0]), None)
    if len(header.cells) > 1 or seen is None:
        return []
    rule = f"must have its columns separated by commas, the header has {seen!r}"
    return [Failure(file, header.line, "", None, rule)]


def _header_failures(
    header: _Row, columns: Sequence[str], required: Sequence[str], file: str
) -> list[Failure]:
    seen = header.cells
    wrong = []
    for name in dict.fromkeys(seen):
        if seen.count(name) > 1:
            wrong.append(
                Failure(
                    file, header.line, name, None, "must be there once, the column is there twice"
                )
            )
        if name not in columns:
            wrong.append(
                Failure(file, header.line, name, None, _unknown_column(name, columns, seen))
            )
    missing = [name for name in required if name not in seen]
    return wrong + [
        Failure(file, header.line, name, None, "must be there, the column is missing")
        for name in missing
    ]


def _unknown_column(name: str, columns: Sequence[str], seen: Sequence[str]) -> str:
    hint = did_you_mean(name, [each for each in columns if each not in seen])
    return f"must be one of the columns {', '.join(columns)}{hint}"


def _ragged(row: _Row, header: Sequence[str], file: str) -> Failure:
    wrong = f"must have {len(header)} cells as the header has, it has {len(row.cells)}"
    return Failure(file, row.line, "", None, wrong)
