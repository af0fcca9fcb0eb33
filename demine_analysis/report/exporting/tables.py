"""The series of several scopes as one long table for weeks, months and years."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pandas as pd

from demine_analysis.errors import ReportError
from demine_analysis.reconciliation import intervals
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.vocabulary import UNIT_OF_METRIC

if TYPE_CHECKING:
    from collections.abc import Sequence

SCOPE = ["metric", "unit", "operator", "district", "land_use"]
DAYS = ["period_start", "period_end"]
COLUMNS = [*SCOPE, *DAYS, *intervals.COLUMNS]

_FRAMES = {
    "weekly": (Reconciliation.weekly, "W"),
    "monthly": (Reconciliation.monthly, "M"),
    "annual": (Reconciliation.annual, "Y"),
}
FREQUENCIES = tuple(_FRAMES)


def table(series: Sequence[Reconciliation], frequency: str) -> pd.DataFrame:
    """Return the series below one another.

    Parameters
    ----------
    series : sequence of Reconciliation
        One a scope.
    frequency : str
        One of `FREQUENCIES`.

    Returns
    -------
    DataFrame
        `metric`, `unit`, `operator`, `district`, `land_use`; `period_start` and `period_end`, the
        first and the last day that the row counts; median and intervals in the row's unit.
    """
    return pd.concat([_long(each, frequency) for each in series], ignore_index=True)


def scope_of(done: Reconciliation) -> dict[str, str]:
    """Return what a series counts, as the columns `SCOPE`."""
    said = vars(done.scope) | {"unit": UNIT_OF_METRIC[done.scope.metric]}
    return {name: said[name] for name in SCOPE}


def as_csv(frame: pd.DataFrame, *, header: bool = True) -> bytes:
    """Return a table as CSV; its numbers read back to the same floats."""
    text = frame.to_csv(index=False, header=header, lineterminator="\n", date_format="%Y-%m-%d")
    return text.encode()


def as_parquet(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, the days as dates without a time.

    Raises
    ------
    ReportError
        Where the extra `data` is not installed.
    """
    pl, content = require_polars(), io.BytesIO()
    columns = {name: frame[name].to_list() for name in frame}
    days = pl.col(DAYS).cast(pl.Date)
    pl.DataFrame(columns).with_columns(days).write_parquet(content)
    return content.getvalue()


def require_polars() -> Any:
    """Return the library that writes Parquet.

    Raises
    ------
    ReportError
        Where the extra `data` is not installed.
    """
    try:
        import polars as pl  # noqa: PLC0415 - in the extra `data` only
    except ModuleNotFoundError as cause:
        raise ReportError(
            f"an export needs {cause.name!r}; install it with: pip install 'demine-analysis[data]'"
        ) from cause
    return pl


def _long(done: Reconciliation, frequency: str) -> pd.DataFrame:
    make, letter = _FRAMES[frequency]
    frame = make(done).reset_index()
    starts = frame["period_start"]
    ends = starts.dt.to_period(letter).dt.end_time.dt.normalize()
    if letter != "W":  # the weeks of the grid are whole; other first and last periods are cut
        starts = starts.where(starts > done.start, done.start)
        ends = ends.where(ends < done.end, done.end)
    days = {"period_start": starts, "period_end": ends}
    return frame.assign(**scope_of(done), **days)[COLUMNS]
