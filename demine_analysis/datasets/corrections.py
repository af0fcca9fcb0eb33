"""Corrections of misprints: declared in `corrections.toml`, applied at load, never made in the CSV.

An entry names the statement, the column, the wrong value that it expects to find there, the new
value, the reason and the evidence:

```toml
[[correction]]
statement_id = "paper-20230822.01"
column = "value"
expected = 453900
value = 453.9
reason = "decimal point read as a thousands separator"
evidence = ["agency-20230822.01", "https://example.org/the-same-week"]
```
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from demine_analysis.datasets import locate
from demine_analysis.datasets.checking import failures, rules, schemas, validate
from demine_analysis.datasets.checking.failures import Failure
from demine_analysis.datasets.checking.table import read_file
from demine_analysis.vocabulary import did_you_mean

if TYPE_CHECKING:
    import os
    from collections.abc import Container
    from pathlib import Path

    from demine_analysis.datasets.checking.table import File

FILE = "corrections.toml"
KEYS = ("statement_id", "column", "expected", "value", "reason", "evidence")
CORRECTABLE = (
    "metric", "value", "unit", "qualifier", "status", "period", "period_start", "period_end",
    "operator", "district", "land_use",
)  # fmt: skip


class Correction(NamedTuple):
    """One entry, with the line it starts on; its values as the text of a CSV cell."""

    line: int
    statement_id: str
    column: str
    expected: str
    value: str
    reason: str
    evidence: tuple[str, ...]


class Corrected(NamedTuple):
    """Cells with the corrections in them, the lines they are on, and what does not apply."""

    cells: pd.DataFrame
    lines: set[int]
    failures: list[Failure]


def load_corrections(
    dataset: str | None = None, *, data_home: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Load the corrections that a dataset declares.

    Parameters
    ----------
    dataset, data_home
        As in `load_statements`.

    Returns
    -------
    DataFrame
        A row an entry: `statement_id`; `column`; `expected`, what is printed, and `value`, what
        stands there instead, both as text; `reason`; `evidence`, statement_ids and addresses
        joined by semicolons. No row where nothing is declared.

    Raises
    ------
    DatasetError
        Where `corrections.toml` breaks its schema. Whether each entry still applies is checked
        by `load_statements`.

    Examples
    --------
    >>> corrections = load_corrections("azerbaijan").set_index("statement_id")
    >>> corrections.loc["today-az-20230822.01", ["expected", "value"]].tolist()
    ['453900', '453.9']
    """
    folder = locate.dataset_folder(dataset, data_home)
    entries, found = read_corrections(corrections_file(folder))
    if found:
        raise failures.error(folder.name, found)
    rows = [entry._replace(evidence="; ".join(entry.evidence)) for entry in entries]  # type: ignore[arg-type]  # a cell of the frame
    return pd.DataFrame(rows, columns=list(Correction._fields), dtype="str")[list(KEYS)]


def corrections_file(folder: Path) -> File | None:
    """Return the file of a dataset's corrections, or None where it has none."""
    return read_file(folder / FILE) if (folder / FILE).exists() else None


def read_corrections(content: File | None) -> tuple[list[Correction], list[Failure]]:
    """Return the corrections in a file, and what is wrong with it; none where there is no file."""
    if content is None:
        return [], []
    file = content.name
    if content.wrong:
        return [], [Failure(file, None, "", None, content.wrong)]
    try:
        text = io.TextIOWrapper(io.BytesIO(content.raw), "utf-8").read()
        entries = _entries(tomllib.loads(text))
    except (ValueError, RecursionError) as cause:
        return [], [Failure(file, None, "", None, f"must be TOML in UTF-8: {cause}")]
    numbered = list(zip(_entry_lines(text, len(entries)), entries, strict=True))
    found = [wrong for line, entry in numbered for wrong in _check_entry(file, line, entry)]
    if found:
        return [], found
    read = [_as_correction(line, entry) for line, entry in numbered]
    return read, _check_repeats(file, read)


def _entries(content: dict[str, Any]) -> list[Any]:
    entries = content.pop("correction", [])
    if content or not isinstance(entries, list):
        raise ValueError("it must hold nothing but [[correction]] tables")
    return entries


def apply_corrections(cells: pd.DataFrame, content: File | None) -> Corrected:
    """Put the corrections in a file into the text cells of a dataset's valid statements."""
    entries, found = read_corrections(content)
    file = content.name if content else ""
    line_of = {str(name): int(line) for line, name in cells["statement_id"].items()}  # type: ignore[call-overload]  # the index holds line numbers
    for entry in entries:
        found += _check_applies(file, entry, cells, line_of)
        found += _check_evidence(file, entry, line_of)
    if found or not entries:
        return Corrected(cells, set(), found)
    changed = cells.copy()
    for entry in entries:
        changed.loc[line_of[entry.statement_id], entry.column] = entry.value
    lines = {line_of[entry.statement_id] for entry in entries}
    return Corrected(changed, lines, _check_result(file, changed.loc[sorted(lines)], entries))


