"""The pace of clearance: by week, through the year, between years, by quarter."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection

from demine_analysis.wording import formats
from demine_analysis.wording.language import marked, translate

from . import marks, theme
from .bands import band, by_scope, cap, whiskers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WEEKS = 53
#: Characters of a day on one line of an axis.
_NAME = 10
#: How far above the band the axis goes; a misprint would otherwise flatten everything else.
_HEADROOM = 1.05
#: How each kind of coverage is drawn: colour, hatch, and words. Most knowledge first.
_COVERAGE = {
    "week": (theme.BLUE, "", marked("weekly notice")),
    "month": (theme.TEAL, "//", marked("monthly notice")),
    "none": (theme.GRID, "", marked("longer totals alone")),
}


def weekly_rate(
    frame: pd.DataFrame,
    *,
    rolling: pd.DataFrame | None = None,
    published: pd.DataFrame | None = None,
    unit: str = "ha",
    ax: Axes | None = None,
) -> Axes:
    """Draw units a day by week with the band, the rolling mean, and published weeks as points.

    Parameters
    ----------
    frame : DataFrame
        Interval frame by week, in units a day.
    rolling : DataFrame, optional
        Interval frame of the rolling mean; its median is drawn.
    published : DataFrame, optional
        As from `published.daily_rate`.
    unit : str
        Unit counted, for the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    band(ax, frame, label=translate("by week, with bands"), linewidth=0.9)
    if rolling is not None:
        label = translate("rolling mean")
        style = (0, (3, 0.8))
        # A gap of the page's colour keeps the line apart from the weeks that it runs over.
        ax.plot(rolling.index, rolling["median"], color=theme.PAGE, lw=4.2)
        ax.plot(rolling.index, rolling["median"], color=theme.RED, ls=style, lw=2.2, label=label)
    if published is not None:
        by_scope(ax, published, size=3.0)
        cap(ax, published, limit=_HEADROOM * float(frame["upper_95"].max()))
    daily = translate("{unit} a day").format(unit=translate(unit))
    marks.mark(ax, frame.index, frame["median"], marks.estimates(frame, daily, marks.week))
    if published is not None:
        words = marks.printed(published, daily, marks.week)
        marks.mark(ax, published.index, published["value"], words)
    theme.dates(ax)
    return _finish(ax, daily)


