"""Districts as a grid of tiles, each about where the district lies; no boundary file is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate

from . import marks, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_SIDE = 0.94
_DARKEST = 0.45
"""Opacity of the largest value's tile; its text has to stay legible."""
#: Size of a district's name in points, and the part of its tile that a longer one may take.
_NAME_SIZE = 7.2
_NAME_SHARE = 0.88
_POINTS = 72
_CENTRED: dict[str, Any] = {"ha": "center", "va": "center"}


def on_map(frame: pd.DataFrame, tiles: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    """Return the rows of `published.district_totals` whose district has a tile."""
    return frame[frame["district"].isin(list(tiles))]


def district_tiles(
    frame: pd.DataFrame, *, tiles: Mapping[str, tuple[int, int]], ax: Axes | None = None
) -> Axes:
    """Draw the latest year's area by district on a grid of tiles.

    Parameters
    ----------
    frame : DataFrame
        As from `published.district_totals`; districts without a tile are left out.
    tiles : mapping
        Column (west to east) and row (north to south) of each district.
    ax : Axes, optional
        Where to draw; new Axes by default.

    Notes
    -----
    A tile is the darker, the larger its value is; the number stands in it, so that nobody needs
    good colour vision.
    """
    ax = theme.axes(ax)
    year = on_map(frame[frame.index == frame.index.max()], tiles)
    values = dict(zip(year["district"], year["value"], strict=True))
    largest = max(values.values(), default=1.0)
    columns, rows = zip(*tiles.values(), strict=True)
    ax.set_xlim(-0.1, max(columns) + 1.05)
    ax.set_ylim(-max(rows) - 0.1, 1.05)
    ax.set_axis_off()
    room = theme.SIZE[0] * _POINTS / (max(columns) + 1.15) * _SIDE * _NAME_SHARE
    for name, (column, row) in tiles.items():
        value = values.get(name)
        _tile(ax, column, -row, value, (value or 0.0) / largest)
        size = _fitting(translate(name), room)
        ax.text(column + _SIDE / 2, 0.62 - row, translate(name), fontsize=size, **_CENTRED)
    unit = translate("ha")
    known = [
        marks.Reading(translate(name), "", translate("nothing published") if name not in values
                      else f"{formats.number(values[name])} {unit}")
        for name in tiles
    ]  # fmt: skip
    middle = np.array([(column, -row) for column, row in tiles.values()]) + _SIDE / 2
    marks.mark(ax, middle[:, 0], middle[:, 1], known, along="both")
    return ax


def _tile(ax: Axes, column: int, row: int, value: float | None, share: float) -> None:
    """Draw a tile with its number, the darker the larger its share of the largest is."""
    if value is not None:
        shade = _DARKEST * share
        ax.add_patch(
            Rectangle((column, row), _SIDE, _SIDE, facecolor=theme.BLUE, alpha=shade, linewidth=0)
        )
    outline = theme.GREY if value is None else theme.BLUE
    ax.add_patch(
        Rectangle((column, row), _SIDE, _SIDE, facecolor="none", edgecolor=outline, linewidth=0.9)
    )
    number = "–" if value is None else formats.number(value, step=1)
    ax.text(column + _SIDE / 2, row + 0.3, number, fontsize=8.6, **_CENTRED)


def _fitting(name: str, room: float) -> float:
    """Return the size at which a name is no wider than some points; no font of a page is wider."""
    font = FontProperties(family=theme.RC["font.family"], size=_NAME_SIZE)
    width, _, _ = text_to_path.get_text_width_height_descent(name, font, ismath=False)
    return float(_NAME_SIZE * min(1.0, room / max(width, 1.0)))
