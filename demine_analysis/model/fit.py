"""Mode and scales: damped Gauss-Newton on sparse matrices, scales by maximum of the evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu

from demine_analysis.model.design import Design
from demine_analysis.model.grid import HARMONICS, TYPICAL, UNEVEN, Floats, Scales, steps
from demine_analysis.model.mixture import (
    LOOSE,
    base_variance,
    burst_log_density,
    burst_precision,
    log_density,
    odds,
    precision,
    readings,
)

# A weak opinion on each scale, in observations: how many its typical value is worth.
_OPINION = {
    "level": 30,
    "week": 20,
    "part": 20,
    "season": 2,
    "share": 40,
    "notice": 20,
    "error": 6,
    "odds": 50,
}
# Parts have few figures of their own, so that the split could follow any whim of the level.
_SPLIT_OPINION = 40
_PROBES = 32
_BURST_BIAS = 0.1
_ROUNDS = 25
_SETTLED = 0.01
_LARGEST_STEP = 1.0
_NEWTON_STEPS = 40
_CONVERGED = 1e-5

# The fit starts with every figure vague and sharpens: a misprint never gets to pull alone.
_SHARPENING = (1.0, 0.5, 0.25, 0.1, 0.05)


@dataclass(frozen=True)
class Linear:
    """The model linearised at x, in the unknowns u in which it is sparse (totals, not rates).

    Parameters
    ----------
    jacobian : (rows, size) weighted Jacobian of prior rows and figures with respect to u.
    to_x : (size, size) step of x for a step of u.
    factor : factorised normal equations.
    """

    jacobian: sparse.csr_array
    to_x: sparse.csr_array
    factor: SuperLU

    def solve(self, residual: Floats) -> Floats:
        """Return the step of x that reduces weighted residuals, (rows,) or (rows, n), the most."""
        return np.asarray(self.to_x @ self.factor.solve(-(self.jacobian.T @ residual)))

    def log_determinant(self) -> float:
        """Return the log determinant of the normal equations in the unknowns x."""
        in_u = np.log(np.abs(self.factor.U.diagonal())).sum()
        return float(in_u - 2 * np.log(np.abs(self.to_x.diagonal())).sum())


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


def linearise(design: Design, x: Floats, prior_weight: Floats, weight: Floats) -> Linear:
    """Return the linear model at x, with `weight` as the precision of each figure's log."""
    grid, rates = design.grid, design.grid.rates
    unit = np.tile(np.exp(x[:rates].reshape(grid.weeks, grid.parts).mean(axis=0)), grid.weeks)
    scale = sparse.diags_array(unit)
    to_rate = sparse.diags_array(np.exp(-x[:rates])) @ steps(rates, grid.parts) @ scale
    to_x = sparse.csr_array(sparse.block_diag([to_rate, sparse.eye_array(grid.size - rates)]))
    root = np.sqrt(weight)
    totals = sparse.diags_array(root * np.exp(-design.log_totals(x))) @ design.totals @ scale
    between = sparse.csr_array((len(root), rates + 2 * HARMONICS + grid.common))
    figures = sparse.hstack([totals, between, sparse.diags_array(root) @ design.shares])
    prior = sparse.diags_array(prior_weight) @ design.prior @ to_x
    jacobian = sparse.csr_array(sparse.vstack([prior, figures]))
    factor = splu(
        sparse.csc_array(jacobian.T @ jacobian),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    return Linear(jacobian, to_x, factor)


def residual(design: Design, x: Floats, prior_weight: Floats, weight: Floats) -> Floats:
    """Return the weighted residuals of prior rows and figures, (rows,) or (rows, draws)."""
    column = (slice(None),) + (np.newaxis,) * (x.ndim - 1)
    prior = (design.prior @ x - design.target[column]) * prior_weight[column]
    figures = design.expected(x) - design.figures.log_value[column]
    return np.concatenate([prior, figures * np.sqrt(weight)[column]])


def fit(design: Design, scales: Scales = TYPICAL) -> Fit:
    """Return the mode for given scales."""
    x = design.start()
    for vagueness in _SHARPENING:
        x = _newton(design, x, scales, limit=6, vagueness=vagueness).x
    return _newton(design, x, scales, limit=_NEWTON_STEPS)


def fit_with_scales(design: Design) -> Fit:
    """Return the mode with the scales at the maximum of the Laplace-approximated evidence.

    Notes
    -----
    Fixed-point updates after MacKay (1992), "Bayesian interpolation", Neural Computation 4:
    a variance is its residuals' sum of squares over the number of them that the figures
    determine; that number is traced with the same random probes in every round, so the result
    is deterministic. Evidence has several peaks (uneven work, or figures that are wrong?), so
    the search is started from steady and from uneven work, and uneven work is believed where
    the evidence is clearly better: at a week without a notice Laplace's approximation sees the
    density at the peak and misses the bursts beside it, which speaks against steady work.
    """
    steady, uneven = (_climbed(fit(design, scales)) for scales in (TYPICAL, UNEVEN))
    bias = _BURST_BIAS * design.grid.weeks
    return uneven if evidence(uneven) > evidence(steady) + bias else steady


def evidence(fitted: Fit) -> float:
    """Return the log of the Laplace-approximated evidence, up to a constant of the design."""
    design, x = fitted.design, fitted.x
    prior_weight = design.prior_weight(fitted.scales)
    prior = (design.prior @ x - design.target) * prior_weight
    weeks = design.governed_by("week")
    variance = base_variance(design.figures, fitted.scales)
    prior_odds = odds(design.figures, fitted.scales)
    likelihood = log_density(fitted.deviation(), variance, prior_odds).sum()
    log_prior = np.log(prior_weight).sum() - 0.5 * (prior[~weeks] ** 2).sum()
    log_prior += burst_log_density(prior[weeks], fitted.scales.week).sum()
    return float(likelihood + log_prior - 0.5 * fitted.linear.log_determinant())


def _climbed(current: Fit) -> Fit:
    for _ in range(_ROUNDS):
        scales = _updated(current)
        change = _largest_change(current.scales, scales)
        current = _newton(current.design, current.x, scales, limit=4)
        if change < _SETTLED:
            break
    return _newton(current.design, current.x, current.scales, limit=_NEWTON_STEPS)


def _newton(design: Design, x: Floats, scales: Scales, *, limit: int, vagueness: float = 0) -> Fit:
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
        linear = linearise(design, x, prior_weight, weight)
        step = linear.solve(residual(design, x, prior_weight, weight))
        size = float(np.abs(step).max())
        x = x + step * min(1.0, _LARGEST_STEP / max(size, _CONVERGED))
        if size < _CONVERGED:
            break
    return Fit(design, scales, x, prior_weight, weight, linear)


def _updated(current: Fit) -> Scales:
    design, scales, linear = current.design, current.scales, current.linear
    squares = residual(design, current.x, current.prior_weight, current.weight) ** 2
    probes = np.random.default_rng(0).standard_normal((linear.jacobian.shape[0], _PROBES))
    spread = linear.jacobian @ linear.factor.solve(linear.jacobian.T @ probes)
    leverage = (spread**2).mean(axis=1)
    new = {
        name: _prior_scale(current, name, squares, leverage)
        for name in ("week", "part", "level", "season", "share")
        if design.governed_by(name).any()
    }
    figures = leverage[len(current.prior_weight) :] / current.weight
    return replace(scales, **new, **_figure_scales(current, figures))  # type: ignore[arg-type]  # names are fields


def _prior_scale(current: Fit, name: str, squares: Floats, leverage: Floats) -> float:
    rows = np.flatnonzero(current.design.governed_by(name))
    parts = current.design.grid.parts
    determined = max(len(rows) - leverage[rows].sum(), 0.0)
    opinion = _OPINION[name] + (_SPLIT_OPINION if name == "level" else 0) * (parts - 1)
    seen = getattr(current.scales, name) ** 2 * squares[rows].sum()
    total = seen + opinion * getattr(TYPICAL, name) ** 2
    return float(np.sqrt(total / (determined + opinion)))


def _figure_scales(current: Fit, variance: Floats) -> dict[str, float | tuple[float, ...]]:
    """Return `error`, `notice` and `odds` by a step of expectation-maximisation."""
    figures, scales = current.design.figures, current.scales
    usual = base_variance(figures, scales)
    deviation = current.deviation()
    probability = readings(deviation, usual, odds(figures, scales))
    sound = probability[:, 0] + probability[:, 1]
    squares = (deviation**2 + variance) * (probability[:, 0] + probability[:, 1] / LOOSE**2)
    new: dict[str, float | tuple[float, ...]] = {}
    for name, rows in (("error", figures.notice >= -1), ("notice", figures.notice >= 0)):
        own = getattr(scales, name) ** 2
        part = own / usual
        expected = (sound * own * (1 - part) + part**2 * squares)[rows].sum()
        total = expected + _OPINION[name] * getattr(TYPICAL, name) ** 2
        new[name] = float(np.sqrt(total / (sound[rows].sum() + _OPINION[name])))
    for name, rows in (("odds", figures.notice < 0), ("notice_odds", figures.notice >= 0)):
        counts = probability[rows].sum(axis=0) + _OPINION["odds"] * np.array(getattr(TYPICAL, name))
        new[name] = tuple(float(share) for share in counts / counts.sum())
    return new


def _largest_change(old: Scales, new: Scales) -> float:
    names = ("level", "week", "part", "season", "error", "notice", "share")
    return max(abs(float(np.log(getattr(new, name) / getattr(old, name)))) for name in names)
