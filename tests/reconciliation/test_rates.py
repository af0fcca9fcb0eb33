from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from invented import START, at, printed, row, steady

import demine_analysis as da
from demine_analysis.errors import ParameterError, ReconcileError
from demine_analysis.reconciliation import rates
from demine_analysis.reconciliation.intervals import COLUMNS
from demine_analysis.reconciliation.result import Reconciliation


@pytest.fixture(scope="module")
def r() -> Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"))


@pytest.fixture(scope="module")
def stepped() -> Reconciliation:
    """Return 100 ha a day for two years, then 200 ha a day for two years."""
    weekly = steady(spread=0.15)
    weekly[104:] *= 2
    return da.reconcile(printed(weekly), draws=300)


def test_the_rolling_rate_is_the_mean_of_its_weeks() -> None:
    weekly = steady()
    rate = da.clearance_rate(da.reconcile(printed(weekly)), window="4W")["median"]
    expected = pd.Series(weekly).rolling(4).mean().dropna() / 7
    np.testing.assert_allclose(rate, expected, rtol=0.02)
    assert rate.index[0] == START + pd.Timedelta(weeks=3)


def test_a_window_of_one_week_is_the_week_itself(r: Reconciliation) -> None:
    pd.testing.assert_frame_equal(da.clearance_rate(r, window="1W"), r.weekly() / 7)


def test_a_year_of_weeks_agrees_with_the_total_of_its_days(r: Reconciliation) -> None:
    rate = at(da.clearance_rate(r, window="52W"), "2024-12-23")
    days = r.total("2024-01-01", "2024-12-29")["median"] / 364
    assert rate == pytest.approx(days)


def test_days_name_the_same_window(r: Reconciliation) -> None:
    pd.testing.assert_frame_equal(
        da.clearance_rate(r, window="28D"), da.clearance_rate(r, window="4W")
    )


@pytest.mark.parametrize("window", ["4", "0W", "10D", "soon", "5000W", "-4W"])
def test_windows_of_no_whole_weeks_are_refused(r: Reconciliation, window: str) -> None:
    with pytest.raises(ParameterError, match=r"window must be 1 to \d+ whole weeks, such as '4W'"):
        da.clearance_rate(r, window=window)


def test_a_doubled_pace_is_dated(stepped: Reconciliation) -> None:
    changes = rates.rate_changes(stepped)
    assert len(changes) == 1
    true = START + pd.Timedelta(weeks=104)
    assert abs(changes.index[0] - true) <= pd.Timedelta(weeks=2)
    assert changes["ratio"].iloc[0] == pytest.approx(2, rel=0.1)
    assert changes["probability"].iloc[0] > 0.9


def test_a_steady_pace_has_no_change() -> None:
    assert rates.rate_changes(da.reconcile(printed(steady()), draws=200)).empty


def test_a_short_series_has_no_change() -> None:
    assert rates.rate_changes(da.reconcile(printed(steady(10)))).empty


def test_the_pace_changed_in_spring_2022(r: Reconciliation) -> None:
    # 18,900 ha were published for 2021 and 41,915 ha for 2022.
    changes = rates.rate_changes(r).reset_index()
    first = changes.iloc[0]
    assert pd.Timestamp("2022-02-01") < first["period_start"] < pd.Timestamp("2022-06-30")
    assert first["lower_80"] <= first["period_start"] <= first["upper_80"]
    assert first["ratio"] > 1.8


def test_the_season_averages_to_one(r: Reconciliation) -> None:
    season = rates.season(r)
    assert list(season.columns) == COLUMNS
    assert season.index.tolist() == list(range(1, 54))
    assert season["median"].iloc[:52].mean() == pytest.approx(1, abs=0.02)


def test_a_planted_season_is_found() -> None:
    week = np.arange(208)
    weekly = steady() * np.exp(0.5 * np.cos(2 * np.pi * (week - 26) / (365.25 / 7)))
    season = rates.season(da.reconcile(printed(weekly)))["median"]
    assert 23 <= int(season.to_numpy().argmax()) + 1 <= 31
    assert season.max() / season.min() == pytest.approx(np.exp(1), rel=0.15)


def test_years_are_compared_over_the_same_days(r: Reconciliation) -> None:
    table = rates.year_comparison(r)
    last = table.index[-1]
    for first in table.index:
        days = r.end - last
        total = r.total(first, first + days)["median"]
        assert at(table, str(first.date())) == pytest.approx(total / (days.days + 1))
    assert table["change"].iloc[-1] == 0
    assert table["probability_faster"].between(0, 1).all()


def test_a_doubled_year_is_surely_faster(stepped: Reconciliation) -> None:
    table = rates.year_comparison(stepped)
    before = row(table, "2022-01-01")
    assert before["probability_faster"] == 1
    assert before["change"] == pytest.approx(1, rel=0.1)


def test_ranks_of_quarters_are_probabilities(r: Reconciliation) -> None:
    table = rates.quarters(r)
    assert table["probability_best"].sum() == pytest.approx(1)
    assert table["probability_worst"].sum() == pytest.approx(1)
    assert sorted(table["rank"]) == list(range(1, len(table) + 1))
    assert table["median"].idxmax() == table["rank"].idxmin()


def test_only_whole_quarters_are_ranked(r: Reconciliation) -> None:
    table = rates.quarters(r)
    assert table.index[0] >= r.start
    assert table.index[-1] + pd.offsets.QuarterEnd(0) <= r.end


def test_three_weeks_hold_no_quarter_and_no_year() -> None:
    weeks = da.reconcile(printed(steady(3)))
    with pytest.raises(ReconcileError, match="no whole quarter lies between 2021-01-04"):
        rates.quarters(weeks)
    with pytest.raises(ReconcileError, match="no year begins between 2021-01-04"):
        rates.year_comparison(weeks)
