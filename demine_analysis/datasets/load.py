"""Load a dataset's files into tidy frames, or say everything that is wrong with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis import vocabulary
from demine_analysis.datasets import locate
from demine_analysis.datasets.checking import failures, rules, schemas, validate
from demine_analysis.datasets.checking.table import parse_table, read_file
from demine_analysis.datasets.corrections import apply_corrections, corrections_file
from demine_analysis.datasets.programme import Programme, programme_file, read_programme
from demine_analysis.datasets.remembered import remembered
from demine_analysis.errors import DatasetError

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from demine_analysis.datasets.checking.table import File, Table


def load_statements(
    dataset: str | None = None,
    *,
    data_home: str | os.PathLike[str] | None = None,
    corrected: bool = True,
) -> pd.DataFrame:
    """Load every printed figure of a dataset.

    Parameters
    ----------
    dataset : str, optional
        The dataset's name, that is its folder in the data home. By default the only one there, or
        the one whose `programme.toml` says `default = true`.
    data_home : path, optional
        A folder with a folder for each dataset; the environment variable `DEMINE_DATA_HOME` is
        the default, and the shipped data where that is not set. Only this folder is looked in.
    corrected : bool
        Whether the corrections declared in the dataset's `corrections.toml` are applied.

    Returns
    -------
    DataFrame
        A row a statement, in the order of the file, with the columns of `statements.csv`:
        `value` is a float in the row's `unit` (ha or items); `period_start` and `period_end` are
        inclusive days, NaT where the page does not tell; the others are text, empty where
        nothing is stated. Districts and operators are in the dataset's spelling. `estimate`, in
        which the file may say what an estimate of contamination is, is empty where it has no
        such column. Four columns come on top: `published`, the day the page appeared (from
        `sources.csv`, NaT where the page shows none), `corrected`, whether a declared correction
        changed the row, `part_of`, the operator that contains the row's (empty where none does),
        and `days_exact`: False where the file knows a day to its month or year
        only. `period_start` and `period_end` are then the first and the last day possible, and
        `published` the last.

    Raises
    ------
    DatasetError
        Where the dataset is not there or breaks its schema; every bad cell is named, and is a
        row of the exception's `failures`.

    Notes
    -----
    The columns, their codes and the known traps stand in `data/README.md`.

    Examples
    --------
    >>> statements = load_statements("azerbaijan")
    >>> page = statements[statements["source_id"] == "azernews-20250714"]
    >>> dict(zip(page["metric"], page["value"]))["area_cleared"]
    1639.6
    """
    folder = locate.dataset_folder(dataset, data_home)
    _require_statements(folder)
    files = read_file(folder / "statements.csv"), read_file(folder / "sources.csv")
    corrections = corrections_file(folder) if corrected else None
    return _statements(folder.name, *files, corrections, programme_file(folder))


def load_sources(
    dataset: str | None = None, *, data_home: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Load the pages that a dataset's figures come from.

    Parameters
    ----------
    dataset, data_home
        As in `load_statements`.

    Returns
    -------
    DataFrame
        A row a page: `source_id`, `url`, `publisher`, `agency` (empty where the page credits
        none), `published` (a date, NaT where the page shows none), `language` (ISO 639).

    Raises
    ------
    DatasetError
        As in `load_statements`.

    Examples
    --------
    >>> load_sources("azerbaijan")["language"].value_counts().head(2).index.to_list()
    ['en', 'az']
    """
    folder = locate.dataset_folder(dataset, data_home)
    _require_statements(folder)
    return _sources(folder.name, read_file(folder / "sources.csv"))


