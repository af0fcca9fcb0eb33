"""The mode: a peak of the density, the same from everywhere, and deaf to misprints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from layouts import figures, mixed_design, weekly_design, work

from demine_analysis.model import TYPICAL, Design, Grid, Scales, fit
from demine_analysis.model.design import Misfit
from demine_analysis.model.fit import _Target, evidence, newton

TRUTH = work(40)
CLEAN = weekly_design(TRUTH, (0, 40), (10, 30), factor={})


def rates(design: Design, x: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(x[: design.grid.rates]))


def shift(design: Design, seed: int) -> np.ndarray:
    return 0.5 * np.random.default_rng(seed).standard_normal(design.grid.size)


def test_weeks_with_figures_have_their_work() -> None:
    assert rates(CLEAN, fit(CLEAN).x) == pytest.approx(TRUTH, rel=0.02)


def test_no_direction_leads_up_from_the_mode() -> None:
    design = mixed_design()
    fitted = fit(design)
    target = _Target(design, TYPICAL)
    here = target.log_density(fitted.misfit)
    for seed in range(20):
        direction = np.random.default_rng(seed).standard_normal(design.grid.size)
        moved = Misfit(design, fitted.x + 0.01 * direction)
        assert target.log_density(moved) < here


@pytest.mark.parametrize("seed", range(5))
def test_a_restart_from_elsewhere_ends_no_higher(seed: int) -> None:
    fitted = fit(CLEAN)
    again = newton(replace(fitted, x=fitted.x + shift(CLEAN, seed)), TYPICAL)
    assert evidence(again) <= evidence(fitted) + 1e-3
    # A single week's figure may be doubted there; totals are what they were.
    assert rates(CLEAN, again.x)[10:30].sum() == pytest.approx(TRUTH[10:30].sum(), rel=0.01)
    assert rates(CLEAN, again.x).sum() == pytest.approx(TRUTH.sum(), rel=0.01)


def test_a_misprint_by_ten_leaves_the_mode_alone() -> None:
    wrong = weekly_design(TRUTH, (0, 40), (10, 30), factor={20: 10.0})
    assert rates(wrong, fit(wrong).x)[20] == pytest.approx(TRUTH[20], rel=0.1)
    total = rates(wrong, fit(wrong).x).sum()
    assert total == pytest.approx(TRUTH.sum(), rel=0.01)


def test_a_restart_with_misprints_ends_no_higher() -> None:
    wrong = weekly_design(TRUTH, (0, 40), (10, 30), factor={5: 0.1, 20: 10.0, 33: 10.0})
    best = fit(wrong)
    for seed in range(5):
        again = newton(replace(best, x=best.x + shift(wrong, seed)), TYPICAL)
        assert evidence(again) <= evidence(best) + 1e-3


def test_between_known_weeks_a_gap_is_bridged() -> None:
    spans = [(0.0, 1.0), (1.0, 2.0), (6.0, 7.0), (7.0, 8.0)]
    grid = Grid(weeks=8, parts=1, notices=0)
    design = Design(grid, figures(spans, np.full(4, 100.0)), np.array([np.log(100.0)]))
    assert rates(design, fit(design).x) == pytest.approx(np.full(8, 100.0), rel=0.02)


def test_a_total_fills_the_gap_that_notices_leave() -> None:
    spans = [(0.0, 4.0), (0.0, 1.0), (1.0, 2.0), (3.0, 4.0)]
    grid = Grid(weeks=4, parts=1, notices=0)
    design = Design(grid, figures(spans, np.array([450.0, 100, 100, 100])), np.array([np.log(100)]))
    assert rates(design, fit(design).x)[2] == pytest.approx(150, rel=0.05)


def test_a_figure_set_aside_too_early_is_believed_again() -> None:
    """All weeks lack their notices but two, and totals say that work had doubled."""
    truth = np.repeat([100.0, 300.0], 20)
    design = weekly_design(truth, (0, 20), (20, 40), (0, 40), factor={})
    fitted = fit(design, Scales(level=0.02, week=0.05))
    total = rates(design, fitted.x)[20:].sum()
    assert total == pytest.approx(truth[20:].sum(), rel=0.02)
