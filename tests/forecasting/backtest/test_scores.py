from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demine_analysis.forecasting.backtest.scores import ALPHA, scores


def one(draws: np.ndarray, printed: float) -> dict[str, float]:
    return {
        str(name): float(column.iloc[0])
        for name, column in scores(draws[np.newaxis], np.array([printed])).items()
    }


def pinball(draws: np.ndarray, printed: float) -> float:
    """Return the score by its other definition: the mean quantile loss, twice."""
    levels = np.concatenate([ALPHA / 2, [0.5], 1 - ALPHA / 2])
    quantiles = np.quantile(draws, levels)
    loss = np.where(printed >= quantiles, levels, levels - 1) * (printed - quantiles)
    return float(2 * loss.mean())


def test_it_is_twice_the_mean_quantile_loss() -> None:
    draws = np.random.default_rng(0).lognormal(7, 0.4, 4000)
    for printed in (300.0, 1000.0, 1096.6, 5000.0):
        assert one(draws, printed)["wis"] == pytest.approx(pinball(draws, printed))


def test_a_point_forecast_scores_its_absolute_error() -> None:
    found = one(np.full(100, 50.0), 80.0)
    assert found["wis"] == pytest.approx(30)
    assert found["underprediction"] == pytest.approx(30)
    assert found["dispersion"] == 0
    assert one(np.full(100, 50.0), 20.0)["overprediction"] == pytest.approx(30)


def test_it_approaches_the_continuous_ranked_probability_score() -> None:
    draws = np.random.default_rng(1).normal(0, 1, 20_000)
    # CRPS of a standard normal at 0: (sqrt 2 - 1) / sqrt pi.
    assert one(draws, 0.0)["wis"] == pytest.approx(0.2337, abs=0.03)


@given(st.floats(-500, 500), st.integers(0, 50))
def test_parts_add_up(printed: float, seed: int) -> None:
    draws = np.random.default_rng(seed).normal(0, 100, 200)
    found = one(draws, printed)
    parts = found["dispersion"] + found["underprediction"] + found["overprediction"]
    assert parts == pytest.approx(found["wis"])


def test_intervals_cover_what_they_promise() -> None:
    rng = np.random.default_rng(2)
    draws, printed = rng.normal(0, 1, (4000, 400)), rng.normal(0, 1, 4000)
    found = scores(draws, printed)
    for name, share in (("covered_50", 0.5), ("covered_80", 0.8), ("covered_95", 0.95)):
        assert found[name].mean() == pytest.approx(share, abs=0.025)
