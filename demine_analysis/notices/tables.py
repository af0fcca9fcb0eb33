"""Merge a folder of CSV files into a dataset, or take a page's figures out of it again."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.datasets import check, locate, package
from demine_analysis.datasets.checking import failures, schemas, validate
from demine_analysis.datasets.checking.failures import Failure
from demine_analysis.datasets.checking.table import parse_table, read_file, read_header, read_table
from demine_analysis.datasets.descriptor import FILE as DESCRIPTOR
from demine_analysis.errors import DatasetError
from demine_analysis.files import read_current

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from demine_analysis.datasets.checking.table import Table

STATEMENTS, SOURCES, CASUALTIES = "statements.csv", "sources.csv", "casualties.csv"
_COLUMNS = {
    SOURCES: schemas.SOURCES,
    STATEMENTS: (*schemas.STATEMENTS, *schemas.ESTIMATE),
    CASUALTIES: schemas.CASUALTIES,
}
_ID = {SOURCES: "source_id", STATEMENTS: "statement_id"}
_SUBJECT = [
    "source_id",
    "metric",
    "status",
    "period_start",
    "period_end",
    "operator",
    "district",
    "land_use",
]
"""Columns in which two rows of a page agree that state the same thing."""


@dataclass(frozen=True)
class Change:
    """What a dataset's files are to hold, and what is worth knowing about it.

    Parameters
    ----------
    contents : mapping
        Names of the files that change, and their new bytes.
    added : mapping
        Rows that are new, by file.
    there : list of str
        Rows that the dataset has already, in words; they are left out.
    doubtful : list of str
        New rows that contradict another row of the same page, in words; they are kept, since a
        dataset says what pages print.
    """

    contents: Mapping[str, bytes]
    added: Mapping[str, int]
    there: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def merged(folder: Path, dataset: Path, *, called: str = "") -> Change:
    """Return a dataset's files with the rows of another folder's files.

    Parameters
    ----------
    folder : Path
        With `statements.csv`, `sources.csv` or `casualties.csv`, in the columns of a dataset; the
        column `estimate` may lack.
    dataset : Path
        The dataset's folder.
    called : str
        What a message calls the folder, where its name says nothing.

    Raises
    ------
    DatasetError
        Where the folder has none of these files, a cell is not allowed, a statement's page is in
        neither `sources.csv`, or an identifier stands for something else in the dataset. The
        message lists every fault with its line.
    """
    given = {name: _read(folder / name) for name in _COLUMNS if (folder / name).is_file()}
    if not given:
        raise DatasetError(f"{str(folder)!r} has none of {', '.join(_COLUMNS)}")
    known = {name: _read(dataset / name) for name in given}
    for name in (SOURCES, STATEMENTS):
        known.setdefault(name, _read(dataset / name))
    found = [fault for name, table in given.items() for fault in _faults(name, table)]
    found += [fault for name in given for fault in _taken(name, given[name], known[name])]
    if STATEMENTS in given and not found:
        found = _orphans(given[STATEMENTS], known[SOURCES], given.get(SOURCES))
    if found:
        raise failures.error(called or folder.name, found)
    new = {name: _new(name, table, known[name]) for name, table in given.items()}
    contents = {name: _appended(dataset / name, rows) for name, rows in new.items() if len(rows)}
    return Change(
        _sound(dataset, contents),
        {name: len(rows) for name, rows in new.items()},
        [said for name in given for said in _there(name, given[name], new[name])],
        _contradictions(new.get(STATEMENTS), known[STATEMENTS]),
    )


def without(source_id: str, dataset: Path) -> Change:
    """Return a dataset's files without a page, its statements, and the casualties it printed.

    Raises
    ------
    DatasetError
        Where there is no such page, or a correction speaks of its statements.
    """
    sources = _read(dataset / SOURCES).cells
    page = sources[sources["source_id"] == source_id]
    if page.empty:
        raise DatasetError(f"dataset {dataset.name!r} has no page {source_id!r} in {SOURCES}")
    urls = set(page["url"]) - set(sources[sources["source_id"] != source_id]["url"])
    contents, removed = {}, {}
    for name, column, values in (
        (SOURCES, "source_id", {source_id}),
        (STATEMENTS, "source_id", {source_id}),
        (CASUALTIES, "url", urls),
    ):
        if (dataset / name).is_file():
            cells = _read(dataset / name).cells
            leaving = cells[column].isin(values)
            removed[name] = int(leaving.sum())
            if leaving.any():
                contents[name] = _as_csv(_header(dataset / name), cells[~leaving])
    return Change(_sound(dataset, contents), removed)


def find(dataset: str | None, data_home: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of a dataset of statements.

    Raises
    ------
    DatasetError
        Where there is no such dataset, or it is of another kind.
    """
    folder = locate.dataset_folder(dataset, data_home)
    if not (folder / STATEMENTS).is_file():
        raise DatasetError(
            f"dataset {folder.name!r} has no {STATEMENTS}; only statements can be added"
        )
    return folder


