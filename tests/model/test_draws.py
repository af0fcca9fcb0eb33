"""Draws spread as a hand calculation says, and each meets the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from layouts import figures, weekly_design, work
from threadpoolctl import threadpool_info  # type: ignore[import-untyped]  # ships no types

from demine_analysis.model import TYPICAL, Design, Grid, draw, fit, leave_one_out
from demine_analysis.model.design import Misfit
from demine_analysis.model.draws import moved_modes
from demine_analysis.model.grid import UNEVEN
from demine_analysis.model.threads import single_threaded

TRUTH = work(30)
FITTED = fit(weekly_design(TRUTH, (0, 30), (5, 25), factor={}))


def drawn(count: int = 400, seed: int = 0) -> np.ndarray:
    draws = draw(FITTED, np.random.default_rng(seed), count)
    return np.asarray(np.exp(draws[: FITTED.design.grid.rates]))


def test_the_same_seed_gives_the_same_draws() -> None:
    assert np.array_equal(drawn(50), drawn(50))
    assert not np.array_equal(drawn(50), drawn(50, seed=1))


def test_draws_lie_about_the_mode() -> None:
    assert np.median(drawn(), axis=1) == pytest.approx(TRUTH, rel=0.02)


def test_a_total_that_is_known_is_known_in_every_draw() -> None:
    totals = drawn().sum(axis=0)
    spread = np.std(np.log(totals))
    assert np.abs(np.log(totals / TRUTH.sum())).max() < 0.1
    # Thirty independent weeks known to a hundredth would do as well by themselves.
    assert spread < TYPICAL.error


def test_a_week_without_a_figure_is_less_sure() -> None:
    spans = [(float(week), week + 1.0) for week in range(30) if week != 12]
    values = np.array([TRUTH[int(first)] for first, _ in spans])
    design = Design(FITTED.design.grid, figures(spans, values), FITTED.design.centre)
    draws = draw(fit(design), np.random.default_rng(0), 400)
    spread = np.log(np.exp(draws[:30])).std(axis=1)
    # Such a week has the spread of week effects, bursts included, and more.
    assert spread[12] > TYPICAL.week
    assert np.delete(spread, 12).max() < 0.1


def test_a_week_of_one_part_may_be_a_burst() -> None:
    """In weeks without a figure two parts differ by their own effects, one week in five by more."""
    spans = [(float(week), week + 1.0) for week in range(0, 40, 2)]
    parts: list[tuple[bool, ...]] = [(n < 20, n >= 20) for n in range(40)]
    table = figures(spans * 2, np.full(40, 100.0), parts=parts)
    design = Design(Grid(weeks=40, parts=2, notices=0), table, np.log([100.0, 100.0]))
    draws = draw(fit(design), np.random.default_rng(0), 2000)[: design.grid.rates]
    first, second = draws.reshape(40, 2, -1)[1:-1:2].transpose(1, 0, 2)
    # All spreads of a draw are multiplied by the root of 6 over a chi-square of six: 6 / 4 in mean.
    variance = 6 / 4 * 2 * (TYPICAL.part**2 + 0.2 * 0.6**2)
    assert (first - second).var() == pytest.approx(variance, rel=0.1)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_draws_of_uneven_work_come_to_rest(seed: int) -> None:
    truth = work(60, seed=seed, spread=1.2)
    spans = [(float(week), week + 1.0) for week in range(0, 60, 3)]
    spans += [(float(week), week + 10.0) for week in range(0, 60, 10)]
    values = np.array([truth[int(first) : int(last)].sum() for first, last in spans])
    design = Design(Grid(60, 1, 3), figures(spans, values), np.array([np.log(100.0)]))
    fitted = fit(design, UNEVEN)
    noise = np.random.default_rng(seed).standard_normal((fitted.linear.jacobian.shape[0], 400))
    draws = moved_modes(fitted, noise)
    left = Misfit(design, draws).weighted(fitted.prior_weight, fitted.weight)
    further = np.abs(fitted.linear.solve(left + noise)).max(axis=0)
    assert np.mean(further > 0.01) < 0.005


def test_left_out_is_as_if_it_had_not_been_there() -> None:
    mean, variance = leave_one_out(FITTED)
    design = FITTED.design
    for row in (3, 17, 30, 31):
        table = design.figures
        keep = np.arange(len(table)) != row
        kept = {name: values[keep] for name, values in vars(table).items()}
        without = fit(Design(design.grid, replace(table, **kept), design.centre))
        expected = design.expected(without.x)[row]
        assert mean[row] == pytest.approx(expected, abs=0.35 * np.sqrt(variance[row]) + 0.01)


def test_the_algebra_runs_on_one_thread() -> None:
    @single_threaded
    def threads() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    assert set(threads()) == {1}
