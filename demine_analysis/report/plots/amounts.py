"""Totals over time: running, by month, by year, and mine victims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import marked, translate

from . import theme
from .bands import band, published_points, whiskers, year_ticks

if TYPE_CHECKING:
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
        band(ax, frame, label=translate("reconciled, with 50, 80 and 95% bands"))
    else:
        published = frame
    if published is not None:
        published_points(ax, published, label=translate("published running total"))
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
        band(ax, frame, label=translate("reconciled, with 50, 80 and 95% bands"))
    else:
        published = frame
    if published is not None:
        _by_scope(ax, published)
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
    shift = 0.2 if reconciled is not None else 0.0
    if published is not None:
        _bars(ax, at[published.index] + shift, published, width=0.35 if shift else 0.6)
    if reconciled is not None:
        label = translate("reconciled, with 80% and 95% intervals")
        whiskers(ax, (at[reconciled.index] - shift).to_numpy(), reconciled, label=label)
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
    step = -(-len(quarters) // 7)
    names = [formats.quarter(day) for day in quarters]
    ax.set_xticks(at.to_numpy()[::step], names[::step])
    return _finish(ax, translate("people"))


def how_sure(frame: pd.DataFrame, *, unit: str = "ha", ax: Axes | None = None) -> Axes:
    """Draw what an interval means: the median and the three intervals of one total.

    Parameters
    ----------
    frame : DataFrame
        An interval frame; its first row is drawn.
    unit : str
        Unit on the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    row = frame.iloc[0]
    for place, share in enumerate((95, 80, 50)):
        lower, upper = row[f"lower_{share}"], row[f"upper_{share}"]
        ax.barh(place, upper - lower, left=lower, height=0.5, color=theme.BLUE, alpha=0.35)
        words = translate("{n} of 100 lie in here").format(n=share)
        ax.annotate(words, (row["median"], place + 0.38), ha="center", va="center")
    feet = [-0.25, 0.75, 1.75]
    tops = [0.25, 1.25, 2.25]
    ax.vlines([row["median"]] * 3, feet, tops, color=theme.BLUE, lw=2.5, label=translate("median"))
    ax.set_yticks([0, 1, 2], [formats.percent(share) for share in (0.95, 0.8, 0.5)])
    ax.set_ylim(-0.5, 2.75)
    margin = 0.04 * (row["upper_95"] - row["lower_95"])
    ax.set_xlim(row["lower_95"] - margin, row["upper_95"] + margin)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set_xlabel(translate(unit))
    theme.whole_numbers(ax, axis="x")
    theme.legend(ax)
    return ax


def _by_scope(ax: Axes, frame: pd.DataFrame) -> None:
    """Draw published figures as points whose shape says whose work they count."""
    shapes = {"all": ("D", theme.ORANGE, marked("published, all operators")),
              "unstated": ("s", theme.TEAL, marked("published, scope not stated"))}  # fmt: skip
    for scope, (marker, colour, label) in shapes.items():
        part = frame[frame["operator"] == scope]
        if len(part):
            ax.plot(part.index, part["value"], marker, color=colour, label=translate(label), ms=4.5)
    part = frame[~frame["operator"].isin(list(shapes))]
    if len(part):
        label = translate("published, one operator")
        ax.plot(part.index, part["value"], "^", color=theme.GREY, label=label, ms=4.5)


def _bars(ax: Axes, at: pd.Series, frame: pd.DataFrame, *, width: float) -> None:
    """Draw published totals as bars; those of one operator only are hatched."""
    whole = frame["operator"].isin(["all", "unstated"]).to_numpy()
    ax.bar(
        at[whole],
        frame["value"][whole],
        color=theme.ORANGE,
        edgecolor=theme.ORANGE,
        label=translate("published"),
        width=width,
    )
    if not whole.all():
        label = translate("published, one operator only")
        ax.bar(
            at[~whole],
            frame["value"][~whole],
            color="none",
            edgecolor=theme.ORANGE,
            hatch="//",
            label=label,
            width=width,
        )


def _finish(ax: Axes, unit: str) -> Axes:
    ax.set_ylim(bottom=0)
    ax.set_ylabel(translate(unit))
    theme.whole_numbers(ax)
    theme.legend(ax)
    return ax
