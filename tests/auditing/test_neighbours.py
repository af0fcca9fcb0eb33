"""What notices of a kind around a figure say of it, against hand-made weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.auditing.neighbours import (
    as_sure_as_neighbours,
    calibrated,
    far_from_neighbours,
)


def weeks(values: list[float], *, operator: str = "all") -> pd.DataFrame:
    start = pd.date_range("2024-01-01", periods=len(values), freq="7D")
    return pd.DataFrame(
        {
            "kind": "week",
            "day_share": 0.0,
            "operator": operator,
            "start": start,
            "end": start + pd.Timedelta(days=6),
            "log": np.log(values),
            "spread": 0.4,
        }
    )


def test_one_week_far_from_the_others_is_far() -> None:
    figures = weeks([100, 120, 90, 1000, 110, 95, 105, 98, 102])
    assert figures.index[far_from_neighbours(figures)].to_list() == [3]


def test_weeks_of_other_operators_are_no_neighbours() -> None:
    own, other = weeks([1000], operator="one"), weeks([100] * 8)
    assert not far_from_neighbours(pd.concat([own, other], ignore_index=True)).any()


def test_a_week_without_its_own_evidence_is_as_sure_as_those_beside_it() -> None:
    left_out = weeks([100]).assign(spread=1.2)
    kept = weeks([100] * 9).assign(spread=[0.5] * 8 + [9.0])
    assert as_sure_as_neighbours(left_out, kept)["spread"].to_list() == [0.5]
    assert as_sure_as_neighbours(left_out, kept.head(2))["spread"].to_list() == [1.2]


def test_spreads_fit_how_far_figures_lie_off() -> None:
    draws = np.random.default_rng(0).normal(size=4000)
    figures = weeks([100] * 4000).assign(z=0.8 * draws)
    trusted = pd.Series(data=True, index=figures.index)
    factor = calibrated(figures, trusted)["spread"] / figures["spread"]
    assert abs(factor.iloc[0] - 0.8) < 0.03  # 80% as far off as said: spreads were too wide


def test_a_few_figures_calibrate_nothing() -> None:
    figures = weeks([100] * 19).assign(z=0.1)
    trusted = pd.Series(data=True, index=figures.index)
    assert (calibrated(figures, trusted)["spread"] == 0.4).all()
