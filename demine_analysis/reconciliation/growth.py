"""Running totals that name no first day: what they grew by is known, where they began is not."""

from __future__ import annotations

import pandas as pd

from demine_analysis.reconciliation.joining import observations

_SCOPE = ["operator", "district", "land_use"]
_DAY = pd.Timedelta(days=1)


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