def _check_result(file: str, rows: pd.DataFrame, entries: list[Correction]) -> list[Failure]:
    """Return what is wrong with the corrected rows, said of the entries."""
    first = {entry.statement_id: entry.line for entry in reversed(entries)}
    exact = {(entry.statement_id, entry.column): entry.line for entry in entries}
    names = rows["statement_id"].to_dict()
    found = []
    for wrong in validate.check_cells(rows, schemas.statements_schema(), file):
        name = names[wrong.line]
        line = exact.get((name, wrong.column), first[name])
        found.append(wrong._replace(line=line, column=f"value (the new {wrong.column})"))
    return found


def _entry_lines(text: str, count: int) -> list[int]:
    header = re.compile(r"\s*\[\[\s*correction\s*\]\]")
    lines = [line for line, words in enumerate(text.splitlines(), 1) if header.match(words)]
    # Entries written as an inline array share the file's first line.
    return lines if len(lines) == count else [1] * count


def _check_entry(file: str, line: int, entry: Any) -> list[Failure]:
    if not isinstance(entry, dict):
        return [Failure(file, line, "", None, "must be a [[correction]] table")]
    found = [
        Failure(file, line, key, None, "must be given" if key in KEYS else _unknown_key(key))
        for key in sorted({*KEYS} ^ {*entry}, key=str)
    ]
    if not found:
        found = [
            Failure(file, line, key, str(entry[key]), rule) for key, rule in _broken_rules(entry)
        ]
    return found


def _unknown_key(key: str) -> str:
    return f"must be one of the keys {', '.join(KEYS)}{did_you_mean(key, KEYS)}"


def _broken_rules(entry: dict[str, Any]) -> list[tuple[str, str]]:
    evidence = entry["evidence"]
    rules = [
        ("statement_id", _is_text(entry["statement_id"]), "must be a statement_id"),
        ("column", entry["column"] in CORRECTABLE, f"must be one of {', '.join(CORRECTABLE)}"),
        ("expected", _is_cell(entry["expected"]), "must be text, a number or a date"),
        ("value", _is_cell(entry["value"]), "must be text, a number or a date"),
        ("reason", _is_text(entry["reason"]), "must be a sentence"),
        (
            "evidence",
            isinstance(evidence, list) and bool(evidence) and all(map(_is_text, evidence)),
            "must be a list of statement_ids or addresses, at least one",
        ),
    ]
    return [(key, rule) for key, holds, rule in rules if not holds]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_cell(value: Any) -> bool:
    return isinstance(value, str | int | float | dt.date) and not isinstance(value, bool)


def _as_correction(line: int, entry: dict[str, Any]) -> Correction:
    return Correction(
        line,
        entry["statement_id"],
        entry["column"],
        str(entry["expected"]),
        str(entry["value"]),
        entry["reason"],
        tuple(entry["evidence"]),
    )


def _check_repeats(file: str, entries: list[Correction]) -> list[Failure]:
    seen: set[tuple[str, str]] = set()
    found = []
    for entry in entries:
        if (entry.statement_id, entry.column) in seen:
            rule = f"must be corrected once, {entry.column} of this statement is corrected before"
            found.append(Failure(file, entry.line, "statement_id", entry.statement_id, rule))
        seen.add((entry.statement_id, entry.column))
    return found


def _check_applies(
    file: str, entry: Correction, cells: pd.DataFrame, line_of: dict[str, int]
) -> list[Failure]:
    if entry.statement_id not in line_of:
        hint = did_you_mean(entry.statement_id, line_of)
        rule = f"must be a statement that is there, the correction no longer applies{hint}"
        return [Failure(file, entry.line, "statement_id", entry.statement_id, rule)]
    there = str(cells.loc[line_of[entry.statement_id], entry.column])
    if not _same(there, entry.expected):
        rule = (
            f"must be what stands in {entry.column} of {entry.statement_id}, {there!r}; "
            "the correction no longer applies, remove it"
        )
        return [Failure(file, entry.line, "expected", entry.expected, rule)]
    if _same(there, entry.value):
        return [Failure(file, entry.line, "value", entry.value, "must differ from expected")]
    return []


def _check_evidence(file: str, entry: Correction, known: Container[str]) -> list[Failure]:
    rule = "must be another statement that is there, or an address with http:// or https://"
    return [
        Failure(file, entry.line, "evidence", each, rule)
        for each in entry.evidence
        if (each not in known or each == entry.statement_id) and not rules.is_url(each)
    ]


def _same(cell: str, text: str) -> bool:
    try:
        return float(cell) == float(text)
    except ValueError:
        return cell == text
