"""The sparse matrices that tie figures to unknowns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from demine_analysis.model.grid import (
    HARMONICS,
    KNOT_WEEKS,
    Figures,
    Floats,
    Grid,
    Scales,
    interpolation,
    steps,
)

SHARE_CENTRE = float(np.log(0.7))
"""A notice that does not say whose work it counts is, before any figure is seen, most of it."""

_SHARE_SPREAD = 0.5
_LEVEL_SPREAD = 3.0
_SMALLEST = 1e-300
_ROUNDING = 1e-15


class Design:
    """Priors and figures as sparse rows; built once for a set of figures, when first asked for.

    Parameters
    ----------
    grid : Grid
        Layout of the unknowns.
    figures : Figures
        The m printed figures.
    centre : (parts,) array
        Log of each part's typical weekly work, about which its first level is free.
    """

    def __init__(self, grid: Grid, figures: Figures, centre: Floats) -> None:
        self.grid, self.figures, self.centre = grid, figures, centre

    @cached_property
    def totals(self) -> sparse.csr_array:
        """Return the (m, rates) weights of cumulative totals in each figure."""
        grid, figures = self.grid, self.figures
        counted = figures.parts.astype(float)
        each = [
            sparse.diags_array(counted[:, part]) @ self._span(begins)[:, 1:]
            for part, begins in enumerate(grid.begins)
        ]
        # Column week * parts + part: a week's parts are neighbours, which keeps factors narrow.
        order = np.arange(grid.rates).reshape(grid.parts, grid.weeks).T.ravel()
        return sparse.csr_array(sparse.hstack(each, format="csc")[:, order])

    def _span(self, begins: float) -> sparse.csr_array:
        """Return the weights of the totals of a part that begins in a week, (m, weeks + 1)."""
        columns = self.grid.weeks + 1
        over, since = (np.maximum(each, begins) for each in (self.figures.end, self.figures.start))
        return sparse.csr_array(interpolation(over, columns) - interpolation(since, columns))

    @cached_property
    def shares(self) -> sparse.csr_array:
        """Return the (m, shares) weights of log shares in each figure."""
        grid, figures = self.grid, self.figures
        if not grid.notices:
            return sparse.csr_array((len(figures), 0))
        # A long figure takes the share of the quarter in which it was printed.
        middle = np.maximum((figures.start + figures.end) / 2, figures.end - KNOT_WEEKS / 2)
        knots = interpolation(middle / KNOT_WEEKS, grid.knots)
        each = [
            sparse.diags_array((figures.notice == kind).astype(float)) @ knots
            for kind in range(grid.notices)
        ]
        return sparse.csr_array(sparse.hstack(each))

    @property
    def prior(self) -> sparse.csr_array:
        """Return the (prior rows, size) weights of unknowns in each prior row."""
        return self._priors[0]

    @property
    def target(self) -> Floats:
        """Return what each prior row is expected to be."""
        return self._priors[1]

    @property
    def _block(self) -> NDArray[np.str_]:
        return self._priors[2]

    @cached_property
    def _priors(self) -> tuple[sparse.csr_array, Floats, NDArray[np.str_]]:
        """Return prior rows, their targets, and the name of the scale that governs each."""
        grid, rates = self.grid, self.grid.rates
        eye = sparse.eye_array(rates)
        season = sparse.csr_array(np.repeat(grid.harmonics(), grid.parts, axis=0))
        every_part = np.repeat(np.arange(grid.weeks), grid.parts)
        common = sparse.csr_array(sparse.eye_array(grid.weeks))[every_part, : grid.common]
        week = sparse.hstack([eye, -eye, -season, -common])
        own = [steps(rates, grid.parts), sparse.eye_array(2 * HARMONICS + grid.common)]
        others = sparse.csr_array((rates + 2 * HARMONICS + grid.common, rates))
        level = sparse.hstack([others, sparse.block_diag(own)])
        shares = [steps(grid.knots)] * grid.notices
        rows = sparse.block_diag([sparse.vstack([week, level]), *shares], format="csr")
        names = [
            np.full(rates, "part" if grid.common else "week"),
            np.where(np.arange(rates) < grid.parts, "start", "level"),
            np.full(2 * HARMONICS, "season"),
            np.full(grid.common, "week"),
            np.tile(np.where(np.arange(grid.knots) == 0, "first_share", "share"), grid.notices),
        ]
        block = np.concatenate(names)
        target = np.zeros(len(block))
        target[block == "start"] = self.centre
        target[block == "first_share"] = SHARE_CENTRE
        return sparse.csr_array(rows), target, block

    @cached_property
    def _governed(self) -> dict[str, NDArray[np.bool_]]:
        return {str(name): self._block == name for name in np.unique(self._block)}

    def governed_by(self, scale: str) -> NDArray[np.bool_]:
        """Return which prior rows have this scale as their standard deviation."""
        none = np.zeros(len(self._block), dtype=bool)
        return self._governed.get(scale, none).copy()

    @cached_property
    def bursting(self) -> NDArray[np.bool_]:
        """Return which prior rows are effects of weeks, bursts among them."""
        return self.governed_by("week") | self.governed_by("part")

    def prior_weight(self, scales: Scales) -> Floats:
        """Return one over the standard deviation of each prior row."""
        fixed = {"start": _LEVEL_SPREAD, "first_share": _SHARE_SPREAD}
        weight = np.empty(len(self._block))
        for name, rows in self._governed.items():
            weight[rows] = 1 / (fixed.get(name) or float(getattr(scales, name)))
        return weight

    def start(self) -> Floats:
        """Return the unknowns with every week at its part's typical rate."""
        grid = self.grid
        rate = np.tile(self.centre, grid.weeks)
        shares = np.full(grid.knots * grid.notices, SHARE_CENTRE)
        effects = np.zeros(2 * HARMONICS + grid.common)
        return np.concatenate([rate, rate, effects, shares])

    def log_totals(self, x: Floats) -> Floats:
        """Return the log of the work in each figure's days by its parts: (m,) or (m, draws)."""
        grid = self.grid
        rate = x[: grid.rates].reshape(grid.weeks, grid.parts, *x.shape[1:])
        cumulative = np.cumsum(np.exp(rate), axis=0).reshape(grid.rates, *x.shape[1:])
        # What is less than the rounding of the cumulative totals it is a difference of.
        smallest = np.maximum(_ROUNDING * cumulative.max(axis=0), _SMALLEST)
        return np.asarray(np.log(np.maximum(self.totals @ cumulative, smallest)))

    def expected(self, x: Floats) -> Floats:
        """Return the log of what each figure would be expected to print: (m,) or (m, draws)."""
        return self.log_totals(x) + self.log_shares(x)

    def log_shares(self, x: Floats) -> Floats:
        """Return the log of the share that each figure counts: (m,) or (m, draws)."""
        known = _column(self.figures.log_share, x)
        return np.asarray(self.shares @ x[self.grid.share_slice()] + known)


