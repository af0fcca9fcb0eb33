"""Notices of one day: 24 hours of two dates, days that differ within a week, days of rest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements
from strategies import weekly_programme, weeks_of

import demine_analysis as da
from demine_analysis.auditing import audit
from demine_analysis.reconciliation.evidence.gathering import gather
from demine_analysis.scope import Scope

WEEKS = weeks_of(np.full(40, 700.0))
DAY = pd.Timedelta(days=1)


def day(week: int, weekday: int, value: float, *, dates: int = 2) -> dict[str, object]:
    """Return a notice of the 24 hours from the morning of a weekday on, told the day after."""
    first = WEEKS.index[week] + weekday * DAY
    return {
        "statement_id": f"day-{week}-{weekday}",
        "period": "day",
        "period_start": first,
        "period_end": first + (dates - 1) * DAY,
        "value": value,
    }


def weekly(*, without: tuple[int, ...] = ()) -> pd.DataFrame:
    """Return notices of 700 ha a week, but for some weeks."""
    frame = weekly_programme(WEEKS.to_list()).statements
    return frame[~frame["period_start"].isin(WEEKS.index[list(without)])]


def with_days(*days: dict[str, object], without: tuple[int, ...] = ()) -> pd.DataFrame:
    return pd.concat([weekly(without=without), statements(*days)], ignore_index=True)


@pytest.mark.parametrize("dates", [1, 2])
def test_24_hours_of_two_dates_are_one_day(dates: int) -> None:
    days = [day(week, 1, 100.0, dates=dates) for week in range(0, 40, 2)]
    done = da.reconcile(with_days(*days, without=(20,)))
    printed = done.predict(with_days(day(11, 2, 0.0, dates=dates)).tail(1))
    assert printed["median"].iloc[0] == pytest.approx(100, rel=0.03)
    assert done.weekly()["median"].iloc[20] == pytest.approx(700, rel=0.1)


def test_a_day_ends_with_the_running_total_of_its_page() -> None:
    """In a week of 700 that begins at 7,000, Tuesday's notice and total leave 6,900 for Monday."""
    total = {"period": "cumulative", "period_start": WEEKS.index[0]}
    tuesday = WEEKS.index[10] + DAY
    rows = statements(
        {**total, "period_end": tuesday - DAY, "value": 7050.0},
        {**total, "period_end": tuesday, "value": 7150.0},
        {**day(10, 0, 100.0)},
    )
    done = da.reconcile(pd.concat([weekly(), rows], ignore_index=True))
    told = done.residuals()
    assert told.loc["day-10-0", "median"] == pytest.approx(100, rel=0.03)


def test_a_day_may_differ_from_its_week() -> None:
    """Days of a week whose logs differ by 0.5: four in five lie within a factor of 1.9."""
    rng = np.random.default_rng(1)
    days = [day(n, n % 6, 100 * np.exp(0.5 * rng.standard_normal())) for n in range(40)]
    told = da.reconcile(with_days(*days)).residuals()
    ours = told[told.index.str.startswith("day")]
    inside = ours["printed"].between(ours["lower_80"], ours["upper_80"]).mean()
    assert 0.7 < inside < 0.92
    assert (ours["set_aside"] < 0.2).all()


def sundays(values: tuple[float, ...]) -> pd.DataFrame:
    """Return weeks of 700, notices of weekdays about 110, and three of Sundays."""
    rng = np.random.default_rng(2)
    usual = [day(n, n % 5, round(110 * np.exp(0.3 * rng.standard_normal()), 1)) for n in range(30)]
    rest = [day(n, 6, value) for n, value in zip((8, 16, 31), values, strict=True)]
    return with_days(*usual, *rest, without=(31,))


def test_a_day_of_rest_does_not_empty_its_week() -> None:
    done = da.reconcile(sundays((6.0, 11.0, 4.0)))
    assert done.weekly()["median"].iloc[31] == pytest.approx(700, rel=0.15)
    share = gather(sundays((6.0, 11.0, 4.0)), Scope()).weekdays
    # Six days of 110 and one of 6 are 666 in seven days: 95 a day.
    assert np.exp(share[6]) == pytest.approx(6 / 95, rel=0.2)
    assert np.exp([share[n] for n in range(6)]) == pytest.approx(110 / 95, rel=0.05)


def test_weekdays_that_differ_now_and_then_are_no_days_of_rest() -> None:
    assert not gather(sundays((6.0, 120.0, 4.0)), Scope()).weekdays
    assert not gather(sundays((60.0, 80.0, 70.0)), Scope()).weekdays


def test_a_day_is_expected_by_the_day() -> None:
    """Sundays are not misprinted for being days of rest; a day printed tenfold is."""
    frame = sundays((6.0, 11.0, 4.0))
    assert audit(frame).empty
    tenfold = frame["statement_id"] == "day-17-2"
    true = frame.loc[tenfold, "value"].iloc[0]
    found = audit(frame.assign(value=frame["value"].mask(tenfold, 10 * true)))
    assert found["statement_id"].tolist() == ["day-17-2"]
    assert found["likely_reading"].tolist() == ["decimal_point"]
    assert found["likely_value"].tolist() == pytest.approx([true])


def test_a_year_to_date_that_holds_a_day_begins_with_its_year() -> None:
    """A total that begins alone counts from when it says, unless it reaches into other totals."""
    early = {"period": "year_to_date", "period_start": "2018-01-01", "period_end": "2018-07-03"}
    within = {"period": "day", "period_start": "2018-07-02", "period_end": "2018-07-03"}
    rows = statements({**early, "value": 18_400.0}, {**within, "value": 100.0})
    done = da.reconcile(pd.concat([weekly(), rows], ignore_index=True))
    assert done.start == pd.Timestamp("2018-01-01")
    assert done.total("2018-01-01", "2018-07-03")["median"] == pytest.approx(18_400, rel=0.02)


def test_a_week_with_both_its_fridays_counts_seven_days() -> None:
    """Totals a week apart grow by what the notice between them prints."""
    total = {"period": "cumulative", "period_start": WEEKS.index[0]}
    friday = WEEKS.index[10] + 4 * DAY
    rows = statements(
        {**total, "period_end": friday, "value": 7500.0},
        {**total, "period_end": friday + 7 * DAY, "value": 8200.0},
        {"period": "week", "period_start": friday, "period_end": friday + 7 * DAY, "value": 700.0,
         "statement_id": "both"},
    )  # fmt: skip
    done = da.reconcile(pd.concat([weekly(), rows], ignore_index=True))
    assert done.predict(rows.tail(1))["median"].iloc[0] == pytest.approx(700, rel=0.01)
    assert done.residuals().loc["both", "median"] == pytest.approx(700, rel=0.01)


def test_eight_days_that_are_no_week_are_eight() -> None:
    friday = WEEKS.index[10] + 4 * DAY
    rows = statements(
        {"period": "other", "period_start": friday, "period_end": friday + 7 * DAY, "value": 800.0}
    )
    done = da.reconcile(pd.concat([weekly(), rows], ignore_index=True))
    assert done.predict(rows)["median"].iloc[0] == pytest.approx(800, rel=0.02)
