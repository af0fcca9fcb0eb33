"""The mode for given scales: damped Gauss-Newton on sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demine_analysis.model.design import Design, Misfit
from demine_analysis.model.grid import TYPICAL, Floats, Scales
from demine_analysis.model.linear import Linear, Linearisation, linearisation
from demine_analysis.model.mixture import (
    Readings,
    base_variance,
    burst_log_density,
    burst_precision,
    odds,
    readings,
)
from demine_analysis.model.threads import single_threaded

_SECOND_LOOKS = 8
_SET_ASIDE = 0.5
_HOPELESS = 15.0
_NEWTON_STEPS = 30
_CONVERGED = 1e-4
# A climb ends with a step that gains no more of the log density, which one figure more or less
# changes by some units. A place to go on from need not be found as closely as the mode.
_FLAT = 1e-4
FLAT_ENOUGH = 1e-2
_HALVINGS = 12

# The fit starts with every figure vague and sharpens: a misprint never gets to pull alone.
_SHARPENING = (1.0, 0.5, 0.25, 0.1, 0.05)


@dataclass(frozen=True)
class Fit:
    """The mode, the linear model there, and the precision each figure was given.

    Parameters
    ----------
    design : what was fitted.
    scales : with which scales.
    x : (size,) the mode.
    prior_weight : (prior rows,) one over the standard deviation that each prior row has there.
    weight : (m,) precision of each figure's log.
    linear : the model linearised at the mode.
    """

    design: Design
    scales: Scales
    x: Floats
    prior_weight: Floats
    weight: Floats
    linear: Linear

    @cached_property
    def misfit(self) -> Misfit:
        """Return how far priors and figures are from the mode."""
        return Misfit(self.design, self.x)

    def deviation(self) -> Floats:
        """Return log printed less log expected for each figure, (m,)."""
        return self.misfit.deviation.copy()


@single_threaded
def fit(design: Design, scales: Scales = TYPICAL) -> Fit:
    """Return the mode for given scales.

    Notes
    -----
    The mode is one of several: a true figure that contradicts its neighbours may have been set
    aside before they could move. Each figure in doubt is therefore believed once, and where
    that makes the whole more likely it stays.
    """
    current = first_mode(design, scales)
    variance = base_variance(design.figures, scales)
    reading = readings(current.deviation(), variance, odds(design.figures, scales))
    doubt = reading[:, 2:].sum(axis=1)
    suspects = np.argsort(-doubt, kind="stable")[:_SECOND_LOOKS]
    best = evidence(current)
    for suspect in suspects[doubt[suspects] > _SET_ASIDE]:
        believed = newton(current, scales, limit=8, believed=int(suspect))
        if evidence(believed) < best - _HOPELESS:
            continue
        retried = newton(believed, scales)
        if (gained := evidence(retried)) > best:
            current, best = retried, gained
    return current


def first_mode(design: Design, scales: Scales) -> Fit:
    """Return the mode reached by sharpening all figures together."""
    pattern = linearisation(design)
    here = Misfit(design, design.start())
    for vagueness in _SHARPENING:
        target = _Target(design, scales, vagueness)
        here = _climb(target, pattern, here, limit=6, flat=FLAT_ENOUGH).misfit
    return _climb(_Target(design, scales), pattern, here, limit=_NEWTON_STEPS, flat=_FLAT)


def newton(
    current: Fit,
    scales: Scales,
    *,
    limit: int = _NEWTON_STEPS,
    flat: float = _FLAT,
    believed: int | None = None,
) -> Fit:
    """Return the mode nearest to a fit's for other scales, or with one figure believed.

    Parameters
    ----------
    current, scales : where to start from, and the scales to find the mode for.
    limit : steps at most.
    flat : the gain in log density below which a step is the last.
    believed : a figure whose error is of the usual size for certain.
    """
    target = _Target(current.design, scales, believed=believed)
    pattern = linearisation(current.design)
    return _climb(target, pattern, current.misfit, limit=limit, flat=flat)


def evidence(fitted: Fit) -> float:
    """Return the log of the Laplace-approximated evidence, up to a constant of the design."""
    target = _Target(fitted.design, fitted.scales)
    spread = np.log(target.usual_weight).sum() - 0.5 * fitted.linear.log_determinant()
    return float(target.log_density(fitted.misfit) + spread)


@dataclass(frozen=True)
class _Target:
    """What a mode is a mode of: the log density of unknowns and figures, and its weights.

    Parameters
    ----------
    design, scales : as of the fit.
    vagueness : added to every figure's error while the fit sharpens.
    believed : a figure whose error is of the usual size for certain.
    """

    design: Design
    scales: Scales
    vagueness: float = 0
    believed: int | None = None

    @cached_property
    def usual_weight(self) -> Floats:
        """Return the weights of prior rows whose weeks are usual ones."""
        return self.design.prior_weight(self.scales)

    @cached_property
    def weeks(self) -> NDArray[np.bool_]:
        """Return which prior rows are effects of weeks."""
        return self.design.bursting

    @cached_property
    def week_scales(self) -> Floats:
        """Return the standard deviation of each effect of a week that is a usual one."""
        return 1 / self.usual_weight[self.weeks]

    @cached_property
    def variance(self) -> Floats:
        """Return the variance of each figure's usual error."""
        return base_variance(self.design.figures, self.scales) + self.vagueness**2

    @cached_property
    def readings(self) -> Readings:
        """Return what the errors of figures may be."""
        return Readings(self.variance, odds(self.design.figures, self.scales))

    def log_density(self, here: Misfit) -> float:
        """Return the log density of unknowns and figures there, up to a constant."""
        prior = here.prior * self.usual_weight
        of_figures = self.readings.log_density(here.deviation)
        if self.believed is not None:
            error = here.deviation[self.believed] ** 2 / self.variance[self.believed]
            of_figures[self.believed] = -0.5 * error
        figures = of_figures.sum()
        weeks = burst_log_density(prior[self.weeks], self.week_scales).sum()
        return float(figures + weeks - 0.5 * (prior[~self.weeks] ** 2).sum())

    def weights(self, here: Misfit) -> tuple[Floats, Floats]:
        """Return the weights of prior rows and the precisions of figures that hold there."""
        prior_weight = self.usual_weight.copy()
        effects = here.prior[self.weeks] / self.week_scales
        prior_weight[self.weeks] *= np.sqrt(burst_precision(effects, self.week_scales))
        weight = self.readings.precision(here.deviation)
        if self.believed is not None:
            weight[self.believed] = 1 / self.variance[self.believed]
        return prior_weight, weight


def _climb(
    target: _Target, pattern: Linearisation, here: Misfit, *, limit: int, flat: float
) -> Fit:
    height = target.log_density(here)
    for _ in range(limit):
        prior_weight, weight = target.weights(here)
        linear = pattern.at(here, prior_weight, weight)
        step = linear.solve(here.weighted(prior_weight, weight))
        here, gain = _uphill(target, linear, here, step, height)
        height += gain
        if np.abs(step).max() < _CONVERGED or gain < flat:
            break
    return Fit(target.design, target.scales, here.x, prior_weight, weight, linear)


def _uphill(
    target: _Target, linear: Linear, here: Misfit, step: Floats, height: float
) -> tuple[Misfit, float]:
    """Return where a step leads, shortened until it leads up, and by how much that is higher.

    Whole steps can swing for ever between two places on both sides of a peak: the readings of
    figures that one of them suggests lead to the other.
    """
    for shorter in range(_HALVINGS):
        there = Misfit(target.design, linear.advanced(here.x, step / 2**shorter))
        gain = target.log_density(there) - height
        if gain >= 0:
            return there, gain
    return here, 0.0
