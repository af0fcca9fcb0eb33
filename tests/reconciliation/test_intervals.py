"""Interval frames are quantiles of their draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from demine_analysis.reconciliation.intervals import COLUMNS, interval_frame, quantiles

DRAWS = np.array([np.arange(1001.0), np.full(1001, 7.0)])


def test_quantiles_of_a_ramp_are_its_places() -> None:
    frame = interval_frame(DRAWS, pd.Index(["ramp", "flat"]))
    assert frame.iloc[0].tolist() == [500, 250, 750, 100, 900, 25, 975]
    assert (frame.iloc[1] == 7).all()


def test_columns_and_index_are_the_agreed_ones() -> None:
    mondays = pd.date_range("2024-01-01", periods=2, freq="7D", name="period_start")
    frame = interval_frame(DRAWS, mondays)
    assert list(frame.columns) == COLUMNS
    assert COLUMNS == [
        "median",
        "lower_50",
        "upper_50",
        "lower_80",
        "upper_80",
        "lower_95",
        "upper_95",
    ]
    pd.testing.assert_index_equal(frame.index, mondays)


def test_no_rows_give_an_empty_frame_of_numbers() -> None:
    frame = interval_frame(np.empty((0, 100)), pd.Index([]))
    assert frame.empty
    assert list(frame.columns) == COLUMNS
    assert set(frame.dtypes) == {np.dtype(float)}


def test_intervals_lie_in_each_other() -> None:
    draws = np.random.default_rng(0).lognormal(size=(20, 500))
    frame = interval_frame(draws, pd.RangeIndex(20))
    order = ["lower_95", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_95"]
    assert (np.diff(frame[order].to_numpy(), axis=1) > 0).all()
    assert frame["median"].to_numpy() == pytest.approx(np.median(draws, axis=1))


@pytest.mark.parametrize("count", [1, 2, 3, 10, 41, 999, 1000, 1001])
def test_quantiles_are_those_of_numpy_to_the_last_bit(count: int) -> None:
    draws = np.random.default_rng(count).lognormal(sigma=3, size=(20, count))
    draws[3] = np.round(draws[3])
    draws[4] = 0.0
    levels = [0.0, 0.01, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1 - 0.01, 1.0]
    np.testing.assert_array_equal(quantiles(draws, levels), np.quantile(draws, levels, axis=1).T)


def test_rows_with_what_is_no_number_have_no_quantiles() -> None:
    draws = np.arange(40.0).reshape(2, 20)
    draws[1, 5] = np.nan
    found = quantiles(draws, [0.0, 0.5])
    assert found[0].tolist() == [0.0, 9.5]
    assert np.isnan(found[1]).all()
