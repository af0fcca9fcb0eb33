"""What lies ahead: fan chart, plans, completion, required pace, and how forecasts did."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from . import marks, theme
from .bands import band, whiskers

if TYPE_CHECKING:
    from matplotlib.axes import Axes


#: Characters of a plan's name that stand on one line.
_NAME = 17


def fan(
    frame: pd.DataFrame,
    *,
    history: pd.DataFrame | None = None,
    line: pd.DataFrame | None = None,
    unit: str = "ha",
    ax: Axes | None = None,
) -> Axes:
    """Draw a projected running total as a fan that continues the history.

    Parameters
    ----------
    frame : DataFrame
        Interval frame of the projection.
    history : DataFrame, optional
        Interval frame of the reconciled past.
    line : DataFrame, optional
        Index dates, `value`: the straight-line baseline.
    unit : str
        Unit counted, for the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    if history is not None:
        band(ax, history, label=translate("reconciled"), colour=theme.TEAL)
    band(ax, frame, label=translate("projected, with bands"), linestyle="--")
    if line is not None:
        label = translate("straight line")
        ax.plot(line.index, line["value"], ":", color=theme.ORANGE, label=label)
    for part, what in ((history, translate("reconciled")), (frame, translate("projected"))):
        if part is not None:
            words = marks.running(part, translate(unit), what=what)
            marks.mark(ax, part.index, part["median"], words)
    theme.dates(ax)
    return _finish(ax, unit)


