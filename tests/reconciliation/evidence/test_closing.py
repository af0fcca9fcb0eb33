"""Books closed on Fridays: running totals told later, and months made of weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis.reconciliation.evidence.gathering import gather
from demine_analysis.scope import Scope

FRIDAYS = pd.date_range("2023-01-06", periods=60, freq="W-FRI")
WORK = np.random.default_rng(3).integers(500, 1500, 60).astype(float)
DAY = pd.Timedelta(days=1)
FIRST = FRIDAYS[0] - 6 * DAY


def week(n: int) -> dict[str, object]:
    return {"period": "week", "period_start": FRIDAYS[n] - 6 * DAY, "period_end": FRIDAYS[n],
            "value": WORK[n]}  # fmt: skip


def total(n: int, *, late: int) -> dict[str, object]:
    """Return the running total of a Friday, told so many days later."""
    return {"period": "cumulative", "period_start": FIRST, "period_end": FRIDAYS[n] + late * DAY,
            "value": 20_001 + WORK[: n + 1].sum()}  # fmt: skip


def told(*, late: int) -> pd.DataFrame:
    """Return a notice of two weeks in three, and totals of all: each second one late."""
    weeks = [week(n) for n in range(60) if n % 3]
    totals = [total(n, late=late * (n % 2)) for n in range(60)]
    return statements(*weeks, *totals)


def test_totals_of_later_days_are_those_of_the_last_closing() -> None:
    evidence = gather(told(late=4), Scope())
    assert evidence.closings == {"all": 4}
    totals = evidence.figures[evidence.figures["kind"] == "total"]
    assert totals["end"].to_list() == FRIDAYS.to_list()


def test_days_are_kept_that_figures_agree_with_as_printed() -> None:
    assert not gather(told(late=0), Scope()).closings


def test_a_late_total_does_not_move_the_weeks_beside_it() -> None:
    """A week between two totals is their difference, whatever the days they are told on."""
    frame = told(late=4)
    done = da.reconcile(frame[frame["period_start"] != week(31)["period_start"]])
    expected = done.predict(statements(week(31))).iloc[0]
    assert expected["median"] == pytest.approx(WORK[31], rel=0.15)
    assert expected["lower_95"] < WORK[31] < expected["upper_95"]


def test_a_month_that_begins_within_a_week_is_sure_to_that_week() -> None:
    """Of April 2023, which begins on a Saturday, all days are sure; of May not, nor of June."""
    months = [
        {"period": "month", "period_start": first, "period_end": last, "value": 3333.0}
        for first, last in (
            ("2023-04-01", "2023-04-21"), ("2023-05-01", "2023-05-23"), ("2023-06-01", "2023-06-30")
        )
    ]  # fmt: skip
    figures = gather(pd.concat([told(late=4), statements(*months)]), Scope()).figures
    ours = figures[figures["value"] == 3333]
    assert ours["end"].dt.strftime("%m-%d").to_list() == ["04-21", "05-19", "06-30"]
    # The spread of a day that may be any of seven: 7 / sqrt(12).
    assert ours["days_unsure"].to_list() == pytest.approx([0, 2.0207, 2.0207], abs=1e-3)
