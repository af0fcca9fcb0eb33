"""How wrong a printed figure may be: a mixture, so that a misprint loses its pull by itself.

A figure's error is of the usual size (rounding and scale `error`, for notices of unstated scope
also `notice`), or loose, or doubtful (another day, another scope), or anything at all: a factor
of ten is 2.3 on the log scale.
"""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp

from demine_analysis.model.grid import Figures, Floats, Scales

LOOSE = 3.0
_DOUBTFUL = 0.2
_ANYTHING = 2.0


def base_variance(figures: Figures, scales: Scales) -> Floats:
    """Return the variance of each figure's log when nothing is wrong with it."""
    notice = np.where(figures.notice >= 0, scales.notice, 0.0)
    return np.asarray(figures.rounding**2 + scales.error**2 + notice**2)


def _spreads(variance: Floats) -> Floats:
    """Return the (m, readings) standard deviation of each reading of a figure's error."""
    readings_variance = [
        variance,
        LOOSE**2 * variance,
        variance + _DOUBTFUL**2,
        variance + _ANYTHING**2,
    ]
    return np.sqrt(np.stack(readings_variance, axis=-1))


def readings(deviation: Floats, variance: Floats, scales: Scales) -> Floats:
    """Return the (m, 4) probabilities: usual, loose, doubtful, anything.

    Parameters
    ----------
    deviation : (m,) log printed less log expected.
    variance : (m,) variance of the usual error, and of the expectation where that is unsure.
    scales : their `odds` are the probabilities before the deviation is seen.
    """
    log_terms = _log_terms(deviation, variance, scales)
    density = np.exp(log_terms - log_terms.max(axis=1, keepdims=True))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def log_density(deviation: Floats, variance: Floats, scales: Scales) -> Floats:
    """Return the log density of each deviation, up to the constant of the normal, (m,)."""
    return np.asarray(logsumexp(_log_terms(deviation, variance, scales), axis=1))


def _log_terms(deviation: Floats, variance: Floats, scales: Scales) -> Floats:
    spread = _spreads(variance)
    scaled = deviation[:, np.newaxis] / spread
    return np.asarray(np.log(np.array(scales.odds) / spread) - 0.5 * scaled**2)


def precision(probability: Floats, variance: Floats) -> Floats:
    """Return each figure's precision, averaged over the readings of its error."""
    return np.asarray((probability / _spreads(variance) ** 2).sum(axis=1))


def noise(variance: Floats, scales: Scales, rng: np.random.Generator, count: int) -> Floats:
    """Return (m, count) errors of figures that are still to be printed."""
    spread = _spreads(variance)
    odds = np.array(scales.odds) / sum(scales.odds)
    kind = rng.choice(len(odds), p=odds, size=(len(variance), count))
    return np.take_along_axis(spread, kind, axis=1) * rng.standard_normal((len(variance), count))
