"""A notice as a file that a person can edit: its source and drafts in TOML, and back."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.datasets.checking import schemas
from demine_analysis.errors import StatementError
from demine_analysis.notices.needed import needed
from demine_analysis.notices.notice import Notice

if TYPE_CHECKING:
    from pathlib import Path

STATEMENT = tuple(
    name
    for name in (*schemas.STATEMENTS, *schemas.ESTIMATE)
    if name not in {"statement_id", "source_id"}
)
CASUALTIES = tuple(
    name for name in schemas.CASUALTIES if name not in {"url", "publisher", "published"}
)
_HEAD = """\
# A notice for the dataset {dataset!r}. Mend what was read wrongly, delete a whole [[statement]]
# that should not be added, and save; then: demine add {name}
# Codes of the columns stand in data/README.md. Lines that begin with # are not read.
"""


def write_draft(notice: Notice, path: Path) -> None:
    """Write a notice into a file for a person to edit.

    Raises
    ------
    StatementError
        Where the file cannot be written.
    """
    with needed("a draft file"):
        import tomlkit

    document = tomlkit.document()
    for line in _HEAD.format(dataset=notice.dataset, name=path.name).splitlines():
        document.add(tomlkit.comment(line.removeprefix("# ")))
    document["dataset"] = notice.dataset
    source = tomlkit.table()
    source.update(notice.source)
    document["source"] = source
    document["statement"] = _rows(notice, notice.drafts, STATEMENT)
    if len(notice.casualties):
        document["casualties"] = _rows(notice, notice.casualties, CASUALTIES)
    try:
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
    except OSError as cause:
        raise StatementError(f"{str(path)!r} cannot be written: {cause.strerror}") from cause


def _rows(notice: Notice, frame: pd.DataFrame, columns: tuple[str, ...]) -> Any:
    import tomlkit

    rows = tomlkit.aot()
    for _, row in frame.iterrows():
        table = tomlkit.table()
        words = notice.text[max(0, int(row["start"]) - 60) : int(row["end"]) + 40]
        table.add(tomlkit.comment(" ".join(words.split())))
        if isinstance(row.get("verdict"), str) and row["verdict"]:
            table.add(tomlkit.comment(row["verdict"]))
        table.add(tomlkit.comment(f"confidence {row['confidence']:.2f}"))
        for name in columns:
            value = row[name]
            table[name] = "" if value is None or value != value else _plain(value)  # noqa: PLR0124
        rows.append(table)
    return rows


def _plain(value: object) -> object:
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value if isinstance(value, (str, int, float)) else str(value)


def read_draft(path: Path) -> Notice:
    """Read a notice back from a file.

    Raises
    ------
    StatementError
        Where the file is not such a file, or has a column or table that it should not have. What
        the cells hold is checked when they are added.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise StatementError(f"{str(path)!r} cannot be read: {cause.strerror}") from cause
    except (ValueError, RecursionError) as cause:
        raise StatementError(f"{str(path)!r} must be TOML in UTF-8: {cause}") from cause
    allowed = {"dataset", "source", "statement", "casualties"}
    _known(path, "", written, allowed)
    source = written.get("source")
    if not isinstance(source, dict) or not isinstance(written.get("dataset"), str):
        raise StatementError(f"{str(path)!r} must have a dataset and a table [source]")
    _known(path, "source.", source, set(schemas.SOURCES))
    row = {name: _text(source.get(name, "")) for name in schemas.SOURCES}
    return Notice(
        "",
        row,
        _frame(path, written, "statement", STATEMENT, row),
        _frame(path, written, "casualties", CASUALTIES, row),
        written["dataset"],
    )


def _frame(
    path: Path, written: dict[str, Any], name: str, columns: tuple[str, ...], source: dict[str, str]
) -> pd.DataFrame:
    rows = written.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise StatementError(f"{str(path)!r}: {name} must be tables, each under [[{name}]]")
    for place, row in enumerate(rows, 1):
        _known(path, f"{name} {place}, ", row, set(columns))
    cells = [{column: _text(row.get(column, "")) for column in columns} for row in rows]
    frame = pd.DataFrame(cells, columns=list(columns), dtype="str")
    if name == "casualties":
        return frame.assign(
            **{column: source[column] for column in ("url", "publisher", "published")}
        )
    ids = [f"{source['source_id']}.{place:02d}" for place in range(1, len(frame) + 1)]
    return frame.assign(statement_id=ids, source_id=source["source_id"])


def _known(path: Path, where: str, table: dict[str, Any], allowed: set[str]) -> None:
    for name in table:
        if name not in allowed:
            raise StatementError(
                f"{str(path)!r}: {where}{name} is not known; "
                f"allowed are {', '.join(sorted(allowed))}"
            )


def _text(value: object) -> str:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()[:10]
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
