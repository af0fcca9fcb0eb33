"""Forecasts against baselines and Prophet, and how fast a long projection is.

`.venv-bench/bin/python benchmarks/backtest.py` (`make bench` makes that environment: Prophet is a
dependency of the benchmarks alone). Prints the scoreboard, how the project's intervals held by year
of the origin and by kind of figure, where in its forecasts the printed figures lay (as many in each
tenth, were it right), then each target with what was reached.
"""

from __future__ import annotations

import logging
import time

import numpy as np
import pandas as pd
from prophet import Prophet

import demine_analysis as da
from demine_analysis.forecasting.backtest import MODELS, by_horizon, by_origin, scoreboard
from demine_analysis.reconciliation.result import Reconciliation

ALL = "all horizons"
DAYS = 7


def prophet(r: Reconciliation, weeks: int, rng: np.random.Generator) -> np.ndarray:
    """Return Prophet's forecast of the reconciled weeks, as it comes."""
    logging.getLogger("cmdstanpy").disabled = True
    known = r.weekly_draws()
    seed = int(rng.integers(2**31))
    model = Prophet(uncertainty_samples=known.shape[1])
    model.fit(pd.DataFrame({"ds": r.weeks, "y": np.median(known, axis=1)}), seed=seed)
    np.random.seed(seed)  # noqa: NPY002 - Prophet draws from the global generator
    ahead = pd.DataFrame({"ds": r.weeks[-1] + pd.to_timedelta(DAYS * np.arange(1, weeks + 1), "D")})
    return np.asarray(np.maximum(model.predictive_samples(ahead)["yhat"], 0.0))


def last_year_as_a_point(r: Reconciliation, weeks: int, _: np.random.Generator) -> np.ndarray:
    """Return the same weeks of last year without any spread: the seasonal naive forecast."""
    known = np.median(r.weekly_draws()[-52:], axis=1)
    path = known[np.arange(weeks) % len(known)]
    return np.repeat(path[:, np.newaxis], r.draw_count, axis=1)


def check(name: str, value: float, low: float, high: float) -> None:
    """Print a figure beside what it should be."""
    verdict = "yes" if low <= value <= high else "NO"
    print(f"{name:58} {value:6.3f}  {low:.2f} to {high:.2f}: {verdict}")


def main() -> None:
    """Run and print."""
    statements = da.load_statements("azerbaijan")
    models = MODELS | {"Prophet": prophet, "last year as a point": last_year_as_a_point}
    began = time.perf_counter()
    own = da.backtest(statements)
    duration = time.perf_counter() - began
    others = ["project", "Prophet", "last year as a point"]
    extra = da.backtest(statements, models={name: models[name] for name in others})
    frame = pd.concat([own, extra[extra["model"] != "project"]], ignore_index=True)
    board = scoreboard(frame)
    print(board.round(3).to_string(index=False), "\n")
    _print_coverage(own[own["model"] == "project"])
    table = by_horizon(board)
    project = table["project"]
    for name, limit in (
        ("mean of 52 weeks", 0.77),
        ("same weeks of last year", 0.68),
        ("last year as a point", 0.60),
        ("Prophet", 0.95),
    ):
        check(f"score over {name}", project[ALL] / table.loc[ALL, name], 0, limit)
    for group in table.index:
        limit = 0.75 if group == ALL else 1
        check(f"score over ETS, {group}", project[group] / table.loc[group, "ETS"], 0, limit)
    overall = board[(board["model"] == "project") & (board["horizon_group"] == ALL)].iloc[0]
    check("50% intervals cover", overall["covered_50"], 0.44, 0.56)
    check("80% intervals cover", overall["covered_80"], 0.74, 0.86)
    check("95% intervals cover", overall["covered_95"], 0.91, 1)
    worst = float(by_origin(own)["covered_80"].min())
    check("80% intervals cover, worst year of origins", worst, 0.65, 1)
    check("seconds for the whole backtest", duration, 0, 20)
    check("seconds to 2050 with 2,000 draws", _long_projection(statements), 0, 2)


def _print_coverage(own: pd.DataFrame) -> None:
    print(by_origin(own).round(3).to_string(index=False), "\n")
    kinds = own.groupby("period")[["relative_wis", "covered_50", "covered_80", "covered_95"]]
    print(kinds.mean().round(3).assign(forecasts=kinds.size()).to_string(), "\n")
    tenths = np.histogram(own["pit"], bins=10, range=(0, 1))[0] / len(own)
    print("printed figures by tenth of the forecast:", " ".join(f"{each:.0%}" for each in tenths))


def _long_projection(statements: pd.DataFrame) -> float:
    r = da.reconcile(statements)
    r.weekly()
    began = time.perf_counter()
    p = da.project(r, "2050-12-31", draws=2000)
    p.weekly()
    p.annual()
    p.completion()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
