"""Suspect figures, and agreement of publishers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from demine_analysis.vocabulary import METRICS
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from . import marks, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def suspects(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far suspect figures are from what the others say, by the day up to which they count.

    Parameters
    ----------
    frame : DataFrame
        `period_end`, `metric` and `factor` (printed over expected).
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    import seaborn as sns  # noqa: PLC0415 - 0.4 s, which only this needs

    ax = theme.axes(ax)
    ax.axhline(1, color=theme.MUTED, lw=1)
    kinds = frame["metric"].map(lambda metric: translate(METRICS[metric].label))
    names = list(dict.fromkeys(kinds[frame["metric"].sort_values(kind="stable").index]))
    sns.scatterplot(
        x=frame["period_end"],
        y=frame["factor"],
        hue=kinds,
        style=kinds,
        hue_order=names,
        style_order=names,
        palette=list(theme.SERIES[: len(names)]),
        markers=list(theme.MARKERS[: len(names)]),
        s=25,
        linewidth=0,
        ax=ax,
    )
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(LogLocator(numticks=7))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"× {formats.printed(value)}"))
    words = [
        marks.Reading(marks.up_to(day), kind, translate("{n} times what is expected").format(
            n=formats.printed(round(factor, 2))))
        for day, kind, factor in zip(frame["period_end"], kinds, frame["factor"], strict=True)
    ]  # fmt: skip
    marks.mark(ax, frame["period_end"], frame["factor"], words, along="both")
    ax.set(xlabel="", ylabel=translate("printed over expected"))
    theme.dates(ax)
    theme.legend(ax)
    return ax


def publishers(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many figures two publishers both print, and how many of them are the same.

    Parameters
    ----------
    frame : DataFrame
        As from `audit.agreement`; all its rows are drawn, the first on top.
    ax : Axes, optional
        Where to draw; new Axes by default.
    """
    ax = theme.axes(ax)
    places = np.arange(len(frame))[::-1]
    names = [f"{one} – {two}" for one, two in zip(frame["first"], frame["second"], strict=True)]
    same, different = frame["same"], frame["figures"] - frame["same"]
    ax.barh(places, same, color=theme.BLUE, label=translate("the same number"))
    label = translate("another number")
    ax.barh(
        places,
        different,
        left=same,
        color=theme.ORANGE,
        edgecolor=theme.PAGE,
        linewidth=0,
        hatch="//",
        label=label,
    )
    words = [
        marks.Reading(name, translate("the same number"),
                      translate("{n} of {all}").format(n=alike, all=figures))
        for name, alike, figures in zip(names, same, frame["figures"], strict=True)
    ]  # fmt: skip
    marks.mark(ax, frame["figures"], places, words, along="y")
    ax.set_xlim(0, 1.04 * float(frame["figures"].max()))
    ax.set_yticks(places, names)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set_xlabel(translate("figures that both print"))
    theme.whole_numbers(ax, axis="x")
    theme.legend(ax)
    return ax
