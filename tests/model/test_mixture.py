"""Errors of figures and effects of weeks: densities, their slopes, and draws from them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate

from demine_analysis.model import TYPICAL, noise, readings
from demine_analysis.model.mixture import (
    Readings,
    burst_log_density,
    burst_missed,
    burst_noise,
    burst_precision,
    burst_spread,
)

VARIANCE = np.array([0.02**2])
ODDS = np.array([TYPICAL.odds])
READINGS = Readings(VARIANCE, ODDS)
WEEK = 0.25
ROOT = np.sqrt(2 * np.pi)


def at(deviation: float) -> np.ndarray:
    return np.asarray(readings(np.array([deviation]), VARIANCE, ODDS)[0])


def test_a_near_figure_is_usual_and_a_far_one_anything() -> None:
    assert at(0.0)[0] > 0.9
    assert at(0.3)[2] > 0.5
    assert at(np.log(10))[3] > 0.99
    assert at(-np.log(1000))[3] > 0.99


def test_probabilities_add_up() -> None:
    assert all(at(deviation).sum() == pytest.approx(1) for deviation in (0.0, 0.1, 1.0, 27.0))


def test_the_density_has_a_mass_of_one() -> None:
    def density(deviation: float) -> float:
        return float(np.exp(READINGS.log_density(np.array([deviation]))[0]) / ROOT)

    mass = 2 * integrate.quad(density, 0, 20, points=[0.02, 0.1, 0.5, 2], limit=200)[0]
    assert mass == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("deviation", [0.01, 0.07, 0.4, 2.3, -2.3])
def test_the_precision_is_the_slope_of_the_density(deviation: float) -> None:
    around = np.array([deviation - 1e-6, deviation + 1e-6])
    low, high = READINGS.log_density(around)
    weight = READINGS.precision(np.array([deviation]))[0]
    assert weight * deviation == pytest.approx(-(high - low) / 2e-6, rel=1e-4)


def test_a_factor_of_ten_has_no_pull_left() -> None:
    usual = READINGS.precision(np.array([0.0]))[0]
    assert READINGS.precision(np.array([np.log(10)]))[0] < usual / 1000


def test_errors_to_come_are_drawn_from_the_density() -> None:
    drawn = noise(VARIANCE, ODDS, np.random.default_rng(0), 200_000)[0]
    spread = np.array([0.02, 0.06, np.hypot(0.02, 0.2), np.hypot(0.02, 2.0)])
    assert drawn.var() == pytest.approx((ODDS[0] * spread**2).sum(), rel=0.06)
    assert np.mean(np.abs(drawn) > 0.5) == pytest.approx(0.04 * 0.80, abs=0.004)


def test_bursts_have_a_mass_of_one() -> None:
    def density(effect: float) -> float:
        return float(np.exp(burst_log_density(np.array([effect]), WEEK)[0]) / ROOT)

    assert 2 * integrate.quad(density, 0, 60, points=[1, 5])[0] == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("effect", [0.1, 1.5, 4.0, -7.0])
def test_the_precision_of_a_week_is_the_slope_of_its_density(effect: float) -> None:
    low, high = burst_log_density(np.array([effect - 1e-6, effect + 1e-6]), WEEK)
    weight = burst_precision(np.array([effect]), WEEK)[0]
    assert weight * effect == pytest.approx(-(high - low) / 2e-6, rel=1e-5)


def test_drawn_weeks_have_the_stated_spread() -> None:
    drawn = WEEK * burst_noise(WEEK, np.random.default_rng(0), (200_000,))
    assert drawn.std() == pytest.approx(burst_spread(WEEK), rel=0.01)


@pytest.mark.parametrize("scale", [0.1, 0.25, 0.9])
def test_what_a_normal_at_the_peak_misses_of_a_week(scale: float) -> None:
    """The normal with the density's height and curvature at nought, against a mass of one."""
    step = 1e-3
    low, height, high = burst_log_density(np.array([-step, 0, step]), scale)
    curvature = (2 * height - low - high) / step**2
    mass = np.exp(height) / np.sqrt(curvature)
    assert burst_missed(scale) == pytest.approx(-np.log(mass), abs=1e-4)
