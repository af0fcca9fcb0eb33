"""Countries side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from demine_analysis.vocabulary import METRICS
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from . import theme

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MOST_LINES = 6
"""Countries that have lines of their own; more could not be told apart."""
_WAYS = ("area_cleared", "area_reduced", "area_cancelled")


def released(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the land released by year, those countries of which most years are printed.

    Parameters
    ----------
    frame : DataFrame
        As from `published.country_years`.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    known = frame["released"][frame["released"] > 0].dropna()
    counts = known.groupby("country").size().sort_values(ascending=False, kind="stable")
    for place, country in enumerate(counts.index[:_MOST_LINES]):
        line = known.xs(country, level="country")
        look = {**theme.curve(place), "markevery": 1}
        ax.plot(line.index, line.to_numpy(), label=translate(str(country)), **look)
    ax.set_yscale("log")
    ticks = [10**power for power in range(1, 6)]
    low, high = ax.get_ylim()
    inside = [each for each in ticks if low <= each <= high]
    ax.set_yticks(inside, [formats.number(each) for each in inside])
    ax.minorticks_off()
    years = np.unique(known.index.get_level_values("year"))
    shown = years[:: -(-len(years) // 8)]
    ax.set_xticks(shown, [formats.year(int(year)) for year in shown])
    ax.set_ylabel(translate("ha, each step ten times as much"))
    theme.legend(ax, columns=3)
    return ax


def years_left(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the years left at today's pace, as from `published.years_left`, soonest on top."""
    ax = theme.axes(ax)
    known = frame[frame["median"].notna()].iloc[::-1]
    at = np.arange(len(known), dtype=float)
    ax.hlines(at, known["lower_80"], known["upper_80"], color=theme.BLUE, linewidth=3.5)
    ax.plot(known["median"], at, "o", color=theme.BLUE, markeredgecolor=theme.PAGE)
    ax.set_yticks(at, [translate(name) for name in known.index])
    ax.set_ylim(-0.7, len(known) - 0.3)
    ax.set_xlim(left=0)
    ax.set_xlabel(translate("years left from the latest figures on"))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    return ax


def mines_per_km2(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw mines found a km² cleared, as from `published.mines_per_km2`, most on top."""
    ax = theme.axes(ax)
    shown = frame.iloc[::-1]
    at = np.arange(len(shown))
    ax.barh(at, shown["value"].to_numpy(), height=0.65, color=theme.BLUE, linewidth=0)
    ax.set_yticks(at, [translate(name) for name in shown.index])
    for position, value in zip(at, shown["value"], strict=True):
        ax.annotate(
            formats.number(value),
            (value, position),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    ax.margins(x=0.16)
    ax.set_xlim(left=0)
    ax.set_xticks([])
    ax.grid(visible=False)
    ax.set_xlabel(translate("anti-personnel mines a km² cleared"))
    return ax


def ways(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how land was released, as from `published.shares`, the most cleared on top."""
    ax = theme.axes(ax)
    shown = frame.iloc[::-1]
    at = np.arange(len(shown))
    left = np.zeros(len(shown))
    for place, way in enumerate(_WAYS):
        width = 100 * shown[way].to_numpy()
        ax.barh(
            at,
            width,
            left=left,
            height=0.65,
            color=theme.SERIES[place],
            hatch=theme.HATCHES[place],
            edgecolor=theme.PAGE,
            linewidth=0,
            label=translate(METRICS[way].label),
        )
        left += width
    ax.set_yticks(at, [translate(name) for name in shown.index])
    ax.set_xlim(0, 100)
    ax.set_xlabel(translate("% of the land released"))
    ax.grid(visible=False)
    theme.legend(ax, columns=3)
    return ax
