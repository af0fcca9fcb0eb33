"""Scores of forecasts given as draws: weighted interval score, its parts, coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scoringrules import interval_score, quantile_score

from demine_analysis.model import Floats

ALPHA = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
"""One minus the coverage of the eleven central intervals, as epidemic forecasts are scored."""

COVERED = {"covered_50": 0.5, "covered_80": 0.2, "covered_95": 0.05}


def scores(draws: Floats, printed: Floats) -> pd.DataFrame:
    """Return how forecasts did.

    Parameters
    ----------
    draws : (targets, draws) array
        What each target was expected to print.
    printed : (targets,) array
        What it printed.

    Returns
    -------
    DataFrame
        One row a target, in its unit: `median`, `wis`, and its parts `dispersion`,
        `underprediction`, `overprediction`, which add up to it; `covered_50`, `covered_80`,
        `covered_95` (bool); `pit`, the share of draws below the printed value.

    Notes
    -----
    Weighted interval score of Bracher et al. (2021, PLOS Computational Biology 17) with weight
    alpha/2 an interval and 1/2 for the median. It is put together here from `scoringrules`'
    interval and quantile scores: release 0.10's own sum adds the median itself where the error of
    the median belongs.
    """
    low = np.quantile(draws, ALPHA / 2, axis=1).T
    high = np.quantile(draws, 1 - ALPHA / 2, axis=1).T
    median = np.median(draws, axis=1)
    weight = ALPHA / 2
    count = len(ALPHA) + 0.5
    intervals = np.asarray(interval_score(printed, low, high, ALPHA)).reshape(low.shape)
    centre = np.asarray(quantile_score(printed, median, 0.5)).reshape(median.shape)
    below = np.maximum(printed[:, np.newaxis] - high, 0).sum(axis=1)
    above = np.maximum(low - printed[:, np.newaxis], 0).sum(axis=1)
    inside = (low <= printed[:, np.newaxis]) & (printed[:, np.newaxis] <= high)
    table = {
        "median": median,
        "wis": (intervals @ weight + centre) / count,
        "dispersion": (high - low) @ weight / count,
        "underprediction": (below + np.where(printed > median, centre, 0)) / count,
        "overprediction": (above + np.where(printed < median, centre, 0)) / count,
    }
    places = {name: int(np.flatnonzero(alpha == ALPHA)[0]) for name, alpha in COVERED.items()}
    return pd.DataFrame(
        table
        | {name: inside[:, place] for name, place in places.items()}
        | {"pit": (draws < printed[:, np.newaxis]).mean(axis=1)}
    )
