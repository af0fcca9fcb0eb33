"""A programme's own records: one row for each place, month and kind of work."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.datasets import locate
from demine_analysis.datasets.checking import failures, rules, schemas, validate
from demine_analysis.datasets.checking.table import parse_table, read_file, read_header
from demine_analysis.datasets.descriptor import resource_paths
from demine_analysis.datasets.remembered import remembered
from demine_analysis.errors import DatasetError

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from demine_analysis.datasets.checking.table import File, Table

SQUARE_METRES_PER_HECTARE = 10_000
NUMBERS = schemas.RECORDS[6:]


def load_records(
    dataset: str = "colombia", *, data_home: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Load a programme's records of clearance.

    Parameters
    ----------
    dataset, data_home
        As in `load_statements`. The file is `records.csv`, or the one CSV file in the folder or
        its `datapackage.json`; it has the columns below, or those of Colombia's open data.

    Returns
    -------
    DataFrame
        A row a record, in the order of the file: `record_id`, `department`, `municipality`,
        `demining_type`, `period_start`, `period_end` (inclusive days), `area_cleared` (ha),
        `anti_personnel_mines`, `unexploded_ordnance`, `improvised_explosive_devices`,
        `explosive_items` (all of these together; items). Numbers are floats.

    Raises
    ------
    DatasetError
        As in `load_statements`.

    Notes
    -----
    Colombia's columns are read so: `departamento` and `municipio` as printed, in capitals;
    `tipodesminado` in English; `ano` and `mes` as the whole month; `areadespejada` from square
    metres to hectares (1 ha = 10,000 m²); `map`, `muse`, `aei` and `totalartefactosdestruidos`
    as anti-personnel mines, unexploded ordnance, improvised explosive devices and explosive
    items. `record_id` is `colombia.` and the record's number in the file.

    Examples
    --------
    >>> records = load_records("colombia")
    >>> len(records), float(records["area_cleared"].sum().round(1))
    (333, 217.1)
    """
    folder = locate.dataset_folder(dataset, data_home)
    return _records(dataset, read_file(records_file(folder)))


def records_file(folder: Path) -> Path:
    """Return the file of a dataset that holds its records."""
    if (folder / "records.csv").exists():
        return folder / "records.csv"
    if (folder / "country_years.csv").exists():
        raise DatasetError(
            f"dataset {folder.name!r} is of the kind country_years, it has no records; "
            f"use load_country_years({folder.name!r})"
        )
    if (folder / "statements.csv").exists():
        raise DatasetError(
            f"dataset {folder.name!r} is of the kind statements, it has no records; "
            f"use load_statements({folder.name!r})"
        )
    paths = [path for path in resource_paths(folder) if path.endswith(".csv")]
    named = [folder / path for path in paths if (folder / path).is_file()]
    there = named or sorted(folder.glob("*.csv"))
    if len(there) == 1:
        return there[0]
    raise DatasetError(
        f"dataset {folder.name!r} must have statements.csv with sources.csv, or records.csv, or "
        f"just one CSV file; it has {len(there)} in {folder}"
    )


def read_records(content: File) -> Table:
    """Return a file of records as text cells, in whichever layout its header shows."""
    colombian = "departamento" in read_header(content)
    return parse_table(content, schemas.COLOMBIA if colombian else schemas.RECORDS)


def check_records(table: Table) -> list[failures.Failure]:
    """Return everything that is wrong with a file of records."""
    colombian = "departamento" in table.cells
    schema = schemas.colombia_schema() if colombian else schemas.records_schema()
    return validate.check_table(table, schema)


@remembered
def _records(dataset: str, records_csv: File) -> pd.DataFrame:
    table = read_records(records_csv)
    found = check_records(table)
    if found:
        raise failures.error(dataset, found)
    return _tidy(table.cells, dataset)


def _tidy(cells: pd.DataFrame, dataset: str) -> pd.DataFrame:
    tidy = _from_colombia(cells, dataset) if "departamento" in cells else cells
    numbers = {name: pd.to_numeric(tidy[name]).astype("float64") for name in NUMBERS}
    days = {name: rules.dates(tidy[name]) for name in ("period_start", "period_end")}
    return tidy.assign(**days, **numbers)[list(schemas.RECORDS)].reset_index(drop=True)


def _from_colombia(cells: pd.DataFrame, dataset: str) -> pd.DataFrame:
    months = list(zip(cells["ano"].astype(int), cells["mes"].astype(int), strict=True))
    return pd.DataFrame(
        {
            "record_id": [f"{dataset}.{number:03d}" for number in range(1, len(cells) + 1)],
            "department": cells["departamento"],
            "municipality": cells["municipio"],
            "demining_type": cells["tipodesminado"].map(schemas.DEMINING_TYPES),
            "period_start": [f"{year}-{month:02d}-01" for year, month in months],
            "period_end": [f"{y}-{m:02d}-{calendar.monthrange(y, m)[1]}" for y, m in months],
            "area_cleared": pd.to_numeric(cells["areadespejada"]) / SQUARE_METRES_PER_HECTARE,
            "anti_personnel_mines": cells["map"],
            "unexploded_ordnance": cells["muse"],
            "improvised_explosive_devices": cells["aei"],
            "explosive_items": cells["totalartefactosdestruidos"],
        }
    )
