"""The words for each value of a drawing, and where it stands, for readers who point at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from demine_analysis.wording import formats
from demine_analysis.wording.language import translate
from demine_analysis.wording.names import operator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WEEK = pd.Timedelta(days=6)


class Reading(NamedTuple):
    """A value in words.

    Parameters
    ----------
    of : str
        The period, or whatever the value is for.
    what : str
        What it is: reconciled, published, a kind of item.
    value : str
        With its unit.
    interval : str
        Its 80% interval; empty where it is printed.
    statement : str
        Identifier of the statement; empty where it is computed.
    """

    of: str
    what: str
    value: str
    interval: str = ""
    statement: str = ""


class Marks(Line2D):
    """An artist that draws nothing and has words for each of its points.

    Parameters
    ----------
    x, y : sequence
        Of each point, in the units of the axes.
    readings : sequence of Reading
        One for each point.
    along : str
        The axis along which a reader looks for a point: ``x``, ``y`` or ``both``.
    """

    def __init__(self, x: Any, y: Any, readings: Sequence[Reading], *, along: str) -> None:
        super().__init__(x, y, linestyle="", marker="")
        self.readings = readings
        self.along = along


class Placed(NamedTuple):
    """A reading and its place: percent of the drawing from the left and from the top."""

    reading: Reading
    x: float
    y: float
    along: str


def mark(ax: Axes, x: Any, y: Any, readings: Iterable[Reading], *, along: str = "x") -> None:
    """Put words to the points of a drawing, once they are drawn; as for `Marks`."""
    ax.add_line(Marks(x, y, list(readings), along=along))


def placed(drawing: Figure) -> list[Placed]:
    """Return the readings of a figure that has been drawn, each with its place."""
    return [
        Placed(reading, round(float(x), 1), round(float(y), 1), line.along)
        for ax in drawing.axes
        for line in ax.lines
        if isinstance(line, Marks)
        for reading, (x, y) in zip(line.readings, _percent(ax, line, drawing), strict=True)
        if np.isfinite(x) and np.isfinite(y)
    ]


def _percent(ax: Axes, line: Line2D, drawing: Figure) -> np.ndarray:
    data: np.ndarray = np.ma.filled(np.ma.asarray(line.get_xydata(), dtype=float), np.nan)
    pixels = ax.transData.transform(data)
    # What lies beyond an axis is drawn at its edge.
    box = ax.get_window_extent()
    inside = np.clip(pixels, (box.x0, box.y0), (box.x1, box.y1))
    share = drawing.transFigure.inverted().transform(inside)
    return np.asarray(np.column_stack([share[:, 0], 1 - share[:, 1]]) * 100)


def estimates(
    frame: pd.DataFrame, unit: str, of: Callable[[Any], str], *, what: str = ""
) -> list[Reading]:
    """Return the rows of an interval frame in words: the median and its 80% interval."""
    named = what or translate("reconciled")
    rows = zip(frame.index, frame["median"], frame["lower_80"], frame["upper_80"], strict=True)
    return [
        Reading(of(step), named, f"{_rounded(median, lower, upper)} {unit}",
                formats.interval(lower, upper))
        for step, median, lower, upper in rows
    ]  # fmt: skip


def _rounded(median: float, lower: float, upper: float) -> str:
    return formats.number(median, step=formats.step_of(lower, upper))


def printed(frame: pd.DataFrame, unit: str, of: Callable[[Any], str]) -> list[Reading]:
    """Return published figures in words: whose work they count, and the page."""
    what = translate("published")
    return [
        Reading(
            of(step),
            f"{what}: {operator(whose)}",
            f"{formats.number(value)} {unit}",
            statement=name,
        )
        for step, value, whose, name in zip(
            frame.index, frame["value"], frame["operator"], _statements(frame), strict=True
        )
    ]


def values(column: pd.Series, unit: str, of: Callable[[Any], str], *, what: str) -> list[Reading]:
    """Return numbers in words, without intervals."""
    return [
        Reading(of(step), what, f"{formats.number(value)} {unit}".strip())
        for step, value in column.items()
    ]


def _statements(frame: pd.DataFrame) -> Iterable[str]:
    if "statement_id" not in frame:
        return [""] * len(frame)
    return frame["statement_id"].fillna("").astype(str)


def week(day: pd.Timestamp) -> str:
    """Return the days of a week that starts on a day, in words."""
    return formats.days(day, day + _WEEK)


def running(frame: pd.DataFrame, unit: str, *, what: str = "") -> list[Reading]:
    """Return a running total by week in words, each with the last day that it counts."""
    days = pd.DatetimeIndex(frame["through"] if "through" in frame else frame.index + _WEEK)
    return estimates(frame.set_axis(days), unit, up_to, what=what)


def up_to(day: pd.Timestamp) -> str:
    """Return the last day of a running total, in words."""
    return translate("up to {day}").format(day=formats.date(day))


def year(day: pd.Timestamp) -> str:
    """Return the year of a day."""
    return formats.year(day.year)