@dataclass(frozen=True)
class Misfit:
    """How far priors and figures are from unknowns x, (size,) or (size, draws); computed once."""

    design: Design
    x: Floats

    @cached_property
    def log_totals(self) -> Floats:
        """Return the log of the work in each figure's days by its parts."""
        return self.design.log_totals(self.x)

    @cached_property
    def prior(self) -> Floats:
        """Return prior rows less their targets."""
        return np.asarray(self.design.prior @ self.x - _column(self.design.target, self.x))

    @cached_property
    def deviation(self) -> Floats:
        """Return log printed less log expected for each figure."""
        expected = self.log_totals + self.design.log_shares(self.x)
        return np.asarray(_column(self.design.figures.log_value, self.x) - expected)

    def weighted(self, prior_weight: Floats, weight: Floats) -> Floats:
        """Return the weighted residuals of prior rows and figures, (rows,) or (rows, draws).

        Parameters
        ----------
        prior_weight : (prior rows,) one over the standard deviation of each prior row.
        weight : (m,) precision of each figure's log.
        """
        prior = self.prior * _column(prior_weight, self.x)
        return np.concatenate([prior, self.deviation * _column(-np.sqrt(weight), self.x)])


def _column(values: Floats, x: Floats) -> Floats:
    """Return values of rows in the shape that goes with x or with its draws."""
    return values[(slice(None),) + (np.newaxis,) * (x.ndim - 1)]
