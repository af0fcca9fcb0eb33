"""Parts of a whole: kinds of ordnance, land use, districts, operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.vocabulary import LAND_USES, METRICS, PLACES, label
from demine_analysis.wording import formats, names
from demine_analysis.wording.language import translate, translate_names

from . import marks, theme
from .bands import year_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from demine_analysis.vocabulary import Code

#: Width of a year's bars together, and the gap beside each as a part of its own width.
_GROUP = 0.8
_GAP = 0.08


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
    return shares(frame, "district", names=PLACES, ax=ax)


def operators(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the latest year's area by operator, as from `published.operator_totals`."""
    return shares(frame, "operator", names=names.operators(), ax=ax)


def shares(
    frame: pd.DataFrame, column: str, *, names: Mapping[str, Code], ax: Axes | None = None
) -> Axes:
    """Draw the parts of the latest year as bars with their numbers, the largest on top."""
    ax = theme.axes(ax)
    year = frame[frame.index == frame.index.max()].sort_values("value")
    at = np.arange(len(year))
    ax.barh(at, year["value"].to_numpy(), height=0.65, color=theme.BLUE, linewidth=0)
    ax.set_yticks(at, [translate_names(label(name, names)) for name in year[column]])
    for position, value in zip(at, year["value"], strict=True):
        ax.annotate(
            formats.number(value),
            (value, position),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    unit = translate("ha")
    words = [
        marks.Reading(translate_names(label(name, names)), str(day.year),
                      f"{formats.number(value)} {unit}", statement=str(statement or ""))
        for day, name, value, statement in zip(
            year.index, year[column], year["value"],
            year.get("statement_id", pd.Series("", index=year.index)), strict=True)
    ]  # fmt: skip
    marks.mark(ax, year["value"].to_numpy(), at, words, along="y")
    ax.margins(x=0.16)
    ax.set_xlim(left=0)
    ax.set_xlabel(f"{unit}, {year.index[0].year}")
    ax.grid(visible=False)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    return ax


def _grouped(frame: pd.DataFrame, unit: str, ax: Axes | None) -> Axes:
    ax = theme.axes(ax)
    kinds = list(dict.fromkeys(frame["kind"]))
    years = pd.DatetimeIndex(frame.index.unique())
    width = _GROUP / len(kinds)
    for place, kind in enumerate(kinds):
        part = frame[frame["kind"] == kind]
        at = years.get_indexer(pd.DatetimeIndex(part.index)) + (place + 0.5) * width - _GROUP / 2
        ax.bar(
            at,
            part["value"].to_numpy(),
            width=width * (1 - _GAP),
            color=theme.SERIES[place],
            hatch=theme.HATCHES[place],
            edgecolor=theme.PAGE,
            linewidth=0,
            label=translate(METRICS[kind].label),
        )
        words = marks.values(part["value"], unit, marks.year, what=translate(METRICS[kind].label))
        marks.mark(ax, at, part["value"].to_numpy(), words)
    year_ticks(ax, years)
    ax.set_ylabel(unit)
    theme.whole_numbers(ax)
    theme.legend(ax, columns=3)
    return ax
