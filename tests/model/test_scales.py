"""Scales are learnt from figures, and stay typical where figures say little."""

from __future__ import annotations

import numpy as np
import pytest
from layouts import weekly_design, work

from demine_analysis.model import TYPICAL, estimate_scales


def test_uneven_weeks_have_a_larger_week_scale() -> None:
    even = estimate_scales(weekly_design(work(120, spread=0.1), factor={}))
    uneven = estimate_scales(weekly_design(work(120, spread=0.4), factor={}))
    assert even.week < TYPICAL.week < uneven.week


def test_scales_lie_between_steady_and_uneven_work_where_neither_is_clearly_right() -> None:
    weeks = [
        estimate_scales(weekly_design(work(120, spread=spread), factor={})).week
        for spread in (0.4, 0.435, 0.44, 0.445, 0.5)
    ]
    assert weeks == sorted(weeks)
    assert weeks[0] < 0.8 * weeks[1]
    assert weeks[3] < 0.8 * weeks[4]


def test_the_same_figures_give_the_same_scales() -> None:
    design = weekly_design(work(40), (0, 40), factor={})
    assert estimate_scales(design) == estimate_scales(design)


def test_few_figures_leave_scales_typical() -> None:
    scales = estimate_scales(weekly_design(work(3), factor={}))
    for name in ("level", "week", "error", "notice", "share"):
        assert getattr(scales, name) == pytest.approx(getattr(TYPICAL, name), rel=0.2), name


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
