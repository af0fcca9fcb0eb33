"""The pace of clearance: rolling rate, changes of pace, season, years and quarters compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from demine_analysis.arguments import instance
from demine_analysis.errors import ParameterError, ReconcileError
from demine_analysis.model import Floats
from demine_analysis.model.mixture import burst_spread
from demine_analysis.reconciliation.intervals import interval_frame, quantiles
from demine_analysis.reconciliation.result import Reconciliation

_WEEK = 7
_DAY = pd.Timedelta(days=1)
_WEEKS_A_YEAR = 53

_SHORTEST_PACE = 13
"""Weeks that a pace lasts at least: shorter spells are the work of weeks and weather."""
_PENALTY = 3.0
"""What a change of pace must explain, in variances of a week's effect times log weeks."""
_CHANGE_DRAWS = 200
_SAME_CHANGE = 8
"""Weeks within which changes found in different draws are one change."""
_LIKELY = 0.5
"""Share of draws in which a change is found from which it is reported."""


def clearance_rate(r: Reconciliation, window: str = "4W") -> pd.DataFrame:
    """Return the work a day, as a rolling mean, with its uncertainty.

    Parameters
    ----------
    r : Reconciliation
        As `reconcile` returns it.
    window : str
        Length of the rolling mean in whole weeks: "1W" for none, "4W", "13W", or "28D".

    Returns
    -------
    DataFrame
        Index `period_start`, the Monday of the window's last week; median and intervals, ha (or
        items) a day. The first windows that are not complete are left out.

    Raises
    ------
    ParameterError
        If the window is not whole weeks, or longer than the series.

    Examples
    --------
    >>> import demine_analysis as da
    >>> rate = clearance_rate(da.reconcile(da.load_statements("azerbaijan")), window="13W")
    >>> bool(100 < rate["median"].iloc[-1] < 300)
    True
    """
    r = instance(r, Reconciliation, "r", "reconcile")
    weeks = _window(window, len(r.weeks))
    total = r.running_draws()[1:]
    total[weeks:] -= total[:-weeks].copy()
    return interval_frame(total[weeks - 1 :] / (weeks * _WEEK), r.weeks[weeks - 1 :])


def _window(window: str, available: int) -> int:
    try:
        length = pd.Timedelta(window)
    except ValueError as error:
        raise ParameterError(_bad_window(window, available)) from error
    weeks, rest = divmod(length, pd.Timedelta(weeks=1))
    if rest or not 1 <= weeks <= available:
        raise ParameterError(_bad_window(window, available))
    return int(weeks)


def _bad_window(window: str, available: int) -> str:
    return (
        f"window must be 1 to {available} whole weeks, such as '4W' or '13W' "
        f"({available} weeks are reconciled), got {window!r}"
    )


def rate_changes(r: Reconciliation) -> pd.DataFrame:
    """Return when the pace changed for good, with the uncertainty of the date.

    Parameters
    ----------
    r : Reconciliation
        As `reconcile` returns it.

    Returns
    -------
    DataFrame
        One row a change, index `period_start`, the Monday of the first week at the new pace
        (median over draws); `lower_80`, `upper_80` (dates), `probability` (share of draws that
        have the change), `ratio`, `ratio_lower_80`, `ratio_upper_80` (new pace over old).

    Notes
    -----
    Each draw of the series, its season taken out, is cut into spells of steady pace by exact
    optimal segmentation (PELT with squared errors of the logs: `ruptures`, Truong et al. 2020,
    Signal Processing 167), a spell lasting a quarter at least. Draws disagree where the figures
    leave the course open, which is what the interval of the date shows. Changes present in fewer
    than half of the draws are not reported. The ratio compares all weeks from a change to the next
    one reported with all weeks back to the one before: what changed for good, not a burst.
    """
    steady = _without_season(r, _CHANGE_DRAWS)
    cuts = _segmentations(steady, burst_spread(r.scales.week))
    changes: list[dict[int, int]] = []
    while True:
        found = _commonest(cuts, len(steady))
        if len(found) < _LIKELY * len(cuts):
            break
        changes.append(found)
        cuts = [
            [cut for cut in own if draw not in found or cut != found[draw]]
            for draw, own in enumerate(cuts)
        ]
    changes.sort(key=_middle)
    rows = [_described(place, changes, steady, r.weeks) for place in range(len(changes))]
    columns = [
        "period_start", "lower_80", "upper_80", "probability",
        "ratio", "ratio_lower_80", "ratio_upper_80",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).set_index("period_start").sort_index()


def _middle(found: dict[int, int]) -> int:
    """Return the week of a change: the median over the draws that have it."""
    return int(np.quantile(list(found.values()), 0.5, method="nearest"))


def _without_season(r: Reconciliation, draws: int) -> Floats:
    """Return the log of the weekly work without the season in the first draws, (weeks, draws)."""
    grid = r.fitted.design.grid
    season = grid.harmonics() @ r.draws[grid.season_slice()]
    return np.asarray(np.log(r.weekly_draws()[:, :draws]) - season[:, :draws])


def _segmentations(steady: Floats, spread: float) -> list[list[int]]:
    """Return the weeks at which each draw's pace changes."""
    if len(steady) < 2 * _SHORTEST_PACE:
        return [[] for _ in steady.T]
    from ruptures import KernelCPD  # noqa: PLC0415 - 0.3 s, which only this needs

    penalty = _PENALTY * spread**2 * np.log(len(steady))
    return [
        KernelCPD(kernel="linear", min_size=_SHORTEST_PACE)
        .fit(draw[:, np.newaxis])
        .predict(pen=penalty)[:-1]
        for draw in steady.T
    ]


