from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from invented import printed, row, steady

import demine_analysis as da
from demine_analysis.errors import ParameterError
from demine_analysis.forecasting import Projection
from demine_analysis.forecasting.completion import completion

DATES = ["median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95"]


@pytest.fixture(scope="module")
def p() -> Projection:
    return da.project(da.reconcile(da.load_statements("azerbaijan")), "2050-12-31")


def test_published_estimates_are_mixed_with_equal_weights(p: Projection) -> None:
    found = p.completion()
    # The estimates that the issue and METHOD name; each is printed on a page of the dataset.
    assert list(found.weights.index) == [823_558, 900_000, 1_028_000, 1_166_702]
    assert found.weights.tolist() == [0.25] * 4
    each = found.done.drop(columns="mixture").mean(axis=1)
    np.testing.assert_allclose(found.done["mixture"], each)


def test_a_larger_area_takes_longer(p: Projection) -> None:
    medians = p.completion().quantiles["median"].drop("mixture")
    assert medians.is_monotonic_increasing


def test_dates_agree_with_cumulative_probabilities(p: Projection) -> None:
    found = p.completion(900_000)
    year = found.done.index[found.done[900_000.0] > 0.3][0]
    chance = p.probability(total_at_least=900_000, by=year)
    assert float(found.done[900_000.0][year]) == pytest.approx(chance, abs=0.005)


def test_own_weights_are_used(p: Projection) -> None:
    weights = pd.Series({823_558.0: 3.0, 1_166_702.0: 1.0})
    found = p.completion(weights)
    assert found.weights.tolist() == [0.75, 0.25]
    expected = 0.75 * found.done[823_558.0] + 0.25 * found.done[1_166_702.0]
    np.testing.assert_allclose(found.done["mixture"], expected)


def test_beyond_the_horizon_no_date_is_made_up() -> None:
    p = da.project(da.reconcile(printed(steady())), "2030-12-31")
    found = p.completion(1e7)
    assert row(found.quantiles, 1e7).isna().all()
    assert found.not_done[1e7] == 1
    assert (found.done[1e7] == 0).all()


def test_a_horizon_that_cuts_the_draws_leaves_late_quantiles_open(p: Projection) -> None:
    middle = row(p.completion(900_000).quantiles, 900_000.0)["median"]
    cut = da.project(p.reconciliation, f"{middle.year}-12-31")
    near = cut.completion(900_000)
    dates = row(near.quantiles, 900_000.0)
    assert pd.notna(dates["lower_80"])
    assert pd.isna(dates["upper_95"])
    assert 0 < near.not_done[900_000.0] < 1
    late = cut.extended.running_draws()[-1] < 900_000
    assert near.not_done[900_000.0] == pytest.approx(late.mean())


def test_the_day_is_where_a_straight_course_crosses() -> None:
    # 70 ha a week, 10 a day: 95 ha are done on the tenth day, 10 days of which half is left over.
    cumulative = np.arange(0, 20)[:, np.newaxis] * np.full((1, 3), 70.0)
    origin = pd.Timestamp("2024-01-01")
    weights = pd.Series({95.0: 1.0})
    found = completion(cumulative, origin, origin, weights)
    assert row(found.quantiles, 95.0)["median"] == pd.Timestamp("2024-01-10")


def test_what_is_already_cleared_is_no_contaminated_area(p: Projection) -> None:
    with pytest.raises(ParameterError, match=r"must be larger than the 2\d\d,\d{3} ha already"):
        p.completion(100_000)


def test_mines_have_no_completion() -> None:
    r = da.reconcile(da.load_statements("azerbaijan"), metric="anti_personnel_mines")
    with pytest.raises(ParameterError, match="completion needs cleared area"):
        da.project(r, "2027-12-31").completion(1e6)


def test_without_a_published_estimate_a_number_is_asked_for() -> None:
    p = da.project(da.reconcile(printed(steady())), "2030-12-31")
    with pytest.raises(ParameterError, match=r"give contaminated_area=\.\.\. in ha"):
        p.completion()


def test_only_estimates_published_by_then_count() -> None:
    r = da.reconcile(da.load_statements("azerbaijan"), as_of="2023-12-31")
    found = da.project(r, "2050-12-31").completion()
    assert list(found.weights.index) == [823_558, 900_000]


def test_quantiles_are_ordered(p: Projection) -> None:
    dates = row(p.completion(900_000).quantiles, 900_000.0)
    ordered = ["lower_95", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_95"]
    assert dates[ordered].is_monotonic_increasing
    assert set(dates.index) == set(DATES)
