"""Figures that contradict each other by many powers of ten give wide intervals, never NaN."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis.errors import ReconcileError


def contradicting(seed: int, lowest: float, highest: float) -> pd.DataFrame:
    """Return weeks, months and running totals, each with a value out of the air."""
    rng = np.random.default_rng(seed)
    rows = []
    for first in pd.date_range("2022-01-03", periods=80, freq="7D"):
        for period, days in (("week", 6), ("month", 27), ("cumulative", 200)):
            last = first + pd.Timedelta(days, "D")
            value = 10 ** rng.uniform(lowest, highest)
            days_counted = {"period_start": first, "period_end": last}
            rows.append({"period": period, "value": value, **days_counted})
    return statements(*rows)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("lowest", "highest"), [(-3, 8), (0, 14), (-6, 14)])
def test_contradictions_are_refused_or_leave_wide_intervals(
    seed: int, lowest: float, highest: float
) -> None:
    rows = contradicting(seed, lowest, highest)
    try:
        r = da.reconcile(rows, draws=100)
    except ReconcileError as error:
        assert "contradict each other" in str(error)  # noqa: PT017 - either outcome is right
        return
    year = r.total("2022-01-03", "2022-12-31")
    assert year["upper_95"] > 2 * year["lower_95"] > 0
    for frame in (r.weekly(), r.residuals(), r.shares(), r.predict(rows.head(20))):
        assert np.isfinite(frame.to_numpy()).all()
    assert np.isfinite(da.project(r, "2024-12-31").annual().to_numpy()).all()


@pytest.mark.parametrize(
    "values", [[10, 1000], [10, 1000, 100_000], [10.0**power for power in range(-3, 9)]]
)
def test_one_week_with_every_value_is_refused(values: list[float]) -> None:
    week = {"period": "week", "period_start": "2023-01-02", "period_end": "2023-01-08"}
    rows = statements(*({**week, "value": float(value)} for value in values))
    with pytest.raises(ReconcileError, match=r"contradict each other: .* cannot be true .* audit"):
        da.reconcile(rows)


def test_a_single_figure_contradicts_nothing() -> None:
    week = {"period": "week", "period_start": "2023-01-02", "period_end": "2023-01-08"}
    found = da.reconcile(statements({**week, "value": 100.0})).weekly().iloc[0]
    assert found["lower_95"] < 100 < found["upper_95"]
