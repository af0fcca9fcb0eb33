"""How wrong a printed figure may be: a mixture, so that a misprint loses its pull by itself.

A figure's error is of the usual size (rounding and scale `error`, for notices of unstated scope
also `notice`, for those of a day also `day`), or loose, or doubtful (another day, another scope),
or anything at all: a factor of ten is 2.3 on the log scale.
"""

from __future__ import annotations

import numpy as np

from demine_analysis.model.grid import Figures, Floats, Scales

LOOSE = 3.0
_DOUBTFUL = 0.2
_ANYTHING = 2.0

# Some weeks are far from their neighbours: holidays, or a project handed over.
_BURST = 0.6
_BURST_ODDS = 0.2


def base_variance(figures: Figures, scales: Scales) -> Floats:
    """Return the variance of each figure's log when nothing is wrong with it."""
    notice = np.where(figures.notice >= 0, scales.notice, 0.0)
    day = scales.day * figures.within_week
    return np.asarray(figures.rounding**2 + scales.error**2 + notice**2 + day**2)


def odds(figures: Figures, scales: Scales) -> Floats:
    """Return the (m, 4) probabilities of each reading before a figure's deviation is seen."""
    stated, unstated = np.array(scales.odds), np.array(scales.notice_odds)
    return np.where((figures.notice >= 0)[:, np.newaxis], unstated, stated)


class Readings:
    """What the errors of figures may be, for many deviations of the same figures.

    Parameters
    ----------
    variance : (m,) variance of the usual error, and of the expectation where that is unsure.
    prior : (m, 4) probabilities before a deviation is seen, as `odds` returns them.
    """

    def __init__(self, variance: Floats, prior: Floats) -> None:
        self._spread = _spreads(variance)
        self._log_height = np.log(prior / self._spread)

    def probability(self, deviation: Floats) -> Floats:
        """Return the (m, 4) probabilities of each reading."""
        log_terms = self._log_terms(deviation)
        density = np.exp(log_terms - log_terms.max(axis=1, keepdims=True))
        return np.asarray(density / density.sum(axis=1, keepdims=True))

    def log_density(self, deviation: Floats) -> Floats:
        """Return the log density of each deviation, up to the constant of the normal, (m,)."""
        log_terms = self._log_terms(deviation)
        highest = log_terms.max(axis=1)
        below = np.exp(log_terms - highest[:, np.newaxis]).sum(axis=1)
        return np.asarray(highest + np.log(below))

    def precision(self, deviation: Floats) -> Floats:
        """Return each figure's precision, averaged over the readings of its error, (m,)."""
        return np.asarray((self.probability(deviation) / self._spread**2).sum(axis=1))

    def _log_terms(self, deviation: Floats) -> Floats:
        scaled = deviation[:, np.newaxis] / self._spread
        return np.asarray(self._log_height - 0.5 * scaled**2)


def readings(deviation: Floats, variance: Floats, prior: Floats) -> Floats:
    """Return the (m, 4) probabilities: usual, loose, doubtful, anything.

    Parameters
    ----------
    deviation : (m,) log printed less log expected.
    variance, prior : as for `Readings`.
    """
    return Readings(variance, prior).probability(deviation)


def _spreads(variance: Floats) -> Floats:
    """Return the (m, readings) standard deviation of each reading of a figure's error."""
    readings_variance = [
        variance,
        LOOSE**2 * variance,
        variance + _DOUBTFUL**2,
        variance + _ANYTHING**2,
    ]
    return np.sqrt(np.stack(readings_variance, axis=-1))


def noise(variance: Floats, prior: Floats, rng: np.random.Generator, count: int) -> Floats:
    """Return (m, count) errors of figures that are still to be printed."""
    spread = _spreads(variance)
    limits = np.cumsum(prior, axis=1) / prior.sum(axis=1, keepdims=True)
    chance = rng.random((len(variance), count))
    kind = (chance[:, :, np.newaxis] > limits[:, np.newaxis, :-1]).sum(axis=2)
    return np.take_along_axis(spread, kind, axis=1) * rng.standard_normal((len(variance), count))


def burst_noise(scale: Floats | float, rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Return errors of week effects, bursts among them, in units of their scale."""
    factor = np.where(rng.random(shape) < _BURST_ODDS, _burst_factor(scale), 1.0)
    return np.asarray(factor * rng.standard_normal(shape))


def burst_spread(scale: float) -> float:
    """Return the standard deviation of week effects, bursts included."""
    return float(np.sqrt(scale**2 + _BURST_ODDS * _BURST**2))


def burst_precision(effect: Floats, scale: Floats | float) -> Floats:
    """Return the mean of one over the squared factor, for week effects in units of their scale."""
    factor = _burst_factor(scale)
    wide = np.log(_BURST_ODDS / factor) - 0.5 * (effect / factor) ** 2
    burst = np.exp(wide - burst_log_density(effect, scale))
    return np.asarray(1 - burst + burst / factor**2)


def burst_log_density(effect: Floats, scale: Floats | float) -> Floats:
    """Return the log density of week effects in units of their scale, up to a constant."""
    factor = _burst_factor(scale)
    usual = np.log(1 - _BURST_ODDS) - 0.5 * effect**2
    wide = np.log(_BURST_ODDS / factor) - 0.5 * (effect / factor) ** 2
    return np.asarray(np.logaddexp(usual, wide))


def burst_missed(scale: Floats | float) -> Floats:
    """Return the log of the mass of week effects over what a normal at their peak has of it."""
    none = np.zeros_like(scale)
    height = burst_log_density(none, scale)
    return np.asarray(0.5 * np.log(burst_precision(none, scale)) - height)


def _burst_factor(scale: Floats | float) -> Floats:
    return np.asarray(np.hypot(1.0, _BURST / scale))
