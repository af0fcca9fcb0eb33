"""The mode for given scales: damped Gauss-Newton on sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demine_analysis.model.design import Design
from demine_analysis.model.grid import TYPICAL, Floats, Scales
from demine_analysis.model.linear import Linear, Linearisation, residual
from demine_analysis.model.mixture import (
    base_variance,
    burst_log_density,
    burst_precision,
    log_density,
    odds,
    precision,
    readings,
)

_SECOND_LOOKS = 12
_SET_ASIDE = 0.5
_LARGEST_STEP = 1.0
_NEWTON_STEPS = 30
_CONVERGED = 1e-4

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

    def deviation(self) -> Floats:
        """Return log printed less log expected for each figure, (m,)."""
        return self.design.figures.log_value - self.design.expected(self.x)


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
        believed = newton(current, scales, limit=6, believed=int(suspect))
        retried = newton(believed, scales)
        if (gained := evidence(retried)) > best:
            current, best = retried, gained
    return current


def first_mode(design: Design, scales: Scales) -> Fit:
    """Return the mode reached by sharpening all figures together."""
    pattern = Linearisation(design)
    x = design.start()
    for vagueness in _SHARPENING:
        x = _newton(pattern, x, scales, limit=6, vagueness=vagueness).x
    return _newton(pattern, x, scales, limit=_NEWTON_STEPS)


def newton(
    current: Fit, scales: Scales, *, limit: int = _NEWTON_STEPS, believed: int | None = None
) -> Fit:
    """Return the mode nearest to a fit's for other scales, or with one figure believed."""
    pattern = Linearisation(current.design)
    return _newton(pattern, current.x, scales, limit=limit, believed=believed)


def evidence(fitted: Fit) -> float:
    """Return the log of the Laplace-approximated evidence, up to a constant of the design."""
    design, x, scales = fitted.design, fitted.x, fitted.scales
    prior_weight = design.prior_weight(scales)
    prior = (design.prior @ x - design.target) * prior_weight
    weeks = design.governed_by("week")
    variance = base_variance(design.figures, scales)
    prior_odds = odds(design.figures, scales)
    likelihood = log_density(fitted.deviation(), variance, prior_odds).sum()
    log_prior = np.log(prior_weight).sum() - 0.5 * (prior[~weeks] ** 2).sum()
    log_prior += burst_log_density(prior[weeks], scales.week).sum()
    return float(likelihood + log_prior - 0.5 * fitted.linear.log_determinant())


def _newton(
    pattern: Linearisation,
    x: Floats,
    scales: Scales,
    *,
    limit: int,
    vagueness: float = 0,
    believed: int | None = None,
) -> Fit:
    design = pattern.design
    usual_weight = design.prior_weight(scales)
    weeks = design.governed_by("week")
    variance = base_variance(design.figures, scales) + vagueness**2
    prior_odds = odds(design.figures, scales)
    for _ in range(limit):
        effect = ((design.prior @ x - design.target) * usual_weight)[weeks]
        prior_weight = usual_weight.copy()
        prior_weight[weeks] *= np.sqrt(burst_precision(effect, scales.week))
        deviation = design.figures.log_value - design.expected(x)
        weight = precision(readings(deviation, variance, prior_odds), variance)
        if believed is not None:
            weight[believed] = 1 / variance[believed]
        linear = pattern.at(x, prior_weight, weight)
        step = linear.solve(residual(design, x, prior_weight, weight))
        size = float(np.abs(step).max())
        x = x + step * min(1.0, _LARGEST_STEP / max(size, _CONVERGED))
        if size < _CONVERGED:
            break
    return Fit(design, scales, x, prior_weight, weight, linear)