def _commonest(cuts: list[list[int]], weeks: int) -> dict[int, int]:
    """Return the change that most draws have: draw -> week."""
    count = np.zeros((weeks, len(cuts)), dtype=bool)
    for draw, own in enumerate(cuts):
        for cut in own:
            count[max(cut - _SAME_CHANGE, 0) : cut + _SAME_CHANGE + 1, draw] = True
    middle = int(count.sum(axis=1).argmax())
    near = {
        draw: min(own, key=lambda cut: abs(cut - middle)) for draw, own in enumerate(cuts) if own
    }
    return {draw: cut for draw, cut in near.items() if abs(cut - middle) <= _SAME_CHANGE}


def _described(
    place: int, changes: list[dict[int, int]], steady: Floats, weeks: pd.DatetimeIndex
) -> dict[str, object]:
    found = changes[place]
    low, high = np.quantile(list(found.values()), [0.1, 0.9], method="nearest")
    # A draw without the neighbouring change counts to where the others have it.
    start = changes[place - 1] if place else {}
    end = changes[place + 1] if place + 1 < len(changes) else {}
    first = _middle(start) if start else 0
    last = _middle(end) if end else len(steady)
    ratios = [
        steady[cut : end.get(draw, last), draw].mean()
        - steady[start.get(draw, first) : cut, draw].mean()
        for draw, cut in found.items()
    ]
    below, ratio, above = np.exp(np.quantile(ratios, [0.1, 0.5, 0.9]))
    return {
        "period_start": weeks[_middle(found)],
        "lower_80": weeks[int(low)],
        "upper_80": weeks[int(high)],
        "probability": len(found) / steady.shape[1],
        "ratio": ratio,
        "ratio_lower_80": below,
        "ratio_upper_80": above,
    }


def season(r: Reconciliation) -> pd.DataFrame:
    """Return the yearly season: each week's pace against the year's mean.

    Returns
    -------
    DataFrame
        Index `week`, 1 to 53; median and intervals, as factors (1 is the year's mean pace).

    Notes
    -----
    The season of the model, the same in every year; what single years did beside it is in their
    level and week effects.
    """
    grid = r.fitted.design.grid
    waves = replace(grid, phase=0.0).harmonics(_WEEKS_A_YEAR)
    factor = np.exp(waves @ r.draws[grid.season_slice()])
    index = pd.RangeIndex(1, _WEEKS_A_YEAR + 1, name="week")
    return interval_frame(factor / factor[: _WEEKS_A_YEAR - 1].mean(axis=0), index)


def year_comparison(r: Reconciliation) -> pd.DataFrame:
    """Return this year's pace beside that of the same days of earlier years.

    Returns
    -------
    DataFrame
        Index `period_start`, one row a year that is reconciled from its first day on; median and
        intervals, ha (or items) a day from 1 January to the day of the year on which the data
        end; `change`, `change_lower_80`, `change_upper_80` (the last year over this one, less 1)
        and `probability_faster` (that the last year is faster).

    Raises
    ------
    ReconcileError
        If no year is reconciled from its first day on.
    """
    starts = pd.date_range(r.start, r.end, freq="YS")
    if not len(starts):
        raise ReconcileError(
            f"no year begins between {r.start:%Y-%m-%d} and {r.end:%Y-%m-%d}; nothing to compare"
        )
    length = r.end - starts[-1]
    ends = starts + length
    days = (length + _DAY).days
    rate = r.total_draws(starts, ends) / days
    change = rate[-1] / rate - 1
    low, middle, high = quantiles(change, [0.1, 0.5, 0.9]).T
    return interval_frame(rate, starts.rename("period_start")).assign(
        change=middle,
        change_lower_80=low,
        change_upper_80=high,
        probability_faster=(change > 0).mean(axis=1),
    )


def quarters(r: Reconciliation) -> pd.DataFrame:
    """Return the pace of each whole quarter, and how sure its rank is.

    Returns
    -------
    DataFrame
        Index `period_start`; median and intervals, ha (or items) a day; `rank` (1 is the fastest,
        by medians), `probability_best`, `probability_worst`.

    Raises
    ------
    ReconcileError
        If no whole quarter is reconciled.
    """
    starts = pd.date_range(r.start, r.end, freq="QS")
    ends = starts + pd.offsets.QuarterEnd(0)
    starts, ends = starts[ends <= r.end], ends[ends <= r.end]
    if not len(starts):
        raise ReconcileError(
            f"no whole quarter lies between {r.start:%Y-%m-%d} and {r.end:%Y-%m-%d}"
        )
    days = ((ends - starts).days + 1).to_numpy(dtype=float)
    rate = r.total_draws(starts, ends) / days[:, np.newaxis]
    frame = interval_frame(rate, starts.rename("period_start"))
    places = np.arange(len(starts))[:, np.newaxis]
    return frame.assign(
        rank=frame["median"].rank(ascending=False, method="first").astype(int),
        probability_best=(rate.argmax(axis=0) == places).mean(axis=1),
        probability_worst=(rate.argmin(axis=0) == places).mean(axis=1),
    )
