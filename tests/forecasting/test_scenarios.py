from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from invented import printed, steady

import demine_analysis as da
from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation.result import Reconciliation


@pytest.fixture(scope="module")
def r() -> Reconciliation:
    return da.reconcile(printed(steady()), draws=200)


def annual(r: Reconciliation, scenario: str = "status_quo", **options: object) -> pd.Series:
    p = da.project(r, "2029-12-31", scenario, **options)  # type: ignore[arg-type]  # by scenario
    return p.annual()["median"]


def test_growth_multiplies_year_by_year(r: Reconciliation) -> None:
    ratio = annual(r, "growth", growth=10) / annual(r)
    # From the end of 2024 on: the middle of 2029 lies 4.5 years ahead.
    assert ratio["2029"].item() == pytest.approx(1.1**4.5, rel=0.01)
    assert ratio["2026"].item() == pytest.approx(1.1**1.5, rel=0.01)


def test_growth_of_nothing_is_the_status_quo(r: Reconciliation) -> None:
    pd.testing.assert_series_equal(annual(r, "growth", growth=0), annual(r))


def test_shrinking_goes_towards_nothing(r: Reconciliation) -> None:
    assert annual(r, "growth", growth=-100)["2026"].item() < 1e-6


def test_a_pause_stops_work_on_its_days_alone(r: Reconciliation) -> None:
    p = da.project(r, "2027-12-31", "pause", pause=("2026-03-02", "2026-04-05"))
    same = da.project(r, "2027-12-31")
    assert p.weekly().loc["2026-03-02":"2026-03-30"].to_numpy().max() < 1e-6
    pd.testing.assert_frame_equal(p.weekly().loc["2026-04-06":], same.weekly().loc["2026-04-06":])
    pd.testing.assert_frame_equal(p.weekly().loc[:"2026-02-23"], same.weekly().loc[:"2026-02-23"])


def test_a_pause_that_is_over_is_refused(r: Reconciliation) -> None:
    with pytest.raises(ParameterError, match=r"pause must end on or after .* got"):
        da.project(r, scenario="pause", pause=("2010-01-01", "2010-02-01"))


def test_a_pause_within_a_week_takes_its_share(r: Reconciliation) -> None:
    p = da.project(r, "2026-12-31", "pause", pause=("2026-03-02", "2026-03-03"))
    ratio = p.weekly()["median"] / da.project(r, "2026-12-31").weekly()["median"]
    assert ratio["2026-03-02":"2026-03-02"].item() == pytest.approx(5 / 7)


def test_a_multiplier_holds_from_its_date_on(r: Reconciliation) -> None:
    steps = pd.Series({pd.Timestamp("2027-01-04"): 2.0, pd.Timestamp("2028-01-03"): 0.5})
    found = da.project(r, "2029-12-31", "multiplier", multiplier=steps).weekly()["median"]
    ratio = found / da.project(r, "2029-12-31").weekly()["median"]
    assert np.allclose(ratio.loc[:"2026-12-28"], 1)
    assert np.allclose(ratio.loc["2027-01-04":"2027-12-27"], 2)
    assert np.allclose(ratio.loc["2028-01-03":], 0.5)


@pytest.mark.parametrize(
    ("scenario", "options", "message"),
    [
        ("growht", {}, r"one of status_quo, growth, pause, multiplier \(did you mean growth\?\)"),
        ("growth", {"growth": -150}, "from -100 to 1,000, got -150"),
        ("growth", {}, "needs growth"),
        ("status_quo", {"growth": -101}, "from -100 to 1,000"),
        ("status_quo", {"growth": 5}, "growth goes with scenario='growth'"),
        ("pause", {"pause": ("2026-02-01", "2026-01-01")}, "must not end before it starts"),
        ("pause", {"pause": ("2026-02-01",)}, "must be two dates"),
        ("pause", {"pause": ("soon", "later")}, "each date of pause must be a date"),
        ("multiplier", {"multiplier": pd.Series([1.0])}, "a Series with dates as its index"),
        (
            "multiplier",
            {"multiplier": pd.Series({pd.Timestamp("2026-01-01"): -1.0})},
            "numbers from 0 to 1,000",
        ),
    ],
)
def test_impossible_scenarios_say_why(
    r: Reconciliation, scenario: str, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        annual(r, scenario, **options)
