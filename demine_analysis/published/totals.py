"""Published totals by year, month and week, running totals, and the daily rate they mean."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .select import Scope, pick, select

#: Columns of every frame of published totals, after the index.
COLUMNS = [
    "period_end",
    "value",
    "unit",
    "qualifier",
    "operator",
    "n_statements",
    "lowest",
    "highest",
    "published",
    "statement_id",
    "source_id",
]


def annual(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published total of each calendar year.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    scope : Scope, optional
        What to count; the cleared area of all operators by default.

    Returns
    -------
    DataFrame
        Index `period_start`; `value` in `unit`, its qualifier and operator, how many
        statements there were to choose from and their range, and the one chosen.

    Notes
    -----
    Of several statements for a period one is chosen by the rules of `pick`.

    Examples
    --------
    >>> import demine_analysis as da
    >>> totals = annual(da.load_statements("azerbaijan"))
    >>> float(totals.loc["2023-01-01", "value"])
    53081.8
    """
    return _totals(statements, scope, "year", "Y")


def monthly(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published total of each calendar month; columns as in `annual`."""
    return _totals(statements, scope, "month", "M")


def weekly(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published total of each week, by its Monday; columns as in `annual`."""
    return _totals(statements, scope, "week", "W-SUN")


def daily_rate(
    statements: pd.DataFrame, scope: Scope | None = None, *, period: str = "week"
) -> pd.DataFrame:
    """Return the published totals of weeks, months or years as units a day.

    Returns
    -------
    DataFrame
        As `weekly`, with `days` (length of the printed period) and `value`, `lowest`,
        `highest` in units a day. Partial counts ("unstated") are not scaled up.
    """
    totals = {"week": weekly, "month": monthly, "year": annual}[period](statements, scope)
    days = (totals["period_end"] - totals["printed_start"]).dt.days + 1
    rates = totals[["value", "lowest", "highest"]].div(days, axis=0)
    return totals.assign(days=days, **rates)


def cumulative(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the published running totals since November 2020, one a day of reference.

    Returns
    -------
    DataFrame
        Index `period_end`, the day up to which the total counts; columns as in `annual`,
        and `reason`: why a total is set aside (``one operator``, ``scope not stated``,
        ``does not fit``: a running total cannot fall), empty for those that stand; and
        `set_aside`, True where there is a reason.
    """
    scope = scope or Scope()
    frame = select(statements, scope, period="cumulative").dropna(subset=["period_end"])
    chosen = pick(frame, ["period_end"]).set_index("period_end")
    reason = pd.Series("", index=chosen.index, dtype="str")
    if scope.operator == "all":
        reason[chosen["operator"] != "all"] = "one operator"
        reason[chosen["operator"] == "unstated"] = "scope not stated"
    # An exact total is worth two rounded ones when they contradict each other.
    weight = chosen["qualifier"].eq("exact") + 1
    stands = rising(chosen["value"].where(reason == ""), weight)
    reason = reason.mask((reason == "") & ~stands, "does not fit")
    chosen = chosen.assign(reason=reason, set_aside=reason != "")
    return chosen[[*COLUMNS[1:], "reason", "set_aside"]]


def rising(values: pd.Series, weight: pd.Series | None = None) -> pd.Series:
    """Mark the heaviest run of values that never falls; missing values are not in it.

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


def _totals(
    statements: pd.DataFrame, scope: Scope | None, period: str, frequency: str
) -> pd.DataFrame:
    frame = select(statements, scope or Scope(), period=period)
    frame = frame.dropna(subset=["period_start", "period_end"])
    frame = frame.assign(printed_start=frame["period_start"], period_start=_start(frame, frequency))
    chosen = pick(frame, ["period_start"]).set_index("period_start")
    return chosen[["printed_start", *COLUMNS]]


def _start(frame: pd.DataFrame, frequency: str) -> pd.Series:
    """Return the start of the calendar period that the middle of the printed one lies in."""
    middle: pd.Series = frame["period_start"] + (frame["period_end"] - frame["period_start"]) / 2
    start: pd.Series = middle.dt.to_period(frequency).dt.start_time
    return start
