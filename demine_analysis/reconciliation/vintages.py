"""How the estimate of a period moved as figures about it came out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demine_analysis.arguments import day
from demine_analysis.errors import ParameterError, ReconcileError
from demine_analysis.frames import tidied
from demine_analysis.reconciliation.fitting import reconcile
from demine_analysis.reconciliation.intervals import COLUMNS
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.reconciliation.statements import COLUMNS as NEEDED
from demine_analysis.reconciliation.statements import publication_date
from demine_analysis.scope import WHOLE

_MONTH = pd.Timedelta(days=31)
_FOLLOWED = pd.DateOffset(years=1)


def vintages(
    statements: pd.DataFrame,
    start: str | pd.Timestamp,
    end: str | pd.Timestamp,
    as_of: Iterable[str | pd.Timestamp] | None = None,
    *,
    metric: str = "area_cleared",
    operator: str = WHOLE,
) -> pd.DataFrame:
    """Return the estimate of a period's work as it was on several days.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    start, end : date
        First and last day of the period, both included.
    as_of : iterable of dates, optional
        The days; by default the month ends from the period's first to a year after its last, as
        far as anything was published.
    metric, operator : str
        As in `reconcile`.

    Returns
    -------
    DataFrame
        Index `as_of`; median and intervals in ha or items, NaN where too little had been
        published; `through`, the last day of the period that the figures of the time reached, NaT
        where none; `figures`, how many of them count days of the period.

    Raises
    ------
    ParameterError
        If the days are none, or end before they begin.

    Notes
    -----
    Each day's estimate is `reconcile(as_of=day)`, run anew, scales included.

    Examples
    --------
    >>> import demine_analysis as da
    >>> rows = da.load_statements("azerbaijan")
    >>> found = vintages(rows, "2024-01-01", "2024-12-31", ["2025-01-31", "2025-12-31"])
    >>> bool((found["lower_95"] < 62_500).all() and (found["upper_95"] > 62_000).all())
    True
    """
    first, last = day(start, "start"), day(end, "end")
    if first > last:
        raise ParameterError(f"end must not be before start, got {start} and {end}")
    if isinstance(as_of, str | pd.Timestamp):
        raise ParameterError(f"as_of must be a list of dates, such as [{str(as_of)[:10]!r}]")
    as_of = None if as_of is None else list(as_of)
    if as_of == []:
        raise ParameterError("as_of must have at least one date")
    tidy = tidied(statements, NEEDED)
    days = _days(tidy, first, last) if as_of is None else [day(each, "as_of") for each in as_of]
    rows = [_vintage(_known(tidy, each, metric, operator), first, last) for each in days]
    index = pd.DatetimeIndex(days, name="as_of")
    frame = pd.DataFrame(rows, index=index, columns=[*COLUMNS, "through", "figures"])
    return frame.astype({"through": "datetime64[us]", "figures": int})


def first_estimates(
    statements: pd.DataFrame, *, metric: str = "area_cleared", operator: str = WHOLE
) -> pd.DataFrame:
    """Return what was first estimated of each year and quarter beside what is estimated now.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    metric, operator : str
        As in `reconcile`.

    Returns
    -------
    DataFrame
        One row a whole year or quarter of which figures had been published to its last day a
        month later: `period` (`year`, `quarter`), `period_start`, `period_end`, `as_of` (a month
        after its end), median and intervals of then, `now` (the median of today), `held`:
        whether the 80% interval of then has it.
    """
    tidy = tidied(statements, NEEDED)
    today = reconcile(tidy, metric, operator=operator)
    rows = []
    for kind, frequency in (("quarter", "Q"), ("year", "Y")):
        for period in pd.period_range(today.start, today.end, freq=frequency):
            first, last = period.start_time, period.end_time.normalize()
            if first >= today.start and last + _MONTH < today.end:
                rows.append({"period": kind, "period_start": first, "period_end": last})
    found = [_first(tidy, today, row, metric, operator) for row in rows]
    columns = ["period", "period_start", "period_end", "as_of", *COLUMNS, "now", "held"]
    return pd.DataFrame([row for row in found if row], columns=columns)


def _first(
    tidy: pd.DataFrame, today: Reconciliation, row: dict[str, object], metric: str, operator: str
) -> dict[str, object]:
    first, last = pd.Timestamp(str(row["period_start"])), pd.Timestamp(str(row["period_end"]))
    then = _known(tidy, last + _MONTH, metric, operator)
    if then is None or then.start > first or then.end < last:
        return {}
    estimate, now = then.total(first, last), float(today.total(first, last)["median"])
    held = bool(estimate["lower_80"] <= now <= estimate["upper_80"])
    return {**row, "as_of": last + _MONTH, **_cells(estimate), "now": now, "held": held}


def _cells(row: pd.Series) -> dict[str, object]:
    return {str(name): value for name, value in row.items()}


def _days(tidy: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> list[pd.Timestamp]:
    published = publication_date(tidy).max()
    until = min(last + _FOLLOWED, published + pd.offsets.MonthEnd(0))
    return list(pd.date_range(first, until, freq="ME"))


def _known(
    tidy: pd.DataFrame, as_of: pd.Timestamp, metric: str, operator: str
) -> Reconciliation | None:
    try:
        return reconcile(tidy, metric, operator=operator, as_of=as_of)
    except ReconcileError:
        return None


def _vintage(
    r: Reconciliation | None, first: pd.Timestamp, last: pd.Timestamp
) -> dict[str, object]:
    if r is None or r.end < first or r.start > last:
        return {**dict.fromkeys(COLUMNS, np.nan), "through": pd.NaT, "figures": 0}
    through = min(last, r.end)
    table = r.evidence.figures
    inside = (table["start"] <= last) & (table["end"] >= first)
    estimate = r.total(max(first, r.start), through)
    return {**_cells(estimate), "through": through, "figures": int(inside.sum())}
