"""Running totals: which can stand together, and what those without a first day grew by."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.evidence.joining import observations

_SCOPE = ["operator", "district", "land_use"]
_DAY = pd.Timedelta(days=1)


def rising(values: pd.Series, weight: pd.Series | None = None) -> pd.Series:
    """Mark the heaviest run of values that never falls, as no running total does.

    Missing values are not in it.

    Notes
    -----
    Longest non-decreasing subsequence with weights, by dynamic programming.
    """
    known = values.dropna()
    numbers = known.to_numpy(dtype=float)
    best = np.ones(len(known)) if weight is None else weight[values.notna()].to_numpy(dtype=float)
    before = np.full(len(known), -1)
    for position in range(1, len(known)):
        lower = np.flatnonzero(numbers[:position] <= numbers[position])
        if len(lower):
            before[position] = lower[best[lower].argmax()]
            best[position] += best[before[position]]
    kept = np.zeros(len(known), dtype=bool)
    position = int(best.argmax()) if len(best) else -1
    while position >= 0:
        kept[position] = True
        position = before[position]
    marked = values.notna().to_numpy(copy=True)
    marked[marked] = kept
    return pd.Series(marked, index=values.index)


def growth(statements: pd.DataFrame) -> pd.DataFrame:
    """Return what running totals of a scope grew by since the first of them.

    Parameters
    ----------
    statements : DataFrame
        As `statements.without_first_day` returns them.

    Returns
    -------
    DataFrame
        Columns as `observations` has them: one row for each total after the first of its scope
        that is larger.

    Notes
    -----
    Totals of one scope are taken to begin on the same day. Which day that is, is a parameter of
    which nothing else is known; it drops out of their differences.
    """
    # Any first day serves to join papers that print the same total.
    joined = observations(statements.assign(period_start=statements["period_end"].min()))
    scopes = [joined[name] for name in _SCOPE]
    first = joined.groupby(scopes)[["value", "lower", "upper", "end"]].transform("first")
    grown = joined.assign(
        start=first["end"] + _DAY,
        value=joined["value"] - first["value"],
        lower=(joined["lower"] - first["upper"]).clip(lower=0),
        upper=joined["upper"] - first["lower"],
    )
    later = (joined["end"] > first["end"]) & (grown["value"] > 0)
    return grown[later].reset_index(drop=True)
