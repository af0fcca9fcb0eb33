"""Sentences about the pace of clearance."""

from __future__ import annotations

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import missing
from .estimates import direction, estimate, quarter


def present_pace(frame: pd.DataFrame, metric: str, window: str) -> str:
    """Return the latest rolling mean of an interval frame in units a day."""
    if frame.empty:
        return missing(_("week"))
    return _("{rate} a day in the {n} weeks up to {day}.").format(
        rate=estimate(frame.iloc[-1], metric),
        n=weeks_of(window),
        day=formats.date(_last_day(frame)),
    )


def weeks_of(window: str) -> int:
    """Return the number of weeks of a window such as 4W."""
    return round(pd.Timedelta(window) / pd.Timedelta(weeks=1))


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


def changes(frame: pd.DataFrame) -> str:
    """Return when the pace changed last, and by how much, as from `Series.changes`."""
    if frame.empty:
        return _("No lasting change of the pace is found.")
    row = frame.iloc[-1]
    clear = direction(row["ratio_lower_80"] - 1, row["ratio_upper_80"] - 1) != "unclear"
    size = (
        _("to {ratio} times the pace before")
        if clear
        else _("of no clear direction: {ratio} times the pace before")
    )
    return _(
        "Lasting changes of the pace: {n}. The last was in {month} (80% interval {first} to "
        "{last}), {size}."
    ).format(
        n=len(frame),
        month=formats.month(pd.DatetimeIndex(frame.index)[-1]),
        first=formats.month(row["lower_80"]),
        last=formats.month(row["upper_80"]),
        size=size.format(
            ratio=formats.estimate(row["ratio"], row["ratio_lower_80"], row["ratio_upper_80"])
        ),
    )


def season(frame: pd.DataFrame) -> str:
    """Return the weeks of the year with the fastest and slowest pace, as from `Series.season`."""
    if frame.empty:
        return missing(_("week"))
    best, worst = int(frame["median"].argmax()), int(frame["median"].argmin())
    return _(
        "The pace is highest around week {best} ({high} times the year's mean) and lowest around "
        "week {worst} ({low} times)."
    ).format(
        best=formats.Numeral(frame.index[best]),
        high=_factor(frame.iloc[best]),
        worst=formats.Numeral(frame.index[worst]),
        low=_factor(frame.iloc[worst]),
    )


def _factor(row: pd.Series) -> str:
    return formats.number(row["median"], step=formats.step_of(row["lower_80"], row["upper_80"]))


def best_and_worst(frame: pd.DataFrame, metric: str) -> str:
    """Return the quarters with the highest and lowest pace, as from `Series.quarters`."""
    if frame.empty:
        return missing(_("quarter"))
    best, worst = int(frame["median"].argmax()), int(frame["median"].argmin())
    return _("Fastest quarter: {best}, {most} a day; slowest: {worst}, {least} a day.").format(
        best=quarter(frame, best),
        most=estimate(frame.iloc[best], metric),
        worst=quarter(frame, worst),
        least=estimate(frame.iloc[worst], metric),
    )


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
