from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from invented import at, printed, row, steady

import demine_analysis as da
from demine_analysis.errors import ParameterError, ReconcileError
from demine_analysis.forecasting import Projection
from demine_analysis.reconciliation.intervals import COLUMNS
from demine_analysis.reconciliation.result import Reconciliation

DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


@pytest.fixture(scope="module")
def r(statements: pd.DataFrame) -> Reconciliation:
    return da.reconcile(statements)


@pytest.fixture(scope="module")
def p(r: Reconciliation) -> Projection:
    return da.project(r, "2035-12-31")


def test_frames_are_interval_frames(p: Projection) -> None:
    for frame in (p.weekly(), p.monthly(), p.annual(), p.cumulative()):
        assert list(frame.columns) == COLUMNS
        assert frame.index.name == "period_start"
        assert (frame["lower_95"] <= frame["median"]).all()
        assert (frame["median"] <= frame["upper_95"]).all()
        assert np.isfinite(frame.to_numpy()).all()


def test_weeks_go_on_where_the_data_end(r: Reconciliation, p: Projection) -> None:
    assert p.weekly().index[0] == r.weeks[-1] + 7 * DAY
    assert p.weekly().index[-1] <= pd.Timestamp("2035-12-31")
    assert {pd.Timestamp(day).weekday() for day in p.weekly().index} == {0}


def test_the_first_month_and_year_hold_what_was_done(r: Reconciliation, p: Projection) -> None:
    year = p.start.replace(month=1, day=1)
    done = r.total(year, r.weeks[-1] + 6 * DAY)
    assert p.annual().index[0] == year
    assert float(p.annual()["lower_95"].iloc[0]) > done["lower_95"]
    assert p.monthly().index[0] == p.start.replace(day=1)


def test_draws_of_months_add_up_to_the_year(p: Projection) -> None:
    starts = pd.date_range("2027-01-01", "2027-12-01", freq="MS")
    months = [p.total_draws(first, first + pd.offsets.MonthEnd(0)) for first in starts]
    year = p.total_draws(pd.Timestamp("2027-01-01"), pd.Timestamp("2027-12-31"))
    np.testing.assert_allclose(np.sum(months, axis=0), year, rtol=1e-9)


def test_past_days_are_the_reconciled_ones(r: Reconciliation, p: Projection) -> None:
    past = p.total("2023-01-01", "2023-12-31")
    pd.testing.assert_series_equal(past, r.total("2023-01-01", "2023-12-31"))


def test_a_steady_programme_goes_on_at_its_pace() -> None:
    r = da.reconcile(printed(steady()))
    year = row(da.project(r, "2026-12-31").annual(), "2026-01-01")
    assert year["median"] == pytest.approx(52.2 * 700, rel=0.05)


def test_ten_years_ahead_stay_sane(p: Projection, r: Reconciliation) -> None:
    last_year = r.total("2024-01-01", "2024-12-31")["median"]
    far = row(p.annual(), "2035-01-01")
    assert 0.5 * last_year < far["lower_80"] < far["upper_80"] < 2 * last_year


def test_further_ahead_is_less_certain(p: Projection) -> None:
    annual = p.annual()
    width = (annual["upper_80"] - annual["lower_80"]) / annual["median"]
    near, later, far = width.iloc[0], width.iloc[1], width.iloc[5]
    assert far > later > near


def test_summers_are_faster_than_winters(p: Projection) -> None:
    months = p.monthly()["median"]
    assert float(months["2027-07"].iloc[0]) > 1.5 * float(months["2027-01"].iloc[0])