def load_casualties(
    dataset: str | None = None, *, data_home: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Load the numbers of mine victims as stated on different dates.

    Parameters
    ----------
    dataset, data_home
        As in `load_statements`.

    Returns
    -------
    DataFrame
        A row a statement: `url`, `publisher`, `published`, `period_start`, `period_end` (dates,
        NaT where not stated, or stated without a year), `killed`, `injured`, `total` (people,
        as floats, NaN where not stated), `civilians_only` (yes, no, unstated or empty), `note`.

    Raises
    ------
    DatasetError
        As in `load_statements`.

    Notes
    -----
    Most rows count from 10 November 2020, so that they are not to be added up.

    Examples
    --------
    >>> int(load_casualties("azerbaijan")["killed"].max())
    595
    """
    folder = locate.dataset_folder(dataset, data_home)
    return _casualties(folder.name, read_file(folder / "casualties.csv"))


def check_statements(statements: Table, sources: Table) -> list[failures.Failure]:
    """Return everything that is wrong with the statements and their sources."""
    found = validate.check_table(sources, schemas.sources_schema())
    found += validate.check_table(statements, schemas.statements_schema())
    # Where a source cannot be read, a statement without one is not the statement's fault.
    return found + (validate.orphans(statements, sources) if sources.sound else [])


@remembered
def _statements(
    dataset: str,
    statements_csv: File,
    sources_csv: File,
    corrections: File | None,
    programme: File | None,
) -> pd.DataFrame:
    statements = parse_table(statements_csv, schemas.STATEMENTS, optional=schemas.ESTIMATE)
    sources = parse_table(sources_csv, schemas.SOURCES)
    _raise_if(dataset, check_statements(statements, sources))
    cells, lines, found = apply_corrections(statements.cells, corrections)
    said, wrong = read_programme(programme)
    _raise_if(dataset, [*found, *wrong])
    tidy = _tidy_statements(cells, sources.cells, said)
    outer = [said.part_of.get(operator, "") for operator in tidy["operator"]]
    tidy = tidy.assign(
        corrected=cells.index.isin(lines),
        part_of=pd.Series(outer, index=tidy.index, dtype=tidy["operator"].dtype),
    )
    return tidy.reset_index(drop=True)


@remembered
def _sources(dataset: str, sources_csv: File) -> pd.DataFrame:
    table = parse_table(sources_csv, schemas.SOURCES)
    _raise_if(dataset, validate.check_table(table, schemas.sources_schema()))
    return _with_dates(table.cells).reset_index(drop=True)


@remembered
def _casualties(dataset: str, casualties_csv: File) -> pd.DataFrame:
    table = parse_table(casualties_csv, schemas.CASUALTIES)
    _raise_if(dataset, validate.check_table(table, schemas.casualties_schema()))
    cells = _with_dates(table.cells)
    people = {
        name: pd.to_numeric(cells[name]).astype("float64")
        for name in ("killed", "injured", "total")
    }
    return cells.assign(**people).reset_index(drop=True)


def _tidy_statements(cells: pd.DataFrame, sources: pd.DataFrame, said: Programme) -> pd.DataFrame:
    published = rules.last_days(sources.set_index("source_id")["published"])
    return _with_dates(cells).assign(
        days_exact=rules.exact_days(cells),
        value=pd.to_numeric(cells["value"]).astype("float64"),
        operator=rules.each(
            cells["operator"], partial(vocabulary.canonical_operator, known=tuple(said.operators))
        ),
        district=rules.each(
            cells["district"], partial(vocabulary.canonical_districts, aliases=said.districts)
        ),
        published=cells["source_id"].map(published),
    )


def _with_dates(cells: pd.DataFrame) -> pd.DataFrame:
    """Return text cells with the first and the last day that each row may mean."""
    ends = [name for name in ("period_end", "published") if name in cells]
    days = {name: rules.last_days(cells[name]) for name in ends}
    if "period_start" in cells:
        days["period_start"] = rules.first_days(cells["period_start"])
    return cells.assign(**days)


def _require_statements(folder: Path) -> None:
    if (folder / "statements.csv").exists() or (folder / "sources.csv").exists():
        return
    if any(folder.glob("*.csv")) and not (folder / "casualties.csv").exists():
        name = folder.name
        if (folder / "country_years.csv").exists():
            raise DatasetError(
                f"dataset {name!r} is of the kind country_years, it has no statements; "
                f"use load_country_years({name!r})"
            )
        raise DatasetError(
            f"dataset {name!r} is of the kind records, it has no statements; "
            f"use load_records({name!r}), which reconcile takes too"
        )


def _raise_if(dataset: str, found: list[failures.Failure]) -> None:
    if found:
        raise failures.error(dataset, found)
