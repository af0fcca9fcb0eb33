"""Sentences about the pace of clearance."""

from __future__ import annotations

import pandas as pd

from demine_analysis import formats
from demine_analysis.language import translate as _

from .common import missing
from .estimates import estimate


def present_pace(frame: pd.DataFrame, metric: str, weeks: int) -> str:
    """Return the latest rolling mean of an interval frame in units a day."""
    if frame.empty:
        return missing(_("week"))
    return _("{rate} a day in the {n} weeks up to {day}.").format(
        rate=estimate(frame.iloc[-1], metric),
        n=weeks,
        day=formats.date(_last_day(frame)),
    )


def against_other_years(frame: pd.DataFrame, metric: str) -> str:
    """Return where the latest rolling mean stands among the same weeks of earlier years."""
    if frame.empty:
        return missing(_("week"))
    weeks = pd.DatetimeIndex(frame.index).isocalendar()
    last = weeks.iloc[-1]
    same = (weeks["week"] == last["week"]) & (weeks["year"] < last["year"])
    earlier = frame["median"][same.to_numpy()]
    now = estimate(frame.iloc[-1], metric)
    if earlier.empty:
        return _("{rate} a day at the end of the data.").format(rate=now)
    higher = int((earlier > frame["median"].iloc[-1]).sum())
    return _(
        "{rate} a day at the end of the data; {n} of {all} earlier years were faster in that week."
    ).format(rate=now, n=higher, all=len(earlier))


def best_and_worst(frame: pd.DataFrame, metric: str) -> str:
    """Return the quarters with most and least work of a quarterly interval frame."""
    if frame.empty:
        return missing(_("quarter"))
    best, worst = int(frame["median"].argmax()), int(frame["median"].argmin())
    return _("Best quarter: {best}, {most}; worst: {worst}, {least}.").format(
        best=quarter(frame, best),
        most=estimate(frame.iloc[best], metric),
        worst=quarter(frame, worst),
        least=estimate(frame.iloc[worst], metric),
    )


def quarter(frame: pd.DataFrame, position: int) -> str:
    """Return a quarter as 2024 Q3."""
    day = pd.DatetimeIndex(frame.index)[position]
    return f"{day.year} Q{day.quarter}"


def weeks_known(frame: pd.DataFrame) -> str:
    """Return how many weeks have a notice of their own, as from `Series.coverage`."""
    if frame.empty:
        return missing(_("week"))
    counts = frame["kind"].value_counts()
    return _(
        "Of {all} weeks {n} have a notice of their own, {month} a monthly one only; {none} rest on "
        "inference alone."
    ).format(
        all=formats.number(len(frame)),
        n=formats.number(int(counts.get("week", 0))),
        month=formats.number(int(counts.get("month", 0))),
        none=formats.number(int(counts.get("none", 0))),
    )


def _last_day(frame: pd.DataFrame) -> pd.Timestamp:
    return pd.DatetimeIndex(frame.index)[-1] + pd.Timedelta(days=6)