def test_same_seed_same_numbers(r: Reconciliation) -> None:
    first, second = (da.project(r, "2027-12-31", seed=3).weekly() for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    other = da.project(r, "2027-12-31", seed=4).weekly()
    assert not np.array_equal(first.to_numpy(), other.to_numpy())


def test_the_number_of_draws_changes_little(r: Reconciliation) -> None:
    few, many = (da.project(r, "2026-12-31", draws=n).annual() for n in (500, 3000))
    np.testing.assert_allclose(few["median"], many["median"], rtol=0.03)


def test_the_probability_falls_with_the_target(p: Projection) -> None:
    chances = [
        p.probability(total_at_least=area, by="2026-12-31", since="2026-01-01")
        for area in (1, 40_000, 60_000, 80_000, 1e9)
    ]
    assert chances == sorted(chances, reverse=True)
    assert (chances[0], chances[-1]) == (1.0, 0.0)
    assert p.probability(total_at_least=100_000, by="2025-12-31") == 1.0


def test_the_median_is_reached_half_the_time(p: Projection) -> None:
    half = at(p.annual(), "2027-01-01", "median")
    chance = p.probability(total_at_least=half, by="2027-12-31", since="2027-01-01")
    assert chance == pytest.approx(0.5, abs=0.01)


def test_predicted_statements_keep_their_index(p: Projection, statements: pd.DataFrame) -> None:
    week = statements[statements["statement_id"] == "azernews-20250714.01"]
    later = week.assign(
        period_start=pd.Timestamp("2026-07-06"), period_end=pd.Timestamp("2026-07-12")
    )
    found = p.predict(later)
    assert found.index.equals(later.index)
    assert 500 < found["median"].iloc[0] < 4000


def test_notices_of_unstated_scope_print_less_than_the_whole(
    p: Projection, statements: pd.DataFrame
) -> None:
    week = statements[statements["statement_id"] == "azernews-20250714.01"]
    days = {"period_start": pd.Timestamp("2026-07-06"), "period_end": pd.Timestamp("2026-07-12")}
    whole, part = (p.predict(week.assign(operator=who, **days)) for who in ("all", "unstated"))
    assert part["median"].iloc[0] < whole["median"].iloc[0]
    assert part["upper_95"].iloc[0] / part["lower_95"].iloc[0] > (
        whole["upper_95"].iloc[0] / whole["lower_95"].iloc[0]
    )


@pytest.mark.slow
def test_operators_add_up_to_the_country(statements: pd.DataFrame) -> None:
    p = da.project(da.reconcile(statements, operator="ANAMA"), "2027-12-31")
    weekly = [p.extended.weekly_draws(part) for part in p.extended.parts]
    np.testing.assert_allclose(np.sum(weekly, axis=0), p.extended.weekly_draws("all"), rtol=1e-9)
    assert at(p.annual(), "2027-01-01", "median") < at(p.annual("all"), "2027-01-01", "median")


@pytest.mark.slow
def test_records_project_too() -> None:
    r = da.reconcile(da.load_records("colombia"))
    far = da.project(r, "2018-12-31").annual()
    assert np.isfinite(far.to_numpy()).all()


def test_a_single_figure_projects_with_wide_intervals() -> None:
    r = da.reconcile(printed(np.array([700.0])))
    year = row(da.project(r, "2022-12-31").annual(), "2022-01-01")
    assert year["upper_95"] > 1.2 * year["lower_95"] > 0


@pytest.mark.parametrize("horizon", ["2027-06-30", "2041-12-31"])
def test_a_year_is_the_same_whatever_the_horizon(r: Reconciliation, horizon: str) -> None:
    short, other = da.project(r, "2026-12-31"), da.project(r, horizon)
    pd.testing.assert_series_equal(short.total("2026"), other.total("2026"))


def test_a_year_of_several_operators_is_the_same_whatever_the_horizon() -> None:
    ukraine = da.reconcile(da.load_statements("ukraine"), "explosive_items")
    assert len(ukraine.parts) > 1
    short, other = da.project(ukraine, "2026-12-31"), da.project(ukraine, "2028-12-31")
    pd.testing.assert_series_equal(short.total("2026"), other.total("2026"))


@pytest.mark.parametrize("until", ["2024-12-31", "2023-12-31", "1999-01-01", "2500-01-01"])
def test_a_horizon_before_the_datas_end_is_refused(r: Reconciliation, until: str) -> None:
    last = r.weeks[-1] + 6 * DAY
    with pytest.raises(ParameterError, match=f"until must be after {last:%Y-%m-%d}, the last week"):
        da.project(r, until)


def test_a_horizon_that_is_no_date_is_refused(r: Reconciliation) -> None:
    with pytest.raises(ParameterError, match=r"until must be a date, written .*got 'soon'"):
        da.project(r, "soon")


def test_no_draws_are_refused(r: Reconciliation) -> None:
    with pytest.raises(ParameterError, match="draws must be a whole number, 1 or more, got 0"):
        da.project(r, "2026-12-31", draws=0)


def test_days_beyond_the_horizon_are_refused(p: Projection) -> None:
    with pytest.raises(ParameterError, match=r"days must lie between .* and the horizon"):
        p.total("2036-01-01", "2036-12-31")


def test_nothing_to_predict_is_refused(p: Projection, statements: pd.DataFrame) -> None:
    with pytest.raises(ParameterError, match="no statements to predict"):
        p.predict(statements.head(0))


def test_another_metric_is_refused(p: Projection, statements: pd.DataFrame) -> None:
    mines = statements[statements["metric"] == "anti_personnel_mines"]
    mines = mines[mines["period_start"] > "2023-01-01"].head(1)
    with pytest.raises(ReconcileError, match="do not count area_cleared"):
        p.predict(mines)


def test_a_quarter_of_the_draws_know_no_season() -> None:
    """Summers are ten times winters, so a January without a season is several times a usual one."""
    weeks = np.arange(208)
    weekly = steady() * np.exp(-1.15 * np.cos(2 * np.pi * weeks * 7 / 365.25))
    r = da.reconcile(printed(weekly), draws=800)
    january = pd.Timestamp("2026-01-01")
    ahead = da.project(r, "2026-03-31").total_draws(january, january + 30 * DAY)
    usual = np.median(ahead)
    assert 0.15 < (ahead > 2 * usual).mean() < 0.35
