"""Figures and priors as sparse rows, beside the sums that they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from layouts import mixed_design

from demine_analysis.model import Scales
from demine_analysis.model.design import SHARE_CENTRE

DESIGN = mixed_design()


def unknowns(seed: int = 0) -> np.ndarray:
    shift = np.random.default_rng(seed).standard_normal(DESIGN.grid.size)
    return np.asarray(DESIGN.start() + 0.3 * shift)


def test_a_figure_expects_the_sum_of_its_days_and_parts() -> None:
    x, table = unknowns(), DESIGN.figures
    work = np.exp(x[: DESIGN.grid.rates].reshape(DESIGN.grid.weeks, 2))
    for row in range(len(table)):
        week = np.arange(DESIGN.grid.weeks)
        inside = np.clip(
            np.minimum(week + 1, table.end[row]) - np.maximum(week, table.start[row]), 0, 1
        )
        total = (inside[:, np.newaxis] * work * table.parts[row]).sum()
        assert DESIGN.log_totals(x)[row] == pytest.approx(np.log(total))


def test_only_notices_of_unstated_scope_have_a_share() -> None:
    x = unknowns()
    share = DESIGN.expected(x) - DESIGN.log_totals(x)
    assert (share[DESIGN.figures.notice < 0] == 0).all()
    assert (share[DESIGN.figures.notice >= 0] != 0).all()
    start = DESIGN.start()
    unstated = DESIGN.figures.notice >= 0
    expected = DESIGN.expected(start) - DESIGN.log_totals(start)
    assert expected[unstated] == pytest.approx(SHARE_CENTRE)


def test_many_draws_are_as_good_as_one() -> None:
    columns = np.stack([unknowns(1), unknowns(2)], axis=1)
    together = DESIGN.expected(columns)
    assert together[:, 1] == pytest.approx(DESIGN.expected(unknowns(2)))


def test_each_scale_governs_its_rows() -> None:
    scales = Scales(level=0.1, week=0.2, part=0.4, season=0.5, share=0.25)
    weight = DESIGN.prior_weight(scales)
    counts = {"level": 38, "week": 20, "part": 40, "season": 4, "share": 6}
    for name, count in counts.items():
        rows = DESIGN.governed_by(name)
        assert rows.sum() == count, name
        assert (weight[rows] == 1 / getattr(scales, name)).all()


def test_prior_rows_are_the_model_written_out() -> None:
    x, grid = unknowns(), DESIGN.grid
    prior = DESIGN.prior @ x - DESIGN.target
    log_work, level = x[: grid.rates].reshape(-1, 2), x[grid.level_slice()].reshape(-1, 2)
    season, common = grid.harmonics() @ x[grid.season_slice()], x[grid.common_slice()]
    own = log_work - level - (season + common)[:, np.newaxis]
    assert prior[DESIGN.governed_by("part")] == pytest.approx(own.ravel())
    assert prior[DESIGN.governed_by("level")] == pytest.approx(np.diff(level, axis=0).ravel())
    assert prior[DESIGN.governed_by("week")] == pytest.approx(common)
    assert prior[DESIGN.governed_by("start")] == pytest.approx(level[0] - DESIGN.centre)
