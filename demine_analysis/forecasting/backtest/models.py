"""Forecasts to compare: each takes what was known and returns draws of the weeks to come."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel, ETSResults

from demine_analysis.forecasting import project
from demine_analysis.model import Floats
from demine_analysis.reconciliation.result import Reconciliation

Model = Callable[[Reconciliation, int, np.random.Generator], Floats]
"""(what was known, number of weeks, random numbers) -> (weeks, draws) of weekly work."""

YEAR = 52
_SEASON_NEEDS = 2 * YEAR
_ETS_STEPS = 300


def projected(r: Reconciliation, weeks: int, rng: np.random.Generator) -> Floats:
    """Return the project's own forecast."""
    until = r.weeks[-1] + pd.Timedelta(days=7 * weeks + 6)
    seed = int(rng.integers(2**31))
    return project(r, until, seed=seed).extended.weekly_draws()[len(r.weeks) :]


def mean_of_year(r: Reconciliation, weeks: int, rng: np.random.Generator) -> Floats:
    """Return weeks drawn with replacement from the last 52: their mean, and their spread."""
    known = r.weekly_draws()[-YEAR:]
    picked = rng.integers(len(known), size=(weeks, known.shape[1]))
    return np.take_along_axis(known, picked, axis=0)


def last_year(r: Reconciliation, weeks: int, _: np.random.Generator) -> Floats:
    """Return the same weeks of last year, as uncertain as they are reconciled."""
    known = r.weekly_draws()[-YEAR:]
    return known[np.arange(weeks) % len(known)]


def straight_line(r: Reconciliation, weeks: int, _: np.random.Generator) -> Floats:
    """Return the slope of a straight line through the cumulative total, of each draw."""
    total = np.cumsum(r.weekly_draws(), axis=0)
    time = np.arange(len(total)) - (len(total) - 1) / 2
    slope = time @ (total - total.mean(axis=0)) / max(float(time @ time), 1.0)
    return np.repeat(slope[np.newaxis], weeks, axis=0)


def ets(r: Reconciliation, weeks: int, rng: np.random.Generator) -> Floats:
    """Return exponential smoothing of the log of the reconciled weeks.

    Notes
    -----
    With and without a season of 52 weeks, with and without a damped trend; the one with the
    smallest corrected information criterion is simulated.
    """
    known = r.weekly_draws()
    middle = np.median(known, axis=1)
    # Before its first day an operator does nothing, of which there is no log.
    history = pd.Series(np.log(middle[middle > 0]))
    seasons = (False, True) if len(history) >= _SEASON_NEEDS else (False,)
    fits = [_smoothed(history, season, trend) for season in seasons for trend in (False, True)]
    best = min(fits, key=lambda fit: float(fit.aicc))
    paths = best.simulate(weeks, anchor="end", repetitions=known.shape[1], rng=rng)
    return np.asarray(np.exp(np.asarray(paths, dtype=float)))


def _smoothed(history: pd.Series, season: bool, trend: bool) -> ETSResults:
    model = ETSModel(
        history,
        trend="add" if trend else None,
        damped_trend=trend,
        seasonal="add" if season else None,
        seasonal_periods=YEAR if season else None,
        initialization_method="heuristic" if season else "estimated",
    )
    with warnings.catch_warnings():
        # A fit that stops early is judged by its criterion as the others are.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(disp=False, maxiter=_ETS_STEPS)


MODELS: dict[str, Model] = {
    "project": projected,
    "mean of 52 weeks": mean_of_year,
    "same weeks of last year": last_year,
    "straight line": straight_line,
    "ETS": ets,
}
"""The project's forecast, and the baselines that are always shown beside it."""
