"""Which days figures really count: days of rest, and books that are closed once a week."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.statements import printed_unit

_LEAST_NOTICES = 2
"""Notices that a weekday needs to be known for a day of rest."""

_LITTLE = 1 / 3
"""Part of what is printed around them below which all notices of a day of rest are."""

_NEAREST = 8
"""Notices of other weekdays that tell what is printed around one."""

_LEAST_SUMS = 3
"""Sums that come out only where books are closed weekly: one or two may be chance."""

_TELLING = 100
"""Units that a figure has at least: sums of rounder ones come out by chance."""

_WEEK = 7
_DAY = pd.Timedelta(days=1)


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
        if len(part) >= _LEAST_NOTICES and (part < np.log(_LITTLE)).all()
    }
    if not found:
        return {}
    mean = (_WEEK - len(found) + sum(found.values())) / _WEEK
    return {day: float(np.log(found.get(day, 1.0) / mean)) for day in range(_WEEK)}


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


def closing_days(figures: pd.DataFrame) -> dict[str, int]:
    """Return the weekday on which books are closed, of operators who close them weekly.

    Parameters
    ----------
    figures : DataFrame
        As `observations` returns them.

    Notes
    -----
    An office that adds up weekly reports prints on a Tuesday the total of last Friday. This is
    believed where the figures say so themselves: where more of them add up to a third one, to the
    last digit, than do with the days as printed.
    """
    found: dict[str, int] = {}
    for operator, own in figures.groupby("operator", sort=True):
        weeks = own[(own["end"] - own["start"]).dt.days == _WEEK - 1]
        if weeks.empty:
            continue
        weekday = {str(operator): int(weeks["end"].dt.day_of_week.mode().iloc[0])}
        if _sums(closed(own, weekday)) >= _sums(own) + _LEAST_SUMS:
            found |= weekday
    return found


def closed(figures: pd.DataFrame, closings: Mapping[str, int]) -> pd.DataFrame:
    """Return figures with the days that books closed weekly count.

    Parameters
    ----------
    figures : DataFrame
        With `operator`, `kind`, `start` and `end`.
    closings : mapping of str to int
        As from `closing_days`.

    Returns
    -------
    DataFrame
        The running totals and the parts of months that operators who close weekly print end with
        the last closing day. `days_unsure` is the standard deviation of how many days a figure
        counts: the week in which a month begins may be of this month or of the one before.
    """
    weekday = figures["operator"].map(dict(closings))
    start, end = figures["start"], figures["end"]
    last = _closing(end, weekday)
    total = figures["kind"] == "total"
    month = weekday.notna() & (start.dt.day == 1) & ~total & (figures["kind"] != "day")
    whole = month & end.dt.is_month_end
    moved = weekday.notna() & (total | month) & ~whole & (last > start)
    within = month & (_closing(start - _DAY, weekday) != start - _DAY)
    ends = within.astype(float) + (whole & (last != end)).astype(float)
    unsure = _WEEK / np.sqrt(12) * np.sqrt(ends)
    return figures.assign(end=end.where(~moved, last), days_unsure=unsure)


def _closing(days: pd.Series, weekday: pd.Series) -> pd.Series:
    """Return the last closing day that is not after each day."""
    past = np.mod(days.dt.day_of_week - weekday.fillna(0).astype(int), _WEEK)
    return pd.Series(days - pd.to_timedelta(past, unit="D"))


def _sums(figures: pd.DataFrame) -> int:
    """Return how often two figures, one after the other, add up to a third one's number."""
    spans = figures.assign(unit=printed_unit(figures["value"]), over=figures["end"] + _DAY)
    telling = spans["value"] >= _TELLING * spans["unit"]
    spans = spans.loc[telling, ["start", "over", "value", "unit"]]
    pairs = spans.merge(spans, left_on="over", right_on="start", suffixes=("_1", "_2"))
    pairs = pairs.rename(columns={"start_1": "start", "over_2": "over"})
    pairs = pairs.drop(columns=["over_1", "start_2"])
    sums = pairs.merge(spans, on=["start", "over"])
    missed = (sums["value_1"] + sums["value_2"] - sums["value"]).abs()
    return int((missed <= sums[["unit", "unit_1", "unit_2"]].max(axis=1)).sum())
