"""How sure an expectation is, by what notices of the same kind and scope around it show."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.statements import days_counted

_NEAREST = 8
"""Notices on which a usual spread rests; half as many are the fewest."""

_FAR = 6.0
"""Factor from what neighbours print at which a figure does not get to vouch for others."""

_FEWEST_TO_CALIBRATE = 20
"""Notices of a kind from which their distances tell whether spreads are too wide or too narrow."""

_NARROWEST, _WIDEST = 0.6, 1.5
"""Bounds of what distances may make of a spread: a few dozen tell it to about a fifth."""

_MAD_OF_NORMAL = 0.6745
"""Median absolute value of a standard normal."""


def far_from_neighbours(figures: pd.DataFrame) -> pd.Series:
    """Return which figures lie far from the median, a day, of notices like them around them.

    Parameters
    ----------
    figures : DataFrame
        With `kind`, `operator`, `start`, `end`, `log`, the log of the figure, and `day_share`,
        as `Evidence.figures` has it.

    Notes
    -----
    A series that holds a misprint bends towards it, and may then expect it. Neighbours do not.
    """
    far = pd.Series(data=False, index=figures.index)
    rate = figures["log"] - np.log(days_counted(figures))
    # What is done on a day of rest says nothing of another.
    judged = figures[(figures["kind"] != "total") & (figures["day_share"] >= 0)]
    for _, like in judged.groupby(["kind", "operator"]):
        first, last = like["start"].to_numpy(), like["end"].to_numpy()
        far.loc[like.index] = _far_off(rate[like.index].to_numpy(float), first, last)
    return far


def _far_off(rate: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    found = []
    for own, start, end in zip(rate, first, last, strict=True):
        apart = np.flatnonzero((last < start) | (first > end))
        near = apart[np.argsort(np.abs(last[apart] - end), kind="stable")[:_NEAREST]]
        enough = len(near) >= _NEAREST // 2
        found.append(enough and bool(abs(own - np.median(rate[near])) > np.log(_FAR)))
    return np.array(found, dtype=bool)


def as_sure_as_neighbours(figures: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """Return figures that are expected no less surely than notices like them around them are.

    Parameters
    ----------
    figures : DataFrame
        Figures apart from the series, with `kind`, `operator`, `end` and `spread`.
    kept : DataFrame
        Figures of the series, each with the spread of what all others say of it.

    Notes
    -----
    A figure that was left out has lost its own week's evidence about how uneven work is, and
    what the series says of a week without any notice is as wide as its widest reading. What it
    says of a neighbour without the neighbour's own figure is the same question, answered.
    """
    usual = [_usual_spread(kept, figure) for _, figure in figures.iterrows()]
    spread = np.minimum(figures["spread"].astype(float), np.array(usual, dtype=float))
    return figures.assign(spread=spread)


def _usual_spread(kept: pd.DataFrame, figure: pd.Series) -> float:
    like = kept[(kept["kind"] == figure["kind"]) & (kept["operator"] == figure["operator"])]
    distance = (like["end"] - figure["end"]).abs().sort_values(kind="stable")
    near = like.loc[distance.index[:_NEAREST], "spread"]
    return float(near.median()) if len(near) >= _NEAREST // 2 else np.inf


def calibrated(figures: pd.DataFrame, trusted: pd.Series) -> pd.DataFrame:
    """Return figures with spreads that fit how far trusted ones of their kind really lie off.

    Parameters
    ----------
    figures : DataFrame
        With `kind`, `spread`, and `z`, the log distance over the spread.
    trusted : Series of bool
        Which of them tell how far right figures lie off.
    """
    factors = {
        kind: float(np.clip(part.abs().median() / _MAD_OF_NORMAL, _NARROWEST, _WIDEST))
        for kind, part in figures.loc[trusted, "z"].groupby(figures.loc[trusted, "kind"])
        if len(part) >= _FEWEST_TO_CALIBRATE
    }
    factor = figures["kind"].map(factors).astype(float).fillna(1.0)
    return figures.assign(spread=figures["spread"] * factor)