def change_dates(
    frame: pd.DataFrame, *, rate: pd.DataFrame, unit: str = "ha", ax: Axes | None = None
) -> Axes:
    """Draw when the pace changed: the rolling mean, and the 80% interval of each date.

    Parameters
    ----------
    frame : DataFrame
        As from `rates.rate_changes`.
    rate : DataFrame
        Interval frame of the rolling mean, in units a day.
    unit : str
        Unit counted, for the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    band(ax, rate, label=translate("rolling mean, with bands"))
    label = translate("date of a change")
    top = float(rate["upper_95"].max())
    for place, (day, row) in enumerate(zip(frame.index, frame.to_dict("records"), strict=True)):
        ax.axvspan(row["lower_80"], row["upper_80"], color=theme.ORANGE, alpha=0.25, lw=0)
        ax.axvline(day, color=theme.ORANGE, linestyle="--", label="" if place else label)
        # Labels of changes close in time stand on two heights.
        height = top * (1.04 if place % 2 else 1.14)
        step = formats.step_of(row["ratio_lower_80"], row["ratio_upper_80"])
        words = f"×{formats.number(row['ratio'], step=step)}"
        ax.annotate(words, (day, height), (4, 0), textcoords="offset points", va="center")
    daily = translate("{unit} a day").format(unit=translate(unit))
    told = marks.estimates(rate, daily, marks.week, what=translate("rolling mean"))
    marks.mark(ax, rate.index, rate["median"], told)
    theme.dates(ax)
    ax.set_ylim(0, top * 1.22)
    return _finish(ax, daily)


def season(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the yearly season: the pace of each week of the year against the year's mean.

    Parameters
    ----------
    frame : DataFrame
        Index: week of the year, 1 to 53; the columns of an interval frame, as factors (1 is the
        mean pace of the year).
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    ax.axhline(1, color=theme.MUTED, linewidth=1, linestyle=":")
    band(ax, frame, label=translate("pace of a week, with bands"))
    words = marks.estimates(frame, "×", _week_of_year, what=translate("pace over the year's mean"))
    marks.mark(ax, frame.index, frame["median"], words)
    _week_ticks(ax)
    return _finish(ax, translate("times the year's mean"))


def years_compared(frame: pd.DataFrame, *, unit: str = "ha", ax: Axes | None = None) -> Axes:
    """Draw the last year of a weekly interval frame against the earlier years, week by week."""
    ax = theme.axes(ax)
    weeks = pd.DatetimeIndex(frame.index).isocalendar()
    last = int(weeks["year"].max())
    for place, year in enumerate(sorted(set(weeks["year"]) - {last})):
        part = frame[(weeks["year"] == year).to_numpy()]
        at = pd.DatetimeIndex(part.index).isocalendar()["week"].to_numpy(dtype=float)
        # The first colour is the last year's.
        ax.plot(at, part["median"], label=str(year), **theme.curve(place + 1))
    part = frame[(weeks["year"] == last).to_numpy()]
    at = pd.DatetimeIndex(part.index).isocalendar()["week"].to_numpy(dtype=float)
    ax.fill_between(at, part["lower_80"], part["upper_80"], color=theme.BLUE, alpha=0.25, lw=0)
    label = translate("{year}, with 80% band").format(year=last)
    look = "o" if len(part) == 1 else "-"  # the first week of a year has no line
    ax.plot(at, part["median"], look, color=theme.BLUE, linewidth=2.6, label=label)
    daily = translate("{unit} a day").format(unit=translate(unit))
    words = marks.estimates(frame, daily, marks.week, what=translate("rolling mean"))
    marks.mark(ax, weeks["week"].to_numpy(dtype=float), frame["median"], words)
    _week_ticks(ax)
    return _finish(ax, daily, columns=4)


def quarters(frame: pd.DataFrame, *, unit: str = "ha", ax: Axes | None = None) -> Axes:
    """Draw an interval frame by quarter, the best and the worst quarter in colours of their own."""
    ax = theme.axes(ax)
    at = np.arange(len(frame), dtype=float)
    best, worst = int(frame["median"].argmax()), int(frame["median"].argmin())
    others = [n for n in range(len(frame)) if n not in {best, worst}]
    for places, colour, marker, label in (
        (others, theme.BLUE, "o", translate("quarter")),
        ([best], theme.TEAL, "^", translate("best quarter")),
        ([worst], theme.ORANGE, "v", translate("worst quarter")),
    ):
        whiskers(ax, at[places], frame.iloc[places], label=label, colour=colour, marker=marker)
    marks.mark(ax, at, frame["median"], marks.estimates(frame, translate(unit), formats.quarter))
    names = [formats.quarter(day) for day in pd.DatetimeIndex(frame.index)]
    step = -(-len(names) // 8)
    ax.set_xticks(at[::step], names[::step])
    return _finish(ax, unit, columns=3)


def vintages(frame: pd.DataFrame, *, unit: str = "ha", ax: Axes | None = None) -> Axes:
    """Draw an interval frame by the day on which it was estimated."""
    ax = theme.axes(ax)
    at = np.arange(len(frame), dtype=float)
    whiskers(ax, at, frame, label=translate("reconciled"))
    marks.mark(ax, at, frame["median"], marks.estimates(frame, translate(unit), formats.date))
    days = pd.DatetimeIndex(frame.index)
    ax.set_xticks(at, [textwrap.fill(formats.date(each), _NAME) for each in days])
    ax.set_xlim(-0.5, len(frame) - 0.5)
    return _finish(ax, unit, columns=1)


def coverage(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw which weeks have a notice of their own and which rest on inference.

    Parameters
    ----------
    frame : DataFrame
        Index `period_start` (Mondays); `kind`: ``week``, ``month`` or ``none``.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    weeks = pd.DatetimeIndex(frame.index).isocalendar()
    years = sorted(set(weeks["year"]))
    for kind, (colour, hatch, label) in _COVERAGE.items():
        part = weeks[(frame["kind"] == kind).to_numpy()]
        rows = np.array([years.index(year) for year in part["year"]])
        corner = np.column_stack([part["week"] - 0.45, rows - 0.35])
        # One collection is drawn many times faster than a bar for each week.
        boxes = PolyCollection(
            list(corner[:, np.newaxis] + [(0, 0), (0.9, 0), (0.9, 0.7), (0, 0.7)]),
            facecolor=colour,
            hatch=hatch,
            edgecolor=theme.PAGE,
            linewidth=0,
            label=translate(label),
        )
        ax.add_collection(boxes)
    rows = weeks["year"].map(years.index).to_numpy(dtype=float)
    known = [translate(_COVERAGE[str(kind)][2]) for kind in frame["kind"]]
    words = [marks.Reading(marks.week(day), translate("known from"), each)
             for day, each in zip(pd.DatetimeIndex(frame.index), known, strict=True)]  # fmt: skip
    marks.mark(ax, weeks["week"].to_numpy(dtype=float), rows, words, along="both")
    ax.set_yticks(range(len(years)), [str(year) for year in years])
    ax.set_ylim(len(years) - 0.35, -0.65)
    ax.grid(visible=False)
    _week_ticks(ax)
    theme.legend(ax, columns=3)
    return ax


def _week_of_year(week: int) -> str:
    return translate("week {n}").format(n=week)


def _week_ticks(ax: Axes) -> None:
    ax.set_xlim(0, _WEEKS + 1)
    ax.set_xticks([1, 13, 26, 39, 52])
    ax.set_xlabel(translate("week of the year"))


def _finish(ax: Axes, unit: str, *, columns: int = 2) -> Axes:
    ax.set_ylim(bottom=0)
    ax.set_ylabel(translate(unit))
    theme.whole_numbers(ax)
    theme.legend(ax, columns=columns)
    return ax
