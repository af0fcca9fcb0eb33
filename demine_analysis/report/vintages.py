"""How the estimate of the last whole year moved, as the data audit draws it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from demine_analysis.errors import ReconcileError, StatementError
from demine_analysis.reconciliation.intervals import COLUMNS
from demine_analysis.reconciliation.statements import publication_date
from demine_analysis.reconciliation.vintages import vintages


class Vintages(NamedTuple):
    """A year, and its estimate on several days as `vintages` returns it; 0: no year is known."""

    year: int
    frame: pd.DataFrame


def of_last_year(statements: pd.DataFrame, metric: str = "area_cleared") -> Vintages:
    """Return the estimates of the last whole year at the end of each half-year, and now.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    metric : str
        What is counted.

    Notes
    -----
    Four days or so: each is a reconciliation of its own, and a page should not wait for more.
    """
    nothing = Vintages(0, pd.DataFrame(columns=[*COLUMNS, "through", "figures"]))
    rows = statements[(statements["metric"] == metric) & (statements["status"] == "achieved")]
    last = rows["period_end"].max()
    if pd.isna(last):
        return nothing
    year = (pd.Timestamp(last) + pd.Timedelta(days=1)).year - 1
    first, end = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    now = publication_date(rows).max() + pd.offsets.MonthEnd(0)
    days = pd.date_range(first + pd.DateOffset(months=5), now, freq="6ME")[:3].union([now])
    try:
        frame = vintages(rows, first, end, days, metric=metric)
    except (ReconcileError, StatementError):
        return nothing
    known = frame[frame["median"].notna()]
    return Vintages(year, known) if len(known) else nothing
