"""What the projection report draws agrees with the projection, and says why where there is none."""

from __future__ import annotations

import pandas as pd
import pytest

import demine_analysis as da
from demine_analysis.report import findings, outlook, series
from demine_analysis.scope import Scope


@pytest.fixture(scope="module")
def reconciled() -> series.Series:
    return series.series(da.load_statements("azerbaijan"), Scope())


@pytest.fixture(scope="module")
def ahead(reconciled: series.Series) -> outlook.Outlook:
    return outlook.outlook(reconciled, until="2027-12-31")


def test_fan_continues_the_history(ahead: outlook.Outlook, reconciled: series.Series) -> None:
    fan, history = ahead.cumulative(), reconciled.cumulative()
    assert fan.index.min() > history.index.max()
    assert fan["median"].iloc[0] > history["median"].iloc[-1]
    assert fan["median"].is_monotonic_increasing
    assert fan.index.max() + pd.Timedelta(days=6) <= pd.Timestamp("2027-12-31")


def test_fan_has_one_row_a_month(ahead: outlook.Outlook) -> None:
    assert not pd.DatetimeIndex(ahead.cumulative().index).to_period("M").has_duplicates


def test_completion_grows_likelier_every_year(ahead: outlook.Outlook) -> None:
    done = ahead.done()
    assert (done.diff().dropna() >= 0).all().all()
    assert findings.completion(done).startswith("The chance that clearance is")


def test_larger_estimates_are_cleared_later(ahead: outlook.Outlook) -> None:
    dates = ahead.dates()
    single = dates[dates["contaminated_area"] != "mixture"]
    assert single["contaminated_area"].is_monotonic_increasing
    assert single["median"].is_monotonic_increasing


def test_pace_needed_is_area_left_over_days(reconciled: series.Series) -> None:
    given = outlook.outlook(reconciled, until="2027-12-31", contaminated_area=1_000_000)
    assert reconciled.reconciliation is not None
    done = reconciled.reconciliation
    cleared = done.total(done.start, done.end)["median"]
    days = (pd.Timestamp("2030-12-31") - done.end).days
    needed = given.required_rate()
    assert needed["median"][2030] == pytest.approx((1_000_000 - cleared) / days)
    assert needed["median"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"until": "2020-01-01"}, "until must be after"),
        ({"until": "2027-12-31", "contaminated_area": 1000.0}, "contaminated_area must be larger"),
    ],
)
def test_impossible_outlooks_say_why(
    reconciled: series.Series, options: dict[str, object], words: str
) -> None:
    found = outlook.outlook(reconciled, **options)  # type: ignore[arg-type]  # options differ
    assert words in found.reason
    assert found.done().empty
    assert found.dates().empty
    assert found.required_rate().empty


def test_pause_clears_nothing_for_a_year(reconciled: series.Series) -> None:
    found = outlook.outlook(reconciled, until="2026-07-31", scenario="pause")
    fan = found.cumulative()["median"]
    assert fan.iloc[-1] == pytest.approx(fan.iloc[1], rel=1e-6)


def test_growth_clears_more(reconciled: series.Series, ahead: outlook.Outlook) -> None:
    grown = outlook.outlook(reconciled, until="2027-12-31", scenario="growth", growth=20.0)
    assert grown.cumulative()["median"].iloc[-1] > ahead.cumulative()["median"].iloc[-1]


def test_nothing_reconciled_gives_nothing_ahead() -> None:
    nothing = series.Series(Scope(), None, "no figures")
    found = outlook.outlook(nothing, until="2027-12-31")
    assert found.reason == "no figures"
    assert found.cumulative().empty
    assert found.annual().empty
