"""Scales are learnt from figures, and stay typical where figures say little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from layouts import weekly_design, work

from demine_analysis.model import TYPICAL, Design, estimate_scales


def test_uneven_weeks_have_a_larger_week_scale() -> None:
    even = estimate_scales(weekly_design(work(120, spread=0.1), factor={}))
    uneven = estimate_scales(weekly_design(work(120, spread=0.4), factor={}))
    assert even.week < TYPICAL.week < uneven.week


def test_the_same_figures_give_the_same_scales() -> None:
    design = weekly_design(work(40), (0, 40), factor={})
    assert estimate_scales(design) == estimate_scales(design)


def test_few_figures_leave_scales_typical() -> None:
    scales = estimate_scales(weekly_design(work(3), factor={}))
    for name in ("level", "week", "error", "notice", "share"):
        assert getattr(scales, name) == pytest.approx(getattr(TYPICAL, name), rel=0.2), name


def printed_totals(scatter: float) -> Design:
    """Return sixty weeks and twelve totals of them, printed to the last digit or nearly so."""
    design = weekly_design(work(60), *((0, end) for end in range(5, 61, 5)), factor={})
    printed = design.figures
    errors = np.random.default_rng(1).standard_normal(len(printed)) * scatter
    exact = np.full(len(printed), 1e-6)
    told = replace(printed, rounding=exact, log_value=printed.log_value + errors)
    return Design(design.grid, told, design.centre)


def test_offices_that_agree_to_the_last_digit_hardly_scatter() -> None:
    assert estimate_scales(printed_totals(0.0)).error < TYPICAL.error / 50


def test_offices_that_disagree_scatter() -> None:
    # The loose reading of some errors, three times as wide, takes a part of the scatter.
    assert 0.01 < estimate_scales(printed_totals(0.02)).error < 0.025


def test_odds_are_probabilities() -> None:
    scales = estimate_scales(weekly_design(work(40), (0, 40), factor={7: 10.0, 20: 0.1}))
    for odds in (scales.odds, scales.notice_odds):
        assert sum(odds) == pytest.approx(1)
        assert min(odds) > 0


def test_misprints_make_misprints_likelier() -> None:
    truth = work(60)
    spans = [(0, 60), (0, 30), (20, 50)]
    clean = estimate_scales(weekly_design(truth, *spans, factor={}))
    wrong = dict.fromkeys(range(5, 60, 9), 10.0)
    dirty = estimate_scales(weekly_design(truth, *spans, factor=wrong))
    assert dirty.odds[3] > clean.odds[3]
    assert np.isfinite(list(vars(dirty).values())[:7]).all()
