"""Load a dataset as the reports need it: statements, sources and casualties, of either kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from demine_analysis.datasets import load_casualties, load_records, load_sources, load_statements
from demine_analysis.datasets.locate import dataset_folder
from demine_analysis.datasets.programme import Programme, programme_file, read_programme
from demine_analysis.vocabulary import METRICS, UNIT_OF_METRIC

if TYPE_CHECKING:
    import os

_TEXTS = ["url", "publisher", "civilians_only", "note"]
_PEOPLE = ["killed", "injured", "total"]
_DATES = ["published", "period_start", "period_end"]


class Inputs(NamedTuple):
    """The frames of a dataset, as from `load_statements`, `load_sources`, `load_casualties`.

    `programme` is what the dataset says of itself. `evidence` is what `reconcile` takes: the
    statements, or the records of a dataset of records.
    """

    statements: pd.DataFrame
    sources: pd.DataFrame
    casualties: pd.DataFrame
    evidence: pd.DataFrame
    programme: Programme = Programme()


def inputs(
    dataset: str | None = None,
    *,
    data_home: str | os.PathLike[str] | None = None,
    corrected: bool = True,
) -> Inputs:
    """Return a dataset's frames for a report.

    Parameters
    ----------
    dataset, data_home, corrected
        As in `load_statements`.

    Returns
    -------
    Inputs
        A dataset of records gives exact statements: the sum of each month and of each year,
        whole and by department. Without a file of casualties the frame of them is empty.
    """
    folder = dataset_folder(dataset, data_home)
    casualties = (
        load_casualties(dataset, data_home=data_home)
        if (folder / "casualties.csv").is_file()
        else _no_casualties()
    )
    programme, _ = read_programme(programme_file(folder))
    if (folder / "statements.csv").is_file():
        statements = load_statements(dataset, data_home=data_home, corrected=corrected)
        sources = load_sources(dataset, data_home=data_home)
        return Inputs(statements, sources, casualties, statements, programme)
    records = load_records(folder.name, data_home=data_home)
    made = as_statements(records, folder.name)
    return Inputs(made, _one_source(folder.name), casualties, records, programme)


def as_statements(records: pd.DataFrame, dataset: str) -> pd.DataFrame:
    """Return a programme's records as exact statements about months and years."""
    metrics = [name for name in METRICS if name in records]
    frames = [
        _sums(records, metrics, period=period, frequency=frequency, by_department=by_department)
        for period, frequency in (("month", "M"), ("year", "Y"))
        for by_department in (False, True)
    ]
    frame = pd.concat(frames, ignore_index=True)
    return frame.assign(
        statement_id=[f"{dataset}.{number:05d}" for number in range(1, len(frame) + 1)],
        source_id=dataset,
        unit=frame["metric"].map(UNIT_OF_METRIC),
        qualifier="exact",
        status="achieved",
        operator="all",
        land_use="all",
        printed="",
        note="sum of records",
        published=pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]"),
        corrected=False,
    )


def _sums(
    records: pd.DataFrame, metrics: list[str], *, period: str, frequency: str, by_department: bool
) -> pd.DataFrame:
    district = records["department"] if by_department else pd.Series("all", index=records.index)
    span = records["period_start"].dt.to_period(frequency)
    sums = records.groupby([district.rename("district"), span])[metrics].sum()
    long = sums.melt(ignore_index=False, var_name="metric").reset_index()
    starts = long["period_start"].dt
    return long.assign(
        period=period,
        period_end=starts.end_time.dt.normalize().astype("datetime64[us]"),
        period_start=starts.start_time.astype("datetime64[us]"),
    )


def _one_source(dataset: str) -> pd.DataFrame:
    row = {"source_id": dataset, "url": "", "publisher": dataset, "agency": "", "language": ""}
    return pd.DataFrame([row]).assign(published=pd.Series([pd.NaT], dtype="datetime64[us]"))


def _no_casualties() -> pd.DataFrame:
    kinds = {
        **dict.fromkeys(_TEXTS, "str"),
        **dict.fromkeys(_DATES, "datetime64[us]"),
        **dict.fromkeys(_PEOPLE, "float64"),
    }
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
