"""Books that are closed once a week: which days running totals and months really count."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.statements import printed_unit

_LEAST = 3
"""Sums that come out only where books are closed weekly: one or two may be chance."""

_TELLING = 100
"""Units that a figure has at least: sums of rounder ones come out by chance."""

_WEEK = 7
_DAY = pd.Timedelta(days=1)


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
        if _sums(closed(own, weekday)) >= _sums(own) + _LEAST:
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
