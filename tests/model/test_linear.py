"""The sparse linear model, beside dense algebra and numerical derivatives."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from layouts import mixed_design

from demine_analysis.model import TYPICAL, base_variance
from demine_analysis.model.design import Misfit
from demine_analysis.model.linear import Linearisation, Normal

DESIGN = mixed_design()
WEIGHT = DESIGN.prior_weight(TYPICAL)
PRECISION = 1 / base_variance(DESIGN.figures, TYPICAL)
X = DESIGN.start() + 0.2 * np.random.default_rng(0).standard_normal(DESIGN.grid.size)
LINEAR = Linearisation(DESIGN).at(Misfit(DESIGN, X), WEIGHT, PRECISION)


def dense_jacobian(step: float = 1e-6) -> np.ndarray:
    """Return the derivative of the weighted residuals with respect to x."""
    moves = step * np.eye(DESIGN.grid.size)
    ahead = Misfit(DESIGN, X[:, np.newaxis] + moves).weighted(WEIGHT, PRECISION)
    back = Misfit(DESIGN, X[:, np.newaxis] - moves).weighted(WEIGHT, PRECISION)
    return np.asarray((ahead - back) / (2 * step))


def test_a_step_is_the_least_squares_one() -> None:
    left = Misfit(DESIGN, X).weighted(WEIGHT, PRECISION)
    dense = np.linalg.lstsq(dense_jacobian(), -left, rcond=None)[0]
    assert LINEAR.solve(left) == pytest.approx(dense, rel=1e-3, abs=1e-5)


def test_several_steps_at_once_are_the_single_ones() -> None:
    rows = LINEAR.jacobian.shape[0]
    right = np.random.default_rng(1).standard_normal((rows, 3))
    together = LINEAR.solve(right.copy())
    assert together[:, 2] == pytest.approx(LINEAR.solve(right[:, 2].copy()))


def test_the_determinant_is_of_the_normal_equations() -> None:
    jacobian = dense_jacobian()
    dense = np.linalg.slogdet(jacobian.T @ jacobian)[1]
    assert LINEAR.log_determinant() == pytest.approx(dense, rel=1e-5)


def test_matrices_stay_sparse() -> None:
    filled = LINEAR.factor.lu.L.nnz + LINEAR.factor.lu.U.nnz
    assert LINEAR.jacobian.nnz < 12 * DESIGN.grid.size
    assert filled < 40 * DESIGN.grid.size


def test_a_step_moves_work_and_not_its_log() -> None:
    step = np.zeros_like(X)
    step[0] = 0.5
    moved = LINEAR.advanced(X, step)
    assert np.exp(moved[0]) == pytest.approx(1.5 * np.exp(X[0]))
    assert (moved[1:] == X[1:]).all()


def test_no_step_ends_work() -> None:
    step = np.full_like(X, -100.0)
    moved = LINEAR.advanced(X, step)
    assert np.isfinite(moved).all()
    assert (moved >= X - 2.0).all()


def test_a_pickled_linear_model_solves_the_same() -> None:
    copy = pickle.loads(pickle.dumps(LINEAR))  # noqa: S301 - pickled in the same line
    left = Misfit(DESIGN, X).weighted(WEIGHT, PRECISION)
    assert np.array_equal(copy.solve(left), LINEAR.solve(left))


@pytest.mark.parametrize("seed", range(3))
def test_normal_equations_are_scipys_product_to_the_last_bit(seed: int) -> None:
    jacobian = LINEAR.jacobian.copy()
    rng = np.random.default_rng(seed)
    jacobian.data = jacobian.data * rng.lognormal(sigma=5, size=jacobian.nnz)
    order = rng.permutation(jacobian.shape[1])
    normal = Normal(jacobian, order).of(jacobian.data)
    ordered = jacobian[:, order]
    assert normal.has_canonical_format
    np.testing.assert_array_equal(normal.toarray(), (ordered.T @ ordered).toarray())
