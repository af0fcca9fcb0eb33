"""Draws of the unknowns, and what each figure would be without its own pull."""

from __future__ import annotations

import numpy as np

from demine_analysis.model.design import Misfit
from demine_analysis.model.fit import Fit
from demine_analysis.model.grid import Floats
from demine_analysis.model.mixture import burst_noise
from demine_analysis.model.threads import single_threaded

_STEPS = 60
_LARGEST_STEP = 2.0
_SHORTER, _LONGER = 0.5, 1.2
_CONVERGED = 2e-3
_BLOCK = 128

_SCALE_OBSERVATIONS = 6
"""How surely the scales are taken to be known: as from this many observations."""


@single_threaded
def draw(fitted: Fit, rng: np.random.Generator, count: int) -> Floats:
    """Return (size, count) draws of the unknowns.

    Notes
    -----
    Randomise-then-optimise (Bardsley et al. 2014, SIAM J. Sci. Comput. 36): every prior and
    every figure is moved by its own error and the mode is found again, with the Jacobian kept
    from the mode. A Gaussian at the mode would not do: weeks are log-normal and many add up to a
    figure known to a thousandth, so a draw of the rates alone would print years some per cent
    too high; here each draw meets its figures. The scales are estimates themselves: each draw
    has all of them wider or narrower by one factor, as Student's t has.
    """
    design, linear = fitted.design, fitted.linear
    prior_weight = fitted.prior_weight
    noise = rng.standard_normal((linear.jacobian.shape[0], count))
    weeks = np.flatnonzero(design.bursting)
    scale = 1 / design.prior_weight(fitted.scales)[weeks, np.newaxis]
    effects = burst_noise(scale, rng, (len(weeks), count))
    noise[weeks] = prior_weight[weeks, np.newaxis] * scale * effects
    noise *= np.sqrt(_SCALE_OBSERVATIONS / rng.chisquare(_SCALE_OBSERVATIONS, count))
    draws = np.empty((len(fitted.x), count))
    for first in range(0, count, _BLOCK):
        block = slice(first, first + _BLOCK)
        draws[:, block] = moved_modes(fitted, noise[:, block])
    return draws


def moved_modes(fitted: Fit, noise: Floats) -> Floats:
    """Return the modes with priors and figures moved by each column of noise.

    Notes
    -----
    A simplified Newton method: its Jacobian stays that of the mode, so a whole step may lead too
    far where work is uneven. A draw whose next step is not smaller than its last takes less of it
    from then on, and more again as steps get smaller (Deuflhard 2004, the natural monotonicity
    test). Otherwise it would swing about its mode for ever.
    """
    draws = np.empty((len(fitted.x), noise.shape[1]))
    # All set out from the mode: one column stands for them.
    place, moving = np.arange(noise.shape[1]), fitted.x[:, np.newaxis]
    taken, before = np.ones(noise.shape[1]), np.full(noise.shape[1], np.inf)
    for _ in range(_STEPS):
        left = Misfit(fitted.design, moving).weighted(fitted.prior_weight, fitted.weight)
        step = fitted.linear.solve(left + noise)
        size = np.abs(step).max(axis=0)
        taken = np.where(size > before, _SHORTER * taken, np.minimum(_LONGER * taken, 1))
        step *= taken * np.minimum(1, _LARGEST_STEP / np.maximum(size, _CONVERGED))
        moving = moving + step
        on, before = size > _CONVERGED, size
        if not on.all():
            draws[:, place[~on]] = moving[:, ~on]
            place, taken, before = place[on], taken[on], before[on]
            moving, noise = moving.compress(on, 1), noise.compress(on, 1)
        if not len(place):
            break
    draws[:, place] = moving
    return draws


@single_threaded
def leave_one_out(fitted: Fit) -> tuple[Floats, Floats]:
    """Return mean and variance of each figure's log expectation without the figure itself, (m,).

    Notes
    -----
    The usual formula of linear models, at the mode: with leverage h, the deviation without the
    figure is the deviation over 1 - h.
    """
    design, linear = fitted.design, fitted.linear
    rows = linear.jacobian[len(design.target) :]
    leverage = np.concatenate(
        [
            (block.toarray() * linear.factor.solve(block.toarray().T).T).sum(axis=1)
            for block in (rows[first : first + _BLOCK] for first in range(0, rows.shape[0], _BLOCK))
        ]
    )
    # Rounding may take it out of its range where rates lie many powers of ten apart.
    leverage = np.clip(leverage, 0, 1)
    left = np.maximum(1 - leverage, 1e-6)
    deviation = fitted.deviation() / left
    return design.figures.log_value - deviation, leverage / fitted.weight / left
