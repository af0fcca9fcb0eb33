"""Days of rest: weekdays whose notices of a day print far less than those of the days around."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

_LEAST = 2
"""Notices that a weekday needs to be known for a day of rest."""

_LITTLE = 1 / 3
"""Part of what is printed around them below which all notices of a day of rest are."""

_NEAREST = 8
"""Notices of other weekdays that tell what is printed around one."""

_DAYS = 7


def weekday_shares(figures: pd.DataFrame) -> dict[int, float]:
    """Return the log of each weekday's share of a mean day's work; empty without a day of rest.

    Parameters
    ----------
    figures : DataFrame
        As `observations` returns them.

    Notes
    -----
    A day's notice counts the day that it begins on: in the morning the past day is told. The grid
    takes the days of a week for alike, and a Sunday without work would halve or empty its week.
    """
    daily = figures[(figures["kind"] == "day") & (figures["upper"] > 0)]
    little = _beside_others(daily)
    found = {
        int(str(weekday)): float(np.exp(part.median()))
        for weekday, part in little.groupby(daily["start"].dt.day_of_week)
        if len(part) >= _LEAST and (part < np.log(_LITTLE)).all()
    }
    if not found:
        return {}
    mean = (_DAYS - len(found) + sum(found.values())) / _DAYS
    return {day: float(np.log(found.get(day, 1.0) / mean)) for day in range(_DAYS)}


def day_shares(figures: pd.DataFrame, shares: Mapping[int, float]) -> pd.Series:
    """Return the log of the share of a mean day that figures count: 0 but for a day's notices.

    Parameters
    ----------
    figures : DataFrame
        With `kind` and `start`.
    shares : mapping of int to float
        As from `weekday_shares`.
    """
    own = figures["start"].dt.day_of_week.map(dict(shares)).astype(float)
    return pd.Series(own.where(figures["kind"] == "day", 0.0).fillna(0.0))


def _beside_others(daily: pd.DataFrame) -> pd.Series:
    """Return the log of each notice beside the median of its operator's of other weekdays."""
    logs = np.log(daily[["lower", "upper"]].mean(axis=1))
    weekday = daily["start"].dt.day_of_week
    beside = pd.Series(np.nan, index=daily.index)
    for row in daily.index:
        others = (daily["operator"] == daily.loc[row, "operator"]) & (weekday != weekday[row])
        distance = (daily.loc[others, "start"] - daily.loc[row, "start"]).abs()
        near = distance.sort_values(kind="stable").index[:_NEAREST]
        if len(near) >= _NEAREST // 2:
            beside[row] = logs[row] - logs[near].median()
    return beside.dropna()
