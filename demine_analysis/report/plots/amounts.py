"""Totals over time: running, by month, by year, and mine victims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import marked, translate

from . import marks, theme
from .bands import band, by_scope, published_points, whiskers, year_ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes


def cumulative(
    frame: pd.DataFrame,
    *,
    published: pd.DataFrame | None = None,
    unit: str = "ha",
    ax: Axes | None = None,
) -> Axes:
    """Draw a running total with its band, and the published running totals as points.

    Parameters
    ----------
    frame : DataFrame
        An interval frame, or the frame of `published.cumulative` to draw its points alone.
    published : DataFrame, optional
        As from `published.cumulative`, beside an interval frame.
    unit : str
        Unit on the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    if "median" in frame:
        band(ax, frame, label=translate("reconciled, with bands"))
    else:
        published = frame
    if published is not None and len(published):
        published_points(ax, published, label=translate("published running total"))
    if "median" in frame:
        marks.mark(ax, frame.index, frame["median"], marks.running(frame, translate(unit)))
    if published is not None:
        words = marks.printed(published, translate(unit), marks.up_to)
        marks.mark(ax, published.index, published["value"], words)
    theme.dates(ax)
    return _finish(ax, unit)


def monthly(
    frame: pd.DataFrame,
    *,
    published: pd.DataFrame | None = None,
    unit: str = "ha",
    ax: Axes | None = None,
) -> Axes:
    """Draw totals by month: an interval frame with its band, published months as points."""
    ax = theme.axes(ax)
    if "median" in frame:
        band(ax, frame, label=translate("reconciled, with bands"))
    else:
        published = frame
    if published is not None:
        by_scope(ax, published)
    _mark(ax, frame, published, unit, of=formats.month)
    theme.dates(ax)
    return _finish(ax, unit)


def annual(
    frame: pd.DataFrame,
    *,
    published: pd.DataFrame | None = None,
    unit: str = "ha",
    ax: Axes | None = None,
) -> Axes:
    """Draw totals by year: published ones as bars, reconciled ones with intervals beside them."""
    ax = theme.axes(ax)
    reconciled = frame if "median" in frame else None
    published = frame if reconciled is None else published
    years = pd.DatetimeIndex(frame.index)
    if published is not None:
        years = years.union(pd.DatetimeIndex(published.index))
    at = pd.Series(year_ticks(ax, years), index=years)
    beside = reconciled is not None and published is not None and len(published) > 0
    shift = 0.2 if beside else 0.0
    if published is not None:
        _bars(ax, at[published.index] + shift, published, width=0.35 if shift else 0.6)
    if reconciled is not None:
        label = translate("reconciled")
        whiskers(ax, (at[reconciled.index] - shift).to_numpy(), reconciled, label=label)
        words = marks.estimates(reconciled, translate(unit), marks.year)
        marks.mark(ax, at[reconciled.index] - shift, reconciled["median"], words)
    if published is not None:
        words = marks.printed(published, translate(unit), marks.year)
        marks.mark(ax, at[published.index] + shift, published["value"], words)
    return _finish(ax, unit)


def victims(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the stated number of mine victims since November 2020, and of those killed."""
    ax = theme.axes(ax)
    used = frame[~frame["set_aside"]]
    killed = used["killed"].dropna()
    ax.step(
        used.index,
        used["total"],
        where="post",
        color=theme.BLUE,
        label=translate("killed and injured"),
    )
    ax.step(
        killed.index,
        killed,
        where="post",
        color=theme.RED,
        linestyle="--",
        label=translate("killed"),
    )
    crossed = frame[frame["set_aside"]]
    label = translate("stated, set aside")
    ax.plot(crossed.index, crossed["total"], "x", color=theme.GREY, markersize=5, label=label)
    people = translate("people")
    for part, name in ((used["total"], "killed and injured"), (killed, "killed"),
                       (crossed["total"], "stated, set aside")):  # fmt: skip
        words = marks.values(part, people, formats.date, what=translate(name))
        marks.mark(ax, part.index, part, words)
    theme.dates(ax)
    return _finish(ax, translate("people"))


def victims_by_quarter(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the people killed and injured in each quarter, as from `casualties.victims`."""
    ax = theme.axes(ax)
    quarters = pd.DatetimeIndex(frame.index.unique())
    at = pd.Series(np.arange(len(quarters), dtype=float), index=quarters)
    kinds = {marked("injured"): (theme.BLUE, "o", -0.18), "killed": (theme.RED, "s", 0.18)}
    for kind, (colour, marker, shift) in kinds.items():
        part = frame[frame["kind"] == kind]
        place = (at[part.index] + shift).to_numpy()
        whiskers(ax, place, part, label=translate(kind), colour=colour, marker=marker)
        words = marks.estimates(part, translate("people"), formats.quarter, what=translate(kind))
        marks.mark(ax, place, part["median"], words)
    step = -(-len(quarters) // 7)
    names = [formats.quarter(day) for day in quarters]
    ax.set_xticks(at.to_numpy()[::step], names[::step])
    return _finish(ax, translate("people"))


def _bars(ax: Axes, at: pd.Series, frame: pd.DataFrame, *, width: float) -> None:
    """Draw published totals as bars; those of one operator only are hatched."""
    whole = frame["operator"].isin(["all", "unstated"]).to_numpy()
    if whole.any():
        ax.bar(
            at[whole],
            frame["value"][whole],
            color=theme.ORANGE,
            edgecolor=theme.ORANGE,
            label=translate("published"),
            width=width,
        )
    if not whole.all():
        label = translate("one operator only")
        ax.bar(
            at[~whole],
            frame["value"][~whole],
            color="none",
            edgecolor=theme.ORANGE,
            hatch="//",
            label=label,
            width=width,
        )


def _mark(
    ax: Axes,
    frame: pd.DataFrame,
    published: pd.DataFrame | None,
    unit: str,
    *,
    of: Callable[[pd.Timestamp], str],
) -> None:
    """Put words to an interval frame, if it is one, and to published figures."""
    if "median" in frame:
        words = marks.estimates(frame, translate(unit), of)
        marks.mark(ax, frame.index, frame["median"], words)
    if published is not None:
        words = marks.printed(published, translate(unit), of)
        marks.mark(ax, published.index, published["value"], words)


def _finish(ax: Axes, unit: str) -> Axes:
    ax.set_ylim(bottom=0)
    ax.set_ylabel(translate(unit))
    theme.whole_numbers(ax)
    theme.legend(ax)
    return ax