def straight_line(
    frame: pd.DataFrame, *, history: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw when one steady pace would reach each estimate of the contaminated area.

    Parameters
    ----------
    frame : DataFrame
        As from `published.straight_line`.
    history : DataFrame, optional
        Interval frame of the reconciled running total.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    if history is not None and len(history):
        band(ax, history, label=translate("reconciled"), colour=theme.TEAL)
    start, last = frame.iloc[0], frame.iloc[int(frame["contaminated_area"].argmax())]
    ax.plot(
        [start["from_date"], last["completion"]],
        [start["cleared"], last["contaminated_area"]],
        ":",
        color=theme.ORANGE,
        label=translate("at the recent pace"),
    )
    label = translate("an estimate cleared")
    ax.plot(frame["completion"], frame["contaminated_area"], "D", color=theme.ORANGE, label=label)
    points = zip(frame["completion"], frame["contaminated_area"], strict=True)
    for place, (day, area) in enumerate(points):
        text = f"{formats.number(area)} · {day.year}"
        # Neighbours lie close together; every other label stands on the right.
        shift, side = ((8, -3), "left") if place % 2 else ((-8, 3), "right")
        ax.annotate(text, (day, area), shift, textcoords="offset points", ha=side, va="center")
    unit = translate("ha")
    words = [
        marks.Reading(formats.month(day), translate("cleared"), f"{formats.number(area)} {unit}")
        for day, area in zip(frame["completion"], frame["contaminated_area"], strict=True)
    ]  # fmt: skip
    marks.mark(ax, frame["completion"], frame["contaminated_area"], words)
    theme.dates(ax)
    ax.margins(x=0.2, y=0.1)
    return _finish(ax, translate("ha"))


def plan_outcomes(frame: pd.DataFrame, *, unit: str = "ha", ax: Axes | None = None) -> Axes:
    """Draw planned totals beside what became of them, one row a plan.

    Parameters
    ----------
    frame : DataFrame
        Index: the name of each plan; `planned` and the columns of an interval frame.
    unit : str
        Unit counted, for the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    at = np.arange(len(frame), dtype=float)
    # Hollow and in front: a plan that was met exactly still shows around its outcome.
    ax.plot(
        frame["planned"],
        at,
        "D",
        color=theme.ORANGE,
        markerfacecolor="none",
        markeredgewidth=1.8,
        markersize=9,
        zorder=3,
        label=translate("planned"),
    )
    ax.hlines(at, frame["lower_95"], frame["upper_95"], color=theme.BLUE, linewidth=1)
    ax.hlines(at, frame["lower_80"], frame["upper_80"], color=theme.BLUE, linewidth=3.5)
    label = translate("outcome or projection")
    ax.plot(frame["median"], at, "o", color=theme.BLUE, markeredgecolor=theme.PAGE, label=label)
    come = translate("outcome or projection")
    words = marks.estimates(frame, translate(unit), str, what=come)
    marks.mark(ax, frame["median"], at, words, along="y")
    planned = marks.values(frame["planned"], translate(unit), str, what=translate("planned"))
    marks.mark(ax, frame["planned"], at, planned, along="y")
    ax.set_yticks(at, [textwrap.fill(str(name), _NAME) for name in frame.index])
    ax.set_ylim(len(frame) - 0.5, -0.5)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    ax.set_xlim(left=0)
    ax.set_xlabel(translate(unit))
    theme.whole_numbers(ax, axis="x")
    theme.legend(ax)
    return ax


def completion(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how likely clearance is to be complete by each date, a curve an estimate.

    Parameters
    ----------
    frame : DataFrame
        Index dates; one column for each estimate of the contaminated area (its ha, or the name
        of a mixture), with the share of draws that are done, 0 to 1.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    for place, name in enumerate(frame.columns):
        style: dict[str, Any] = {"color": theme.TEXT, "linewidth": 3}
        label = translate(str(name))
        if isinstance(name, float | int):
            unit = translate("ha")
            style, label = theme.curve(place), f"{formats.number(name)} {unit}"
        ax.plot(frame.index, frame[name], label=label, **style)
        words = [
            marks.Reading(formats.month(day), label, formats.probability(share))
            for day, share in zip(pd.DatetimeIndex(frame.index), frame[name], strict=True)
        ]
        marks.mark(ax, frame.index, frame[name], words)
    theme.dates(ax)
    ax.set_ylim(0, 1)
    ax.set_ylabel(translate("probability of being complete"))
    ax.yaxis.set_major_formatter(lambda value, _: formats.percent(value))
    theme.legend(ax, columns=3)
    return ax


def required_rate(
    frame: pd.DataFrame, *, today: pd.DataFrame, unit: str = "ha", ax: Axes | None = None
) -> Axes:
    """Draw the pace that each target year would need against today's.

    Parameters
    ----------
    frame : DataFrame
        Index: target year; the columns of an interval frame, in units a day.
    today : DataFrame
        Interval frame whose last row is the present pace.
    unit : str
        Unit counted, for the axis.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    now = today.iloc[-1]
    ax.axhspan(now["lower_80"], now["upper_80"], color=theme.ORANGE, alpha=0.25, lw=0)
    label = translate("today's pace")
    ax.axhline(now["median"], color=theme.ORANGE, linestyle="--", label=label)
    at = np.arange(len(frame), dtype=float)
    whiskers(ax, at, frame, label=translate("pace needed"))
    daily = translate("{unit} a day").format(unit=translate(unit))
    words = marks.estimates(frame, daily, str, what=translate("pace needed"))
    marks.mark(ax, at, frame["median"], words)
    step = -(-len(frame) // 8)
    ax.set_xticks(at[::step], [str(year) for year in frame.index[::step]])
    ax.set_xlabel(translate("cleared by the end of"))
    return _finish(ax, daily)


def scoreboard(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the score of each model by horizon; lower is better.

    Parameters
    ----------
    frame : DataFrame
        Index: horizon group, for instance ``1-4 weeks``; one column a model, with its mean
        weighted interval score relative to the printed figure.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    at = np.arange(len(frame), dtype=float)
    width = 0.8 / len(frame.columns)
    for place, name in enumerate(frame.columns):
        across = at + (place - (len(frame.columns) - 1) / 2) * width
        ax.bar(
            across,
            frame[name],
            width=width * 0.92,
            color=theme.SERIES[place % len(theme.SERIES)],
            hatch=theme.HATCHES[place % len(theme.HATCHES)],
            edgecolor=theme.PAGE,
            linewidth=0,
            label=str(name),
        )
        words = [
            marks.Reading(str(group), str(name), formats.number(score, step=0.001))
            for group, score in frame[name].items()
        ]
        marks.mark(ax, across, frame[name], words)
    ax.set_xticks(at, [textwrap.fill(str(name), _NAME // 2) for name in frame.index])
    ax.set_ylabel(translate("score (lower is better)"))
    theme.whole_numbers(ax)
    theme.legend(ax, columns=3)
    return ax


def _finish(ax: Axes, unit: str) -> Axes:
    ax.set_ylim(bottom=0)
    ax.set_ylabel(translate(unit))
    theme.whole_numbers(ax)
    theme.legend(ax)
    return ax
