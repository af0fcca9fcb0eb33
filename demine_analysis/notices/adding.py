"""Add a notice's rows to a dataset: written as a folder of tables, and merged like any other."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.datasets.checking import schemas
from demine_analysis.errors import StatementError
from demine_analysis.notices import tables

if TYPE_CHECKING:
    from demine_analysis.notices.notice import Notice
    from demine_analysis.notices.tables import Change


def added(notice: Notice, folder: Path) -> Change:
    """Return a dataset's files with a notice's rows.

    Parameters
    ----------
    notice : Notice
        With the drafts that are to be added, and no others.
    folder : Path
        The dataset's.

    Raises
    ------
    StatementError
        Where the notice has no rows, or no address.
    DatasetError
        Where a cell is not allowed, or the page is there already; every fault is named.
    """
    if notice.drafts.empty and notice.casualties.empty:
        raise StatementError("the notice has no figure to add")
    if not notice.source["url"]:
        raise StatementError("a figure needs the address of its page; give it by --url")
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        _write(pd.DataFrame([notice.source]), here / tables.SOURCES, schemas.SOURCES)
        if len(notice.drafts):
            columns = (*schemas.STATEMENTS, *schemas.ESTIMATE)
            _write(notice.drafts, here / tables.STATEMENTS, columns)
        if len(notice.casualties):
            _write(notice.casualties, here / tables.CASUALTIES, schemas.CASUALTIES)
        return tables.merged(here, folder, called="the notice")


def _write(frame: pd.DataFrame, path: Path, columns: tuple[str, ...]) -> None:
    cells = frame.reindex(columns=list(columns)).astype(object)
    cells = cells.where(cells.notna(), "").map(_cell)
    path.write_bytes(cells.to_csv(index=False, lineterminator="\n").encode())


def _cell(value: object) -> str:
    """Return a cell as data files have it: no line breaks, whole numbers without a point."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return " ".join(str(value).split())
