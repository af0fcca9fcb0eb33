"""Check whole datasets: their files, corrections, and the data package that describes them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis.datasets import country_years, load, locate, records
from demine_analysis.datasets.checking import failures, schemas, validate
from demine_analysis.datasets.checking.failures import Failure
from demine_analysis.datasets.checking.table import read_file, read_table
from demine_analysis.datasets.corrections import FILE as CORRECTIONS
from demine_analysis.datasets.corrections import apply_corrections, corrections_file
from demine_analysis.datasets.descriptor import FILE as DESCRIPTOR
from demine_analysis.datasets.descriptor import read_descriptor
from demine_analysis.datasets.programme import programme_file, read_programme
from demine_analysis.errors import DatasetError
from demine_analysis.files import read_current

if TYPE_CHECKING:
    import os

    import pandas as pd

STATEMENT_FILES = ("statements.csv", "sources.csv", "casualties.csv")


def check_dataset(
    dataset: str | os.PathLike[str] | None = None,
    *,
    data_home: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Check a dataset, or every dataset of a folder, and list what is wrong.

    Parameters
    ----------
    dataset : str or path, optional
        A dataset's name, its folder or a CSV file in it, or a folder with several datasets; all
        datasets of the data home where it is not given. A folder goes before a name.
    data_home : path, optional
        As in `load_statements`.

    Returns
    -------
    DataFrame
        A row a bad cell: `file`, `line` (missing where the file as a whole is meant), `column`,
        `value` (shortened), `allowed`. No row where all is well.

    Raises
    ------
    DatasetError
        Where there is no such dataset or folder.

    Notes
    -----
    Beside the schemas, each correction must still apply, and where there is a `datapackage.json`
    the size and hash that it states must be those on the disk.

    Examples
    --------
    >>> len(check_dataset("azerbaijan"))
    0
    """
    folders = checked_folders(dataset, data_home=data_home)
    return failures.as_frame([each for folder in folders for each in check_folder(folder)])


def checked_folders(
    dataset: str | os.PathLike[str] | None, *, data_home: str | os.PathLike[str] | None = None
) -> list[Path]:
    """Return the folders of the datasets that `check_dataset` would check."""
    if dataset is None:
        return _in_home(locate.home_folder(data_home))
    folder = Path(dataset).expanduser()
    if folder.suffix == ".csv" and folder.is_file():
        folder = folder.parent
    if not locate.is_folder(folder):
        return [locate.dataset_folder(str(dataset), data_home)]
    inside = locate.dataset_names(folder)
    if not inside or locate.has_data(folder):
        return [folder.absolute()]
    return [folder.absolute() / name for name in inside]


def check_folder(folder: Path) -> list[Failure]:
    """Return everything that is wrong with one dataset."""
    if any((folder / name).exists() for name in STATEMENT_FILES):
        found = _check_statement_files(folder)
    elif country_years.is_country_years(folder):
        found = country_years.check_country_years(folder)
    else:
        found = _check_records(folder)
    return found + _check_descriptor(folder)


def _in_home(home: Path) -> list[Path]:
    folders = [home / name for name in locate.dataset_names(home)]
    if not folders:
        raise DatasetError(f"{home} holds no dataset, that is no folder with a CSV file")
    return folders


def _check_statement_files(folder: Path) -> list[Failure]:
    statements = read_table(
        folder / "statements.csv", schemas.STATEMENTS, optional=schemas.ESTIMATE
    )
    sources = read_table(folder / "sources.csv", schemas.SOURCES)
    found = load.check_statements(statements, sources)
    if not found:
        found = apply_corrections(statements.cells, corrections_file(folder)).failures
        found += read_programme(programme_file(folder))[1]
    elif (folder / CORRECTIONS).exists():
        rule = "could not be checked before the statements are put right"
        found.append(Failure(f"{folder.name}/{CORRECTIONS}", None, "", None, rule))
    if (folder / "casualties.csv").exists():
        casualties = read_table(folder / "casualties.csv", schemas.CASUALTIES)
        found += validate.check_table(casualties, schemas.casualties_schema())
    return found


def _check_records(folder: Path) -> list[Failure]:
    try:
        path = records.records_file(folder)
    except DatasetError as cause:
        return [Failure(folder.name, None, "", None, str(cause))]
    return records.check_records(records.read_records(read_file(path)))


def _check_descriptor(folder: Path) -> list[Failure]:
    file = f"{folder.name}/{DESCRIPTOR}"
    try:
        resources = read_descriptor(folder)["resources"]
    except FileNotFoundError:
        return []
    except OSError as cause:
        return [Failure(file, None, "", None, f"must be a readable file: {cause.strerror}")]
    except ValueError as cause:
        return [Failure(file, None, "", None, f"must be a data package in JSON: {cause}")]
    return [wrong for stated in resources for wrong in _check_resource(folder, file, stated)]


def _check_resource(folder: Path, file: str, stated: dict[str, Any]) -> list[Failure]:
    path = stated["path"]
    try:
        raw = read_current(folder / path)
    except OSError:
        return [Failure(file, None, "path", path, "must name a file that is there")]
    there = {"bytes": len(raw), "hash": "sha256:" + hashlib.sha256(raw).hexdigest()}
    return [
        Failure(file, None, key, str(stated[key]), f"must be {value}, as {path} is on the disk")
        for key, value in there.items()
        if key in stated and stated[key] != value
    ]
