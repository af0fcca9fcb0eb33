"""Parts of a whole: kinds of ordnance, land use, districts, operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis import formats
from demine_analysis.language import translate
from demine_analysis.vocabulary import LAND_USES, METRICS, OPERATORS, label

from . import theme
from .series import year_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from demine_analysis.vocabulary import Code


def ordnance(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the items found each year by kind, as from `published.ordnance`."""
    return _grouped(frame, translate("items"), ax)


def items_per_hectare(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the items found a hectare by year and kind, as from `published.items_per_hectare`."""
    return _grouped(frame, translate("items a hectare"), ax)


def land_use(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the latest year's area by land use, as from `published.land_use_totals`."""
    return shares(frame, "land_use", names=LAND_USES, ax=ax)


def district_bars(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the latest year's area by district, as from `published.district_totals`."""
    return shares(frame, "district", names={}, ax=ax)


def operators(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the latest year's area by operator, as from `published.operator_totals`."""
    return shares(frame, "operator", names=OPERATORS, ax=ax)


def shares(
    frame: pd.DataFrame, column: str, *, names: Mapping[str, Code], ax: Axes | None = None
) -> Axes:
    """Draw the parts of the latest year as bars with their numbers, the largest on top."""
    ax = theme.axes(ax)
    year = frame[frame.index == frame.index.max()].sort_values("value")
    at = np.arange(len(year))
    ax.barh(at, year["value"], color=theme.BLUE, height=0.65)
    ax.set_yticks(at, [translate(label(name, names)) for name in year[column]])
    for position, value in zip(at, year["value"], strict=True):
        ax.annotate(
            formats.number(value),
            (value, position),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    ax.margins(x=0.16)
    ax.set_xlim(left=0)
    ax.set_xlabel(f"{translate('ha')}, {year.index[0].year}")
    ax.grid(visible=False)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    return ax


def _grouped(frame: pd.DataFrame, unit: str, ax: Axes | None) -> Axes:
    ax = theme.axes(ax)
    years = pd.DatetimeIndex(frame.index.unique())
    at = pd.Series(year_ticks(ax, years), index=years)
    kinds = list(dict.fromkeys(frame["kind"]))
    width = 0.8 / len(kinds)
    for place, kind in enumerate(kinds):
        part = frame[frame["kind"] == kind]
        ax.bar(
            at[part.index] + (place - (len(kinds) - 1) / 2) * width,
            part["value"],
            width=width * 0.92,
            color=theme.SERIES[place],
            hatch=theme.HATCHES[place],
            edgecolor=theme.PAGE,
            linewidth=0,
            label=translate(METRICS[kind].label),
        )
    ax.set_ylabel(unit)
    theme.whole_numbers(ax)
    theme.legend(ax, columns=3)
    return ax
