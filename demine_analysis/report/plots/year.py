"""The year so far, against the year before, its plan, and what was expected of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from . import marks, theme
from .bands import band

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WEEK = pd.Timedelta(days=6)
_END = 366
#: Where the year as a whole stands: beside its end, each apart from the other.
_PROJECTED, _PLANNED = 374, 388


def year_so_far(
    frame: pd.DataFrame,
    *,
    before: pd.DataFrame | None = None,
    projected: pd.DataFrame | None = None,
    plan: float = float("nan"),
    unit: str = "ha",
    ax: Axes | None = None,
) -> Axes:
    """Draw the running total of a year, with what it is held against at the year's end.

    Parameters
    ----------
    frame : DataFrame
        Interval frame by week: the running total of the year.
    before : DataFrame, optional
        The same of the year before.
    projected : DataFrame, optional
        Interval frame of one row: the whole year as it was projected when it began.
    plan : float
        Planned total of the year; NaN: none.
    unit : str
        Unit on the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    shown = translate(unit)
    if before is not None and len(before):
        year = formats.year(before.index[-1].year)
        ax.plot(_day(before), before["median"], color=theme.GREY, ls="--", label=str(year))
        words = marks.running(before, shown, what=str(year))
        marks.mark(ax, _day(before), before["median"], words)
    year = formats.year(frame.index[-1].year)
    band(ax, frame.set_axis(_day(frame)), label=str(year))
    words = marks.running(frame, shown, what=str(year))
    marks.mark(ax, _day(frame), frame["median"], words)
    if projected is not None and len(projected):
        row = projected.iloc[0]
        ax.vlines(_PROJECTED, row["lower_80"], row["upper_80"], color=theme.TEAL, linewidth=3.5)
        label = translate("projected on 1 January")
        ax.plot([_PROJECTED], [row["median"]], "s", color=theme.TEAL, label=label)
        told = marks.estimates(projected, shown, marks.year, what=label)
        marks.mark(ax, [_PROJECTED], [row["median"]], told)
    if pd.notna(plan):
        label = translate("planned")
        ax.plot([_PLANNED], [plan], "D", color=theme.ORANGE, mfc="none", mew=1.8, ms=9, label=label)
        planned = marks.Reading(str(year), label, f"{formats.printed(plan)} {shown}")
        marks.mark(ax, [_PLANNED], [plan], [planned])
    _months(ax)
    ax.set_ylim(bottom=0)
    ax.set_ylabel(shown)
    theme.whole_numbers(ax)
    theme.legend(ax)
    return ax


def _day(frame: pd.DataFrame) -> pd.Index:
    """Return the last day of each week as a day of its year; the last week ends with the year."""
    days = pd.DatetimeIndex(frame.index)
    ends = (days + _WEEK).day_of_year.to_numpy()
    return pd.Index(
        [end if end >= day else _END for day, end in zip(days.day_of_year, ends, strict=True)]
    )


def _months(ax: Axes) -> None:
    starts = pd.date_range("2024-01-01", periods=4, freq="QS")
    ax.set_xlim(0, _PLANNED + 16)
    ax.set_xticks(starts.day_of_year, [formats.short_month(day) for day in starts])
