"""The weekly grid, and what is read from it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from demine_analysis.model import Grid, Scales, interpolation
from demine_analysis.model.grid import WEEKS_A_YEAR, steps


def test_interpolation_reads_a_piecewise_linear_curve() -> None:
    curve = np.array([0.0, 3.0, 4.0, 10.0])
    position = np.array([0.0, 0.5, 1.0, 2.25, 3.0])
    assert interpolation(position, 4) @ curve == pytest.approx(np.interp(position, range(4), curve))


def test_positions_outside_read_the_ends() -> None:
    curve = np.array([5.0, 6.0, 7.0])
    assert (interpolation(np.array([-3.0, 9.0]), 3) @ curve).tolist() == [5, 7]


def test_steps_are_first_values_and_differences() -> None:
    assert (steps(5, 2) @ np.array([1.0, 10, 4, 30, 9])).tolist() == [1, 10, 3, 20, 5]


@pytest.mark.parametrize("parts", [1, 3])
def test_unknowns_stand_side_by_side(parts: int) -> None:
    grid = Grid(weeks=30, parts=parts, notices=3)
    slices = [grid.level_slice(), grid.season_slice(), grid.common_slice(), grid.share_slice()]
    assert grid.rates == slices[0].start
    assert all(one.stop == other.start for one, other in pairwise(slices))
    assert slices[-1].stop == grid.size
    assert grid.common == (30 if parts > 1 else 0)


def test_the_season_returns_after_a_year() -> None:
    waves = Grid(weeks=120, parts=1, notices=0).harmonics()
    year = round(WEEKS_A_YEAR)
    assert waves[year : year + 40] == pytest.approx(waves[:40], abs=0.05)
    assert np.abs(waves[:, :4:2]).max() == pytest.approx(1, abs=0.01)


def test_scales_survive_being_kept() -> None:
    scales = Scales(week=0.33, odds=(0.7, 0.1, 0.1, 0.1))
    kept = {name: list(v) if isinstance(v, tuple) else v for name, v in vars(scales).items()}
    assert Scales.from_dict(kept) == scales
