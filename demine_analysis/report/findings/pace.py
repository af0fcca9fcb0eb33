"""Sentences about the pace of clearance."""

from __future__ import annotations

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

from .common import no_estimate
from .estimates import direction, quarter


def weeks_of(window: str) -> int:
    """Return the number of weeks of a window such as 4W."""
    return round(pd.Timedelta(window) / pd.Timedelta(weeks=1))


def against_other_years(frame: pd.DataFrame) -> str:
    """Return where the latest rolling mean stands among the same weeks of earlier years."""
    if frame.empty:
        return no_estimate()
    weeks = pd.DatetimeIndex(frame.index).isocalendar()
    last = weeks.iloc[-1]
    same = (weeks["week"] == last["week"]) & (weeks["year"] < last["year"])
    earlier = frame["median"][same.to_numpy()]
    if earlier.empty:
        return _("There is no earlier year to compare with.")
    higher = int((earlier > frame["median"].iloc[-1]).sum())
    if not higher:
        return _("No earlier year was faster at this time of the year.")
    return _("{n} of {all} earlier years were faster at this time of the year.").format(
        n=higher, all=len(earlier)
    )


def changes(frame: pd.DataFrame, rolling: pd.DataFrame) -> str:
    """Return when the pace changed last, and by how much.

    Parameters
    ----------
    frame, rolling : DataFrame
        As from `Series.changes` and `Series.rolling_rate`.
    """
    if rolling.empty:
        return no_estimate()
    if frame.empty:
        return _("No lasting change of the pace is found.")
    row = frame.iloc[-1]
    clear = direction(row["ratio_lower_80"] - 1, row["ratio_upper_80"] - 1) != "unclear"
    words = (
        _("The pace changed for good in {month}, to {ratio} times what it was before.")
        if clear
        else _("The pace changed for good in {month}, in no clear direction.")
    )
    step = formats.step_of(row["ratio_lower_80"], row["ratio_upper_80"])
    return words.format(
        month=formats.month(pd.DatetimeIndex(frame.index)[-1]),
        ratio=formats.number(row["ratio"], step=step),
    )


def season(frame: pd.DataFrame) -> str:
    """Return the weeks of the year with the fastest and slowest pace, as from `Series.season`."""
    if frame.empty:
        return no_estimate()
    best, worst = int(frame["median"].argmax()), int(frame["median"].argmin())
    return _(
        "The pace is fastest around week {best} of the year and slowest around week {worst}."
    ).format(best=formats.Numeral(frame.index[best]), worst=formats.Numeral(frame.index[worst]))


def best_and_worst(frame: pd.DataFrame) -> str:
    """Return the quarters with the highest and lowest pace, as from `Series.quarters`."""
    if frame.empty:
        return no_estimate()
    best, worst = int(frame["median"].argmax()), int(frame["median"].argmin())
    return _("{best} was the fastest quarter, {worst} the slowest.").format(
        best=quarter(frame, best), worst=quarter(frame, worst)
    )


def weeks_known(frame: pd.DataFrame) -> str:
    """Return how many weeks have a notice of their own, as from `Series.coverage`."""
    if frame.empty:
        return no_estimate()
    counts = frame["kind"].value_counts()
    return _(
        "Of {all} weeks {n} have a notice of their own, {month} a monthly one only; {none} rest on "
        "longer totals alone."
    ).format(
        all=formats.number(len(frame)),
        n=formats.number(int(counts.get("week", 0))),
        month=formats.number(int(counts.get("month", 0))),
        none=formats.number(int(counts.get("none", 0))),
    )
