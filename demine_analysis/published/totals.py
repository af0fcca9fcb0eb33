"""Published totals by year, month and week, running totals, and the daily rate they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.evidence.running_totals import rising
from demine_analysis.scope import Scope

from .choice import cells, choose, filled
from .select import known_by, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .choice import Choice

    Days = NDArray[np.datetime64]

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
_PRINTED = {"printed_start": "period_start"}


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
    return _totals(statements, scope, "week", "W")


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
    """Return the published running totals, one a day of reference.

    Returns
    -------
    DataFrame
        Index `period_end`, the day up to which the total counts; `printed_start`, the day since
        when it does; columns as in `annual`, and `reason`: why a total is set aside
        (``one operator``, ``scope not stated``, ``does not fit``: a running total cannot fall),
        empty for those that stand; and `set_aside`, True where there is a reason.
    """
    scope = scope or Scope()
    frame = known_by(statements, scope.as_of)
    places = filled(frame, places_of(frame, scope, period="cumulative"), ["value", "period_end"])
    choice = choose(frame, places, [cells(frame, "period_end", places)])
    chosen = as_totals(frame, choice, ["printed_start", *COLUMNS]).set_index("period_end")
    reason = pd.Series("", index=chosen.index, dtype="str")
    if scope.operator == "all":
        reason[chosen["operator"] != "all"] = "one operator"
        reason[chosen["operator"] == "unstated"] = "scope not stated"
    # An exact total is worth two rounded ones when they contradict each other.
    weight = chosen["qualifier"].eq("exact") + 1
    stands = rising(chosen["value"].where(reason == ""), weight)
    reason = reason.mask((reason == "") & ~stands, "does not fit")
    chosen = chosen.assign(reason=reason, set_aside=reason != "")
    return chosen[["printed_start", *COLUMNS[1:], "reason", "set_aside"]]


def as_totals(frame: pd.DataFrame, choice: Choice, columns: Sequence[str]) -> pd.DataFrame:
    """Return these columns of the statements chosen, and of how many they were chosen."""
    taken = choice.counted
    for name in set(columns) - set(taken):
        taken[name] = frame[_PRINTED.get(name, name)].array.take(choice.places)
    return pd.DataFrame({name: taken[name] for name in columns})


def _totals(statements: pd.DataFrame, scope: Scope | None, period: str, unit: str) -> pd.DataFrame:
    scope = scope or Scope()
    frame = known_by(statements, scope.as_of)
    places = places_of(frame, scope, period=period)
    places = filled(frame, places, ["value", "period_start", "period_end"])
    first, last = (cells(frame, name, places) for name in ("period_start", "period_end"))
    start = _start(first, last, unit)
    chosen = as_totals(frame, choose(frame, places, [start]), ["printed_start", *COLUMNS])
    return chosen.set_axis(pd.DatetimeIndex(np.unique(start), name="period_start"))


def _start(first: Days, last: Days, unit: str) -> Days:
    """Return the start of the calendar period that the middle of the printed one lies in."""
    middle = first + (last - first) // 2
    # NumPy's weeks start on Thursdays, as the first of 1970 was one.
    shift = np.timedelta64(3 if unit == "W" else 0, "D")
    start = (middle + shift).astype(f"datetime64[{unit}]").astype("datetime64[us]")
    return np.asarray(start - shift)
