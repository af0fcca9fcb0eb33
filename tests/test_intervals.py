"""Interval frames are quantiles of their draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from demine_analysis.intervals import COLUMNS, interval_frame

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
