from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis import published
from demine_analysis.reconciliation.evidence.running_totals import rising


@pytest.fixture(scope="module")
def azerbaijan() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


def test_annual_totals_are_the_published_ones(azerbaijan: pd.DataFrame) -> None:
    totals = published.annual(azerbaijan)
    by_year = dict(zip(totals["period_end"].dt.year, totals["value"], strict=True))
    assert by_year[2022] == 41915.77
    assert by_year[2023] == 53081.8
    assert by_year[2024] == 62023.9


def test_week_with_both_mondays_belongs_to_the_first() -> None:
    week = {"period": "week", "period_start": "2024-07-01", "period_end": "2024-07-08"}
    assert published.weekly(statements(week)).index.tolist() == [pd.Timestamp("2024-07-01")]


def test_daily_rate_divides_by_the_printed_days() -> None:
    week = {"period": "week", "period_start": "2024-07-01", "period_end": "2024-07-07"}
    month = {"period": "month", "period_start": "2024-07-01", "period_end": "2024-07-31"}
    frame = statements({**week, "value": 70.0}, {**month, "value": 62.0})
    assert published.daily_rate(frame)["value"].tolist() == [10.0]
    assert published.daily_rate(frame, period="month")["value"].tolist() == [2.0]


def test_running_total_that_falls_is_set_aside() -> None:
    ends = ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
    values = [100.0, 300.0, 150.0, 200.0]
    frame = statements(
        *({"period": "cumulative", "period_end": end, "value": value}
          for end, value in zip(ends, values, strict=True))
    )  # fmt: skip
    totals = published.cumulative(frame)
    assert totals["reason"].tolist() == ["", "does not fit", "", ""]


def test_one_operators_running_total_is_set_aside(azerbaijan: pd.DataFrame) -> None:
    totals = published.cumulative(azerbaijan)
    assert totals.loc["2021-10-31", "reason"] == "scope not stated"  # 5,944 ha, one operator's
    assert not totals.loc["2021-10-15", "set_aside"]  # 18,302 ha of all institutions


def test_rising_keeps_the_heaviest_run() -> None:
    values = pd.Series([1.0, 5.0, 2.0, np.nan, 3.0])
    assert rising(values).tolist() == [True, False, True, False, True]
    heavy = pd.Series([1, 9, 1, 1, 1])
    assert rising(values, heavy).tolist() == [True, True, False, False, False]


def test_rising_of_nothing_is_nothing() -> None:
    assert rising(pd.Series(dtype=float)).empty
    assert not rising(pd.Series([np.nan])).any()


@pytest.mark.parametrize("seed", range(20))
def test_rising_is_the_longest_of_all_subsets(seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 6, size=9).astype(float)
    subsets = (np.flatnonzero([(mask >> bit) & 1 for bit in range(9)]) for mask in range(512))
    longest = max(len(at) for at in subsets if (np.diff(values[at]) >= 0).all())
    kept = rising(pd.Series(values)).to_numpy()
    assert kept.sum() == longest
    assert (np.diff(values[kept]) >= 0).all()
