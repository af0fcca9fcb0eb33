"""Place figures on the weekly grid, as the numbers that the model takes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis import model

KINDS = ("week", "month", "total")
"""Kinds of notice; where the scope is unstated, each counts its own share of the whole.

A day's notices count the week's share.
"""

_DAY = 1 / 7
_REST = 1.0
"""Spread of the log of what is done on a day of rest: it differs from one to the next."""

_ZERO = 0.25
"""A printed zero stands for a quarter of its unit, give or take: the model works with logs."""


def positions(
    starts: pd.Series | pd.DatetimeIndex, ends: pd.Series | pd.DatetimeIndex, origin: pd.Timestamp
) -> tuple[model.Floats, model.Floats]:
    """Return the weeks since the origin at which inclusive days begin and are over."""
    begin = (pd.DatetimeIndex(starts) - origin).days.to_numpy(dtype=float) / 7
    over = ((pd.DatetimeIndex(ends) - origin).days.to_numpy(dtype=float) + 1) / 7
    return begin, over


def whole_weeks(start: np.ndarray, end: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Return which figures are a week's notice and stand for the whole ISO week.

    Parameters
    ----------
    start, end : (m,) float arrays
        Weeks since a Monday at which the figure's days begin and are over.
    kind : (m,) array
        `day`, `week`, `month` or `total`.

    Notes
    -----
    Notices that print Monday to Saturday, or both Mondays, tell of the working week: the next
    one starts on the next Monday, and no notice covers the Sundays. A notice counts as the
    week's if it begins within a day of Monday and is over between Friday evening and the end of
    the next Monday.
    """
    first = np.round(start)
    near_start = np.abs(start - first) <= _DAY + 1e-9
    over = end - first
    near_end = (over >= 5 * _DAY - 1e-9) & (over <= 8 * _DAY + 1e-9)
    return np.asarray((kind == "week") & near_start & near_end)


def figures_on_grid(table: pd.DataFrame, origin: pd.Timestamp) -> model.Figures:
    """Return the numbers of a table of figures, as `Evidence` has them.

    Notes
    -----
    A day's notice that touches two dates counts 24 hours, and ends when the running totals of its
    page do: with its last date. What a day's work is beside its week's mean the grid does not tell:
    that is in its error, as the spread of one of seven days about their mean.
    """
    begin, over = positions(table["start"], table["end"], origin)
    whole = whole_weeks(begin, over, table["kind"].to_numpy())
    begin, over = (
        np.where(whole, np.round(begin), begin),
        np.where(whole, np.round(begin) + 1, over),
    )
    daily = (table["kind"] == "day").to_numpy()
    begin = np.where(daily, over - _DAY, begin)
    lower, upper = table["lower"].to_numpy(float), table["upper"].to_numpy(float)
    share = table["day_share"].to_numpy(float)
    rest = np.where(share < 0, _REST, 0.0)
    days = table["days_unsure"].to_numpy(float) * _DAY / (over - begin)
    middle = np.maximum((lower + upper) / 2, _ZERO * np.maximum(upper, 1e-6))
    notice = [
        KINDS.index("week" if kind == "day" else kind) if operator == "unstated" else -1
        for operator, kind in zip(table["operator"], table["kind"], strict=True)
    ]
    return model.Figures(
        start=begin,
        end=over,
        parts=np.array(table["parts"].tolist(), dtype=bool),
        log_value=np.log(middle),
        rounding=np.hypot(np.hypot((upper - lower) / 2 / np.sqrt(3) / middle, rest), days),
        log_share=share,
        within_week=np.where(daily, np.sqrt(1 - _DAY), 0.0),
        notice=np.array(notice, dtype=np.int64),
    )
