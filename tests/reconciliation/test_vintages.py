from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements
from invented import printed, steady

import demine_analysis as da
from demine_analysis.errors import ParameterError

YEAR = {"period": "year", "period_start": "2023-01-01", "period_end": "2023-12-31"}


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Two figures of a year: one of January, another that came out eight months later."""
    return statements(
        {**YEAR, "value": 1000.0, "published": "2024-01-20"},
        {**YEAR, "value": 1300.0, "published": "2024-09-20"},
        {**YEAR, "value": 1300.0, "published": "2024-09-21", "period_end": "2023-12-31"},
    )


@pytest.mark.parametrize(
    ("as_of", "says"),
    [("2024-01-01", r"as_of must be a list of dates, such as \['2024-01-01'\]"), ([], "at least")],
)
def test_days_that_are_no_list_are_refused(rows: pd.DataFrame, as_of: object, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        da.vintages(rows, "2023-01-01", "2023-12-31", as_of)  # type: ignore[arg-type]  # on purpose


def test_an_estimate_moves_as_figures_come_out(rows: pd.DataFrame) -> None:
    early = rows.iloc[:1]
    found = da.vintages(early, "2023-01-01", "2023-12-31", ["2024-01-01", "2024-01-31"])
    assert found["median"].isna().tolist() == [True, False]
    assert found["figures"].tolist() == [0, 1]
    assert found["median"].iloc[1] == pytest.approx(1000, rel=0.01)


def test_each_day_is_the_reconciliation_of_that_day() -> None:
    weekly = printed(steady())
    days = ["2023-06-30", "2023-12-31", "2024-03-31"]
    found = da.vintages(weekly, "2023-01-01", "2023-12-31", days)
    assert found.index.tolist() == [pd.Timestamp(day) for day in days]
    for day, row in zip(days, found.to_dict("records"), strict=True):
        then = da.reconcile(weekly, as_of=day)
        last = min(then.end, pd.Timestamp("2023-12-31"))
        assert row["through"] == last
        assert row["median"] == then.total("2023-01-01", last)["median"]
    # Weeks known exactly: intervals as narrow, and the truth in them.
    true = steady()[104:156].sum()
    assert found["median"].iloc[-1] == pytest.approx(true, rel=0.02)
    assert found["figures"].is_monotonic_increasing


def test_days_are_month_ends_as_far_as_anything_was_published() -> None:
    weekly = printed(steady())
    found = da.vintages(weekly, "2024-10-01", "2024-12-29")
    assert found.index.tolist() == list(pd.date_range("2024-10-31", "2024-12-31", freq="ME"))


def test_days_the_wrong_way_round_are_refused(rows: pd.DataFrame) -> None:
    with pytest.raises(ParameterError, match="end must not be before start"):
        da.vintages(rows, "2023-12-31", "2023-01-01")


def test_first_estimates_of_exact_weeks_hold() -> None:
    found = da.first_estimates(printed(steady()))
    assert set(found["period"]) == {"quarter", "year"}
    assert (found["as_of"] - found["period_end"] == pd.Timedelta(days=31)).all()
    assert np.allclose(found["now"], found["median"], rtol=0.02)
    assert found["held"].mean() > 0.7
