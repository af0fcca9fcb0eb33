"""The model linearised: the weighted Jacobian and the factorised normal equations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu

from demine_analysis.model.design import Design, Misfit
from demine_analysis.model.grid import HARMONICS, Floats, steps

Order = NDArray[np.int64]
Columns = Literal["NATURAL", "MMD_AT_PLUS_A"]

_LARGEST_STEP = 2.0
_LARGEST_FALL = 0.8
_LARGEST_RISE = 6.0
_FARTHEST = 40.0  # no week's work is a larger or smaller power of e, in ha or items
_RIDGE = 1e-10


@dataclass(frozen=True)
class Factor:
    """Factorised normal equations.

    Parameters
    ----------
    lu : of the equations with their unknowns in another order.
    order : (size,) which unknown stands where there.
    """

    lu: SuperLU
    order: Order

    def solve(self, right: Floats) -> Floats:
        """Return the solution for right-hand sides, (size,) or (size, n)."""
        solution = np.empty_like(right)
        solution[self.order] = self.lu.solve(right[self.order])
        return solution


@dataclass(frozen=True)
class Linear:
    """The model linearised at x, in the unknowns u in which it is sparse (totals, not rates).

    Parameters
    ----------
    jacobian : (rows, size) weighted Jacobian of prior rows and figures with respect to u.
    factor : factorised normal equations.
    log_rate : (rates,) log work at which it was linearised, week by week.
    unit : (rates,) size of a step of u in ha or items.
    parts : number of parts.
    """

    jacobian: sparse.csr_array
    factor: Factor
    log_rate: Floats
    unit: Floats
    parts: int

    def __reduce__(self) -> tuple[object, ...]:
        # SciPy's factors cannot be pickled; the same Jacobian gives the same ones again.
        return _linear, (
            self.jacobian,
            self.log_rate,
            self.unit,
            self.parts,
            self.factor.order,
        )

    def solve(self, residual: Floats) -> Floats:
        """Return the step of x that reduces weighted residuals, (rows,) or (rows, n), the most."""
        return self._to_x(self.factor.solve(-(self.jacobian.T @ residual)))

    def advanced(self, x: Floats, step: Floats) -> Floats:
        """Return x after a step, (size,) or (size, n).

        The step of the work of a week is taken on the work itself, not on its log: totals that
        are known exactly then stay exact however far the weeks inside them move.
        """
        rates = len(self.log_rate)
        column = (slice(None),) + (np.newaxis,) * (x.ndim - 1)
        change = step[:rates] * np.exp(self.log_rate[column] - x[:rates])
        moved = x + np.clip(step, -_LARGEST_STEP, _LARGEST_STEP)
        moved[:rates] = x[:rates] + np.log1p(np.clip(change, -_LARGEST_FALL, _LARGEST_RISE))
        moved[:rates] = np.clip(moved[:rates], -_FARTHEST, _FARTHEST)
        return moved

    def log_determinant(self) -> float:
        """Return the log determinant of the normal equations in the unknowns x."""
        in_u = np.log(np.abs(self.factor.lu.U.diagonal())).sum()
        return float(in_u - 2 * (np.log(self.unit) - self.log_rate).sum())

    def _to_x(self, u: Floats) -> Floats:
        """Turn steps of cumulative totals into steps of log work, in place."""
        rates = len(self.log_rate)
        column = (slice(None),) + (np.newaxis,) * (u.ndim - 1)
        totals = u[:rates] * self.unit[column]
        totals[self.parts :] -= totals[: -self.parts].copy()
        u[:rates] = totals * np.exp(-self.log_rate)[column]
        return u


def _linear(
    jacobian: sparse.csr_array, log_rate: Floats, unit: Floats, parts: int, order: Order
) -> Linear:
    ordered = jacobian[:, order]
    lu = _factorised(sparse.csc_array(ordered.T @ ordered), "NATURAL")
    return Linear(jacobian, Factor(lu, order), log_rate, unit, parts)


def _factorised(normal: sparse.csc_array, columns: Columns) -> SuperLU:
    try:
        return _lu(normal, columns)
    except RuntimeError:
        # Figures that contradict each other by many powers of ten leave rates so far apart that
        # the equations are singular to rounding; a trace of each unknown's own size mends that.
        ridge = sparse.diags_array(np.maximum(_RIDGE * normal.diagonal(), np.finfo(float).tiny))
        return _lu(sparse.csc_array(normal + ridge), columns)


def _lu(normal: sparse.csc_array, columns: Columns) -> SuperLU:
    # Factors have some ten entries a column: panels of several columns cost more than they save.
    options = {"SymmetricMode": True}
    return splu(normal, permc_spec=columns, diag_pivot_thresh=0.0, panel_size=1, options=options)


def _order(pattern: sparse.csr_array) -> Order:
    """Return an order of the columns in which factors fill in little.

    Finding it takes ten times as long as factorising, and it is the same for all numbers that
    the pattern is filled with.
    """
    ones = abs(pattern.sign())
    size = pattern.shape[1]
    normal = sparse.csc_array(ones.T @ ones + pattern.shape[0] * sparse.eye_array(size))
    return np.argsort(_factorised(normal, "MMD_AT_PLUS_A").perm_c)


class Normal:
    """The normal equations of a fixed pattern, its columns in another order.

    Notes
    -----
    SciPy's product finds the pattern of its result anew each time, which takes longer than the
    sums; here each entry's products are listed once, for one of each two entries that mirror each
    other. They are added in the order of the rows, as SciPy adds them, so that the sums are the
    same to the last bit.
    """

    def __init__(self, pattern: sparse.csr_array, order: Order) -> None:
        size = pattern.shape[1]
        left, right = _pairs(pattern)
        place = np.argsort(order)[pattern.indices]
        row, column = place[left], place[right]
        lower = np.flatnonzero(row >= column)
        lower = lower[np.argsort(column[lower] * size + row[lower], kind="stable")]
        found, first = np.unique(column[lower] * size + row[lower], return_index=True)
        # Sum k is of the products first[k] to first[k + 1] of values at `_left` and `_right`.
        self._left, self._right = left[lower], right[lower].astype(np.intc)
        self._first = np.append(first, len(lower)).astype(np.intc)
        column, row = np.divmod(found, size)
        sums = sparse.coo_array((np.arange(len(found)) + 1, (row, column)), shape=(size, size))
        both = sparse.csc_array(sums + sparse.tril(sums, -1).T)
        both.sort_indices()
        self._sum = both.data - 1
        # SuperLU takes indices of this type.
        self._places = both.indices.astype(np.intc), both.indptr.astype(np.intc)

    def of(self, values: Floats) -> sparse.csc_array:
        """Return the equations of a Jacobian of the pattern with these values."""
        left, count = values[self._left], len(self._first) - 1
        products = sparse.csr_array((left, self._right, self._first), shape=(count, len(values)))
        size = len(self._places[1]) - 1
        sums = np.asarray(products @ values)
        return sparse.csc_array((sums[self._sum], *self._places), shape=(size, size))


def _pairs(pattern: sparse.csr_array) -> tuple[Order, Order]:
    """Return all pairs of entries of the same row, row by row."""
    length = np.diff(pattern.indptr)
    times = np.repeat(length, length)
    left = np.repeat(np.arange(pattern.nnz), times)
    within = np.arange(len(left)) - np.repeat(np.cumsum(times) - times, times)
    return left, np.repeat(np.repeat(pattern.indptr[:-1], length), times) + within


class Linearisation:
    """The fixed pattern of a design's Jacobian, into which each linearisation fills numbers."""

    def __init__(self, design: Design) -> None:
        self.design = design
        rates, grid = design.grid.rates, design.grid
        totals_of_weeks = steps(rates, grid.parts)
        levels_up = design.prior[:, rates:]
        empty = sparse.csr_array((design.prior.shape[0] - rates, rates))
        prior = sparse.hstack([sparse.vstack([totals_of_weeks, empty]), levels_up])
        between = sparse.csr_array((len(design.figures), rates + 2 * HARMONICS + grid.common))
        figures = sparse.hstack([design.totals, between, design.shares])
        self._pattern = sparse.csr_array(sparse.vstack([prior, figures]))
        self._order = _order(self._pattern)
        self._normal = Normal(self._pattern, self._order)
        entries = sparse.coo_array(self._pattern)
        self._row, column = entries.coords
        self._of_rates = np.flatnonzero(column < rates)
        self._at = self._row[self._of_rates], column[self._of_rates]

    def at(self, here: Misfit, prior_weight: Floats, weight: Floats) -> Linear:
        """Return the linear model there, with `weight` as the precision of each figure's log."""
        grid, rates = self.design.grid, self.design.grid.rates
        log_rate = here.x[:rates]
        mean = log_rate.reshape(grid.weeks, grid.parts).mean(axis=0)
        unit = np.tile(np.exp(mean), grid.weeks)
        others = np.ones(len(prior_weight) - rates)
        slope = [np.exp(-log_rate), others, np.exp(-here.log_totals)]
        values = self._pattern.data * np.concatenate([prior_weight, np.sqrt(weight)])[self._row]
        row, rate = self._at
        values[self._of_rates] *= np.concatenate(slope)[row] * unit[rate]
        places = self._pattern.indices, self._pattern.indptr
        jacobian = sparse.csr_array((values, *places), shape=self._pattern.shape)
        lu = _factorised(self._normal.of(values), "NATURAL")
        return Linear(jacobian, Factor(lu, self._order), log_rate.copy(), unit, grid.parts)


@lru_cache(maxsize=2)
def linearisation(design: Design) -> Linearisation:
    """Return the pattern of a design; a fit asks for the same one many times."""
    return Linearisation(design)
