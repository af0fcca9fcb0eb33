"""What datasets there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.datasets import country_years, load, locate, records
from demine_analysis.datasets.descriptor import title
from demine_analysis.errors import DatasetError

if TYPE_CHECKING:
    import os
    from pathlib import Path

COLUMNS = ("name", "title", "kind", "rows", "period_start", "period_end")


def list_datasets(*, data_home: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """List the datasets in a data home.

    Parameters
    ----------
    data_home : path, optional
        As in `load_statements`; the datasets of this folder are listed, not the shipped ones
        beside them.

    Returns
    -------
    DataFrame
        A row a dataset: `name`; `title` (of its data package, else the name); `kind`,
        "statements" (`load_statements`), "records" (`load_records`),
        "country_years" (`load_country_years`) or "broken" (`demine check`
        says why); `rows`; `period_start` and `period_end`, the first and last day that its
        achieved work covers (NaT for none).

    Raises
    ------
    DatasetError
        Where the data home is no folder.

    Examples
    --------
    >>> list_datasets().set_index("name").loc["colombia", ["kind", "rows"]].to_dict()
    {'kind': 'records', 'rows': 333}
    """
    home = locate.home_folder(data_home)
    rows = [_describe(home / name) for name in locate.dataset_names(home)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"rows": "Int64"})
    days = {name: pd.to_datetime(frame[name]) for name in ("period_start", "period_end")}
    return frame.assign(**days)


def _describe(folder: Path) -> dict[str, Any]:
    try:
        kind, frame = _load(folder)
    except DatasetError:
        return {"name": folder.name, "title": title(folder), "kind": "broken"}
    if kind == "country_years":
        return _describe_years(folder, frame)
    work = frame[frame["status"] == "achieved"] if "status" in frame else frame
    return {
        "name": folder.name,
        "title": title(folder),
        "kind": kind,
        "rows": len(frame),
        "period_start": work["period_start"].min(),
        "period_end": work["period_end"].max(),
    }


def _describe_years(folder: Path, frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": folder.name,
        "title": title(folder),
        "kind": "country_years",
        "rows": len(frame),
        "period_start": pd.Timestamp(f"{frame['first_year'].min()}-01-01"),
        "period_end": pd.Timestamp(f"{frame['last_year'].max()}-12-31"),
    }


def _load(folder: Path) -> tuple[str, pd.DataFrame]:
    if (folder / "statements.csv").exists():
        return "statements", load.load_statements(folder.name, data_home=folder.parent)
    if country_years.is_country_years(folder):
        years = country_years.load_country_years(folder.name, data_home=folder.parent)
        return "country_years", years
    return "records", records.load_records(folder.name, data_home=folder.parent)
