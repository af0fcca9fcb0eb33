"""Arguments that are not allowed end in one clear error that says what is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import statements

import demine_analysis as da
from demine_analysis import arguments
from demine_analysis.errors import DemineError, ParameterError
from demine_analysis.reconciliation.casualties import victims

DATES = pd.date_range("2024-06-03", periods=2)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    mondays = pd.date_range("2023-01-02", periods=60, freq="7D")
    weeks = {"period": "week", "value": 100.0}
    return statements(
        *(
            {**weeks, "period_start": day, "period_end": day + pd.Timedelta(6, "D")}
            for day in mondays
        )
    )


@pytest.fixture(scope="module")
def r(rows: pd.DataFrame) -> da.Reconciliation:
    return da.reconcile(rows, draws=20)


@pytest.mark.parametrize(
    "written",
    ["2024-12-31", "2024-12-31 23:59", "2024-12-31T10:00+04:00", pd.Timestamp("2024-12-31").date(),
     pd.Timestamp("2024-12-31", tz="UTC"), np.datetime64("2024-12-31")],
)  # fmt: skip
def test_a_day_is_read_however_it_is_given(written: object) -> None:
    assert arguments.day(written, "as_of") == pd.Timestamp("2024-12-31")


@pytest.mark.parametrize(
    "other",
    ["", "soon", "31.12.2023", "01/02/2023", "2024", "2024-13-01", "2023-02-30", None, pd.NaT,
     np.nan, 5, 20231231, [], ["2024-12-31"], np.datetime64("NaT", "us")],
)  # fmt: skip
def test_what_is_no_day_is_refused(other: object) -> None:
    with pytest.raises(ParameterError, match="as_of must be a date, written YYYY-MM-DD"):
        arguments.day(other, "as_of")


Call = Callable[[pd.DataFrame, da.Reconciliation], object]

REFUSED: dict[str, tuple[Call, str]] = {
    # reconcile
    "no draws": (lambda s, _: da.reconcile(s, draws=0), "from 1 to 10,000, got 0"),
    "draws below nought": (lambda s, _: da.reconcile(s, draws=-1), "draws must be a whole"),
    "half a draw": (lambda s, _: da.reconcile(s, draws=1.5), "draws must be"),  # type: ignore[arg-type]  # refused
    "draws beyond memory": (lambda s, _: da.reconcile(s, draws=10**7), "got 10000000"),
    "seed as text": (lambda s, _: da.reconcile(s, seed="0"), "seed must be a whole number, 0 or"),  # type: ignore[arg-type]  # refused
    "seed below nought": (lambda s, _: da.reconcile(s, seed=-1), "seed must be"),
    "no seed": (lambda s, _: da.reconcile(s, seed=None), "seed must be"),  # type: ignore[arg-type]  # refused
    "as_of in words": (lambda s, _: da.reconcile(s, as_of="soon"), "as_of must be a date"),
    "as_of before all": (
        lambda s, _: da.reconcile(s, as_of="2019-01-01"),
        "published by 2019-01-01",
    ),
    "unknown metric": (lambda s, _: da.reconcile(s, "areas_cleared"), "did you mean area_cleared"),
    "no metric": (lambda s, _: da.reconcile(s, None), "metric must be one of"),  # type: ignore[arg-type]  # refused
    "no operator": (lambda s, _: da.reconcile(s, operator=None), "operator must be a name"),  # type: ignore[arg-type]  # refused
    "unknown operator": (lambda s, _: da.reconcile(s, operator="X"), "no figure .* names operator"),
    "no district": (lambda s, _: da.reconcile(s, district=None), "district must be one of"),  # type: ignore[arg-type]  # refused
    "unknown district": (lambda s, _: da.reconcile(s, district="Agdm"), "district must be one of"),
    "empty land use": (lambda s, _: da.reconcile(s, land_use=""), "land_use must be a name"),
    "unknown land use": (
        lambda s, _: da.reconcile(s, land_use="farm"),
        "land_use must be one of all, got",
    ),
    "scales in words": (lambda s, _: da.reconcile(s, scales="x"), "scales must be a Scales"),  # type: ignore[arg-type]  # refused
    # Reconciliation
    "total in words": (lambda _, r: r.total("x", "2023-02-01"), "start must be a date"),
    "total of no period": (lambda _, r: r.total("February"), "must be a period such as 2024"),
    "total before the data": (lambda _, r: r.total("2019-01-01", "2023-02-01"), "not inside"),
    "nothing predicted": (lambda _, r: r.predict(None), "statements must be a DataFrame"),  # type: ignore[arg-type]  # refused
    "predicted without days": (
        lambda s, r: r.predict(s.assign(period_start=None)),
        "60 of 60 statements do not count area_cleared on known days",
    ),
    "predicted in another place": (
        lambda s, r: r.predict(s.set_axis([0] * 60).assign(operator="X")),
        "the first operator 'X', district 'all'",
    ),
    "rate of a frame": (lambda s, _: da.clearance_rate(s), "r must be a Reconciliation"),  # type: ignore[arg-type]  # refused
    # project
    "projection of a frame": (lambda s, _: da.project(s), "r must be a Reconciliation, as recon"),  # type: ignore[arg-type]  # refused
    "until in words": (lambda _, r: da.project(r, "soon"), "until must be a date"),
    "until before the end": (lambda _, r: da.project(r, "2023-01-01"), "until must be after"),
    "until too far": (lambda _, r: da.project(r, "9999-01-01"), "not after 2150-12-31"),
    "draws for centuries": (
        lambda _, r: da.project(r, "2150-12-31", draws=10**6),
        "draws must be at most .* weeks, got 1,000,000",
    ),
    "growth in words": (lambda _, r: _grown(r, "5"), "growth must be a number, got '5'"),
    "growth beyond numbers": (lambda _, r: _grown(r, 1e308), "from -100 to 1,000"),
    "no growth": (lambda _, r: _grown(r, np.nan), "growth must be a finite number"),
    "multiplier in words": (lambda _, r: _multiplied(r, ["a", "b"]), "must hold numbers"),
    "multiplier below nought": (lambda _, r: _multiplied(r, [1, -1]), "numbers from 0 to 1,000"),
    "multiplier not known": (lambda _, r: _multiplied(r, [1, np.nan]), "must hold numbers"),
    "multiplier twice": (
        lambda _, r: _multiplied(r, [1, 2], DATES[[0, 0]]),
        "each date once",
    ),
    "pause of one day": (
        lambda _, r: da.project(r, "2026-12-31", "pause", pause="2026-01-01"),  # type: ignore[arg-type]  # refused
        "pause must be two dates",
    ),
    # Projection
    "area in words": (lambda _, r: _done(r, "x"), "contaminated_area must be a number, got 'x'"),
    "area not known": (lambda _, r: _done(r, np.nan), "contaminated_area must be a finite number"),
    "area cleared already": (lambda _, r: _done(r, 10), "must be larger than the .* already clear"),
    "areas in a list": (lambda _, r: _done(r, [1e6]), "contaminated_area must be a number"),
    "no areas": (lambda _, r: _done(r, pd.Series(dtype=float)), "must have weights"),
    "weight in words": (lambda _, r: _done(r, pd.Series(["x"], [1e6])), "each weight"),
    "weight below nought": (lambda _, r: _done(r, pd.Series([-1.0], [1e6])), "must have weights"),
    "chance of words": (lambda _, r: _chance(r, "5", "2024-06-01"), "total_at_least must be"),
    "chance by no day": (lambda _, r: _chance(r, 5, None), "by must be a date"),
    "chance too late": (lambda _, r: _chance(r, 5, "2099-01-01"), "days must lie between"),
    # the others
    "plans of nothing": (lambda s, r: da.plans(s.head(0), r), "the frame has no rows"),
    "plans of no frame": (lambda _, r: da.plans(None, r), "statements must be a DataFrame"),  # type: ignore[arg-type]  # refused
    "plans without a series": (lambda s, _: da.plans(s, None), "r must be a Reconciliation"),  # type: ignore[arg-type]  # refused
    "audit as of words": (lambda s, _: da.audit(s, as_of="soon"), "as_of must be a date"),
    "jobs of nought": (lambda s, _: da.backtest(s, jobs=0), "jobs must be a whole number, 1 or"),
    "one origin": (lambda s, _: da.backtest(s, "2024-01-31"), "origins must be a list"),
    "no models": (lambda s, _: da.backtest(s, models=None), "models must be a list"),  # type: ignore[arg-type]  # refused
    "horizon in words": (lambda s, _: da.backtest(s, horizons=["4"]), "each of horizons must be"),  # type: ignore[list-item]  # refused
    "a model of nothing": (lambda s, _: _tested(s, None), "model 'mine' must return draws"),
    "a model of NaN": (lambda s, _: _tested(s, np.full((9, 9), np.nan)), "nought or more"),
    "victims of no frame": (lambda *_: victims(None), "casualties must be a DataFrame"),  # type: ignore[arg-type]  # refused
}


def _grown(r: da.Reconciliation, growth: Any) -> da.Projection:
    return da.project(r, "2026-12-31", "growth", growth=growth)


def _multiplied(
    r: da.Reconciliation, values: list[Any], dates: pd.DatetimeIndex = DATES
) -> da.Projection:
    return da.project(r, "2026-12-31", "multiplier", multiplier=pd.Series(values, dates))


def _done(r: da.Reconciliation, area: Any) -> object:
    return da.project(r, "2026-12-31").completion(contaminated_area=area)


def _chance(r: da.Reconciliation, total: Any, by: Any) -> float:
    return da.project(r, "2026-12-31").probability(total_at_least=total, by=by)


def _tested(rows: pd.DataFrame, work: Any) -> pd.DataFrame:
    return da.backtest(rows, ["2023-12-31"], models={"mine": lambda *_: work}, jobs=1)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_allowed_is_said(case: str, rows: pd.DataFrame, r: da.Reconciliation) -> None:
    call, says = REFUSED[case]
    with pytest.raises(DemineError, match=says):
        call(rows, r)


@pytest.mark.parametrize("name", ["anama", " ANAMA", "Anama"])
def test_case_of_names_does_not_matter(name: str) -> None:
    azerbaijan = da.load_statements("azerbaijan")
    assert da.reconcile(azerbaijan, "Area cleared", operator=name, draws=2).parts[0] == "ANAMA"


def test_a_plan_before_the_series_has_no_outcome(rows: pd.DataFrame, r: da.Reconciliation) -> None:
    day = pd.Timestamp("2019-01-01")
    early = rows.head(1).assign(status="planned", period="year", statement_id="early")
    early = early.assign(period_start=day, period_end=day + pd.Timedelta(364, "D"))
    found = da.plans(pd.concat([rows, early]), r)
    assert found["outcome"].tolist() == ["not known"]


def test_a_plan_of_nothing_has_no_ratio(rows: pd.DataFrame, r: da.Reconciliation) -> None:
    nothing = rows.tail(1).assign(status="planned", statement_id="nothing", value=0.0)
    found = da.plans(pd.concat([rows, nothing]), r)
    assert found["ratio"].isna().all()
    assert found["probability"].tolist() == [1.0]


@pytest.mark.parametrize("column", ["killed", "total"])
@pytest.mark.parametrize("cell", [-1.0, 1.5, np.inf, 1e15])
def test_counts_of_people_are_whole_numbers(column: str, cell: float) -> None:
    casualties = da.load_casualties("azerbaijan")
    with pytest.raises(DemineError, match=f"{column} of .* is no count of people"):
        victims(casualties.assign(**{column: cell}))


def test_more_killed_than_victims_is_left_out() -> None:
    casualties = da.load_casualties("azerbaijan")
    with pytest.raises(ParameterError, match="'more killed than victims'"):
        victims(casualties.assign(killed=casualties["total"] + 1, injured=np.nan))