def free_id(dataset: Path, name: str) -> str:
    """Return a name that no page of a dataset has, with a running number where it is taken."""
    taken = set(_read(dataset / SOURCES).cells["source_id"])
    tries = (name if k == 1 else f"{name}-{k}" for k in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken)


def _read(path: Path) -> Table:
    optional = schemas.ESTIMATE if path.name == STATEMENTS else ()
    columns = tuple(each for each in _COLUMNS[path.name] if each not in optional)
    return read_table(path, columns, optional=optional)


def _faults(name: str, table: Table) -> list[Failure]:
    schema = {
        STATEMENTS: schemas.statements_schema,
        SOURCES: schemas.sources_schema,
        CASUALTIES: schemas.casualties_schema,
    }[name]
    return validate.check_table(table, schema())


def _taken(name: str, given: Table, known: Table) -> list[Failure]:
    """Return rows whose identifier, or whose address, stands for something else already."""
    if name not in _ID:
        return []
    column = _ID[name]
    there = known.cells.set_index(column)
    found = []
    for line, row in given.cells.iterrows():
        if row[column] in there.index and not row.drop(column).equals(there.loc[row[column]]):
            allowed = "must be new, or stand on a row with the same cells as in the dataset"
            found.append(Failure(given.file, int(str(line)), column, row[column], allowed))
    if name == SOURCES:
        ids = dict(zip(known.cells["url"], known.cells["source_id"], strict=True))
        for line, row in given.cells.iterrows():
            if ids.get(row["url"], row["source_id"]) != row["source_id"]:
                allowed = f"must be a page that is not there yet; it is {ids[row['url']]!r}"
                found.append(Failure(given.file, int(str(line)), "url", row["url"], allowed))
    return found


def _orphans(statements: Table, known: Table, given: Table | None) -> list[Failure]:
    pages = [known.cells] if given is None else [known.cells, given.cells]
    return validate.orphans(statements, known._replace(cells=pd.concat(pages)))


def _new(name: str, given: Table, known: Table) -> pd.DataFrame:
    """Return the rows that the dataset does not have, each once."""
    columns = [_ID[name]] if name in _ID else list(_COLUMNS[name])
    rows = given.cells.drop_duplicates()
    there = pd.MultiIndex.from_frame(known.cells[columns])
    return rows[~pd.MultiIndex.from_frame(rows[columns]).isin(there)]


def _there(name: str, given: Table, new: pd.DataFrame) -> list[str]:
    rows = given.cells.drop(new.index)
    column = _ID.get(name, "url")
    return [f"{given.file}, line {line}: {row[column]} is there" for line, row in rows.iterrows()]


def _contradictions(new: pd.DataFrame | None, known: Table) -> list[str]:
    """Return new figures that another row of their page states otherwise."""
    if new is None or new.empty:
        return []
    rows = pd.concat([known.cells.assign(new=False), new.assign(new=True)])
    rows = rows[rows["period_end"] != ""]
    said = []
    for _, group in rows.groupby(_SUBJECT, sort=False):
        if group["new"].any() and len(set(group["value"].astype(float))) > 1:
            figures = ", ".join(
                f"{row['statement_id']} {row['value']} {row['unit']}" for _, row in group.iterrows()
            )
            said.append(f"a page prints two values for the same: {figures}")
    return said


def _header(path: Path) -> list[str]:
    return read_header(read_file(path)) if path.is_file() else list(_COLUMNS[path.name])


def _appended(path: Path, rows: pd.DataFrame) -> bytes:
    """Return a file with rows at its end; what is there stays as it is, to the byte."""
    before = read_file(path).raw if path.is_file() else b""
    header = [*_header(path)]
    missing = [str(name) for name in rows if name not in header and (rows[name] != "").any()]
    if missing:
        cells = parse_table(read_file(path), header).cells
        return _as_csv([*header, *missing], pd.concat([cells, rows]).fillna(""))
    if not before:
        return _as_csv(header, rows)
    if not before.endswith(b"\n"):
        before += b"\n"
    return before + _as_csv(header, rows).split(b"\n", 1)[1]


def _as_csv(header: list[str], rows: pd.DataFrame) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows[header].itertuples(index=False))
    return text.getvalue().encode()


def _sound(dataset: Path, contents: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return contents with the data package that describes them, once the whole has been checked.

    Raises
    ------
    DatasetError
        Where the dataset with these contents has a fault.
    """
    if not contents:
        return contents
    with tempfile.TemporaryDirectory() as name:
        tried = Path(name) / dataset.name
        tried.mkdir()
        for each in dataset.iterdir():
            if each.is_file():
                (tried / each.name).write_bytes(read_current(each))
        for file, content in contents.items():
            (tried / file).write_bytes(content)
        if (tried / package.DESCRIPTION).is_file():
            package.write(tried)
            contents = {**contents, DESCRIPTOR: (tried / DESCRIPTOR).read_bytes()}
        found = check.check_folder(tried)
    if found:
        raise failures.error(dataset.name, found)
    return contents
