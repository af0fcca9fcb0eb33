"""Drawing parts that several figures share: bands, lines, points, bars with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from demine_analysis.wording.language import marked, translate

from . import theme

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def band(
    ax: Axes, frame: pd.DataFrame, *, label: str, colour: str = theme.BLUE, **line: Any
) -> None:
    """Draw the median of an interval frame as a line with its 50, 80 and 95% bands.

    A frame of one row, as the first week of a year is, has no line: it is a point with whiskers.
    """
    if len(frame) == 1:
        whiskers(ax, frame.index.to_numpy(), frame, label=label, colour=colour)
        return
    for lower, upper, strength in theme.BANDS:
        ax.fill_between(
            frame.index, frame[lower], frame[upper], color=colour, alpha=strength, linewidth=0
        )
    ax.plot(frame.index, frame["median"], color=colour, label=label, **line)


def whiskers(
    ax: Axes,
    at: np.ndarray,
    frame: pd.DataFrame,
    *,
    label: str,
    colour: str = theme.BLUE,
    marker: str = "o",
) -> None:
    """Draw the medians of an interval frame as points, their 80% intervals thick, 95% thin."""
    ax.vlines(at, frame["lower_95"], frame["upper_95"], color=colour, linewidth=1)
    ax.vlines(at, frame["lower_80"], frame["upper_80"], color=colour, linewidth=3.5)
    ax.plot(
        at,
        frame["median"],
        marker,
        color=colour,
        markersize=6 if marker == "o" else 8,
        markeredgecolor=theme.PAGE,
        label=label,
    )


def published_points(
    ax: Axes, frame: pd.DataFrame, *, label: str, colour: str = theme.ORANGE
) -> None:
    """Draw published figures as points; those with `set_aside` as crosses."""
    used = _without_crossed(ax, frame, label=translate("published, set aside"))
    ax.plot(used.index, used["value"], "D", color=colour, markersize=4, label=label)


def _without_crossed(ax: Axes, frame: pd.DataFrame, *, label: str = "") -> pd.DataFrame:
    """Draw figures with `set_aside` as crosses, and return the others."""
    if "set_aside" not in frame or not frame["set_aside"].any():
        return frame
    crossed = frame[frame["set_aside"]]
    ax.plot(crossed.index, crossed["value"], "x", color=theme.GREY, markersize=5, label=label)
    return frame[~frame["set_aside"]]


def by_scope(ax: Axes, frame: pd.DataFrame, *, size: float = 4.5) -> None:
    """Draw published figures as points whose shape says whose work they count."""
    shapes = {"all": ("D", theme.ORANGE, marked("published, all operators")),
              "unstated": ("s", theme.TEAL, marked("published, not said whose"))}  # fmt: skip
    frame = _without_crossed(ax, frame)  # the words below the figure say what crosses are
    for scope, (marker, colour, label) in shapes.items():
        part = frame[frame["operator"] == scope]
        if len(part):
            ax.plot(
                part.index, part["value"], marker, color=colour, label=translate(label), ms=size
            )
    part = frame[~frame["operator"].isin(list(shapes))]
    if len(part):
        label = translate("published, one operator")
        ax.plot(part.index, part["value"], "^", color=theme.GREY, label=label, ms=size)


def cap(ax: Axes, frame: pd.DataFrame, limit: float) -> None:
    """End the axis at a limit, and mark the values beyond it with arrows at the edge."""
    beyond = frame[frame["value"] > limit]
    ax.set_ylim(0, limit)
    if len(beyond):
        edge = np.full(len(beyond), limit * 0.985)
        label = translate("beyond the axis")
        ax.plot(beyond.index, edge, "^", color=theme.GREY, mfc="none", ms=7, label=label)


def year_ticks(ax: Axes, years: pd.DatetimeIndex) -> np.ndarray:
    """Label a categorical axis with years and return the positions of their bars."""
    at = np.arange(len(years), dtype=float)
    ax.set_xticks(at, [str(year.year) for year in years])
    ax.set_xlim(-0.6, max(len(years) - 0.4, 0.6))
    return at
