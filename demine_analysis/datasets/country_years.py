"""Country-years: what yearbooks print of a country's land release in a year or a few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.datasets import locate
from demine_analysis.datasets.checking import failures, rules, schemas, validate
from demine_analysis.datasets.checking.table import parse_table, read_file
from demine_analysis.datasets.remembered import remembered
from demine_analysis.errors import DatasetError

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from demine_analysis.datasets.checking.table import File

FILE = "country_years.csv"
HECTARES_PER_KM2 = 100
AREAS = tuple(name for name in schemas.COUNTRY_YEARS if name.endswith("_km2"))
COUNTS = ("anti_personnel_mines", "anti_vehicle_mines", "explosive_remnants")


def load_country_years(
    dataset: str = "world", *, data_home: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Load what yearbooks and agencies print of countries, by year.

    Parameters
    ----------
    dataset, data_home
        As in `load_statements`. The file is `country_years.csv`.

    Returns
    -------
    DataFrame
        A row a page, country and year, in the order of the file: `record_id`, `country`, `iso`
        (ISO 3166-1 alpha-3, empty for the world and for areas that have no code), `region`
        (empty for the whole country), `first_year` and `last_year` (the same for one year),
        `area_cleared`, `area_reduced`, `area_cancelled`, `remaining` and `remaining_confirmed`
        (ha at the end of the last year), `anti_personnel_mines`, `anti_vehicle_mines`,
        `explosive_remnants` (items), `qualifier`, `url`, `publisher`, `published` (the last day
        possible), `language`, `note`. Numbers are floats, NaN where the page prints none.

    Raises
    ------
    DatasetError
        As in `load_statements`.

    Notes
    -----
    The file has km², as yearbooks print; 1 km² is 100 ha. One country and year may be there
    several times: editions and pages differ, and all are kept. Areas of several years (a
    programme's total) have `first_year` before `last_year`: never add them to single years.

    Examples
    --------
    >>> years = load_country_years("world").set_index("record_id")
    >>> float(years.loc["south-sudan-2017.1", "area_cleared"])
    985.0
    """
    folder = locate.dataset_folder(dataset, data_home)
    if not (folder / FILE).exists():
        raise DatasetError(
            f"dataset {folder.name!r} has no {FILE}, it is not of the kind country_years; "
            "use load_statements or load_records"
        )
    return _country_years(dataset, read_file(folder / FILE))


def is_country_years(folder: Path) -> bool:
    """Return whether a dataset is of this kind."""
    return (folder / FILE).exists()


def check_country_years(folder: Path) -> list[failures.Failure]:
    """Return everything that is wrong with the file of a dataset of this kind."""
    table = parse_table(read_file(folder / FILE), schemas.COUNTRY_YEARS)
    return validate.check_table(table, schemas.country_years_schema())


@remembered
def _country_years(dataset: str, content: File) -> pd.DataFrame:
    table = parse_table(content, schemas.COUNTRY_YEARS)
    found = validate.check_table(table, schemas.country_years_schema())
    if found:
        raise failures.error(dataset, found)
    return _tidy(table.cells)


def _tidy(cells: pd.DataFrame) -> pd.DataFrame:
    areas = {
        name: (pd.to_numeric(cells[name]).astype("float64") * HECTARES_PER_KM2).round(6)
        for name in AREAS
    }
    counts = {name: pd.to_numeric(cells[name]).astype("float64") for name in COUNTS}
    years = {name: cells[name].astype("int64") for name in ("first_year", "last_year")}
    tidy = cells.assign(**areas, **counts, **years, published=rules.last_days(cells["published"]))
    return tidy.rename(columns={name: name.removesuffix("_km2") for name in AREAS}).reset_index(
        drop=True
    )
