"""What all other figures say that a figure should print: the ground on which it is suspected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from demine_analysis.auditing.neighbours import (
    as_sure_as_neighbours,
    calibrated,
    far_from_neighbours,
)
from demine_analysis.errors import ReconcileError
from demine_analysis.reconciliation.fitting import reconcile
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.reconciliation.statements import days_counted, usable
from demine_analysis.vocabulary import METRICS

_LEAST_FIGURES = 8
"""Figures from which a metric's series says anything about a single one."""

_DOUBTFUL = 2.5
"""Standard deviations from which a figure does not get to vouch for others."""

_MOST_DOUBTFUL = 0.25
"""Part of the figures in doubt from which the work, not the figures, is uneven: none is judged."""

_DRAWS = 200
"""Draws for the spread of what a doubtful figure should print: known to a twentieth."""

_FARTHEST = pd.Timedelta(weeks=8)
"""Distance from an end of the series at which a notice is still judged by it."""

_PAST_END = 1.2
"""How much less sure the weeks past an end are than the last one was before its notice."""

_SHORTEST_WEEK = 4
"""Days between first and last from which a short notice is a week's."""

SMALLEST = 1e-12
_Z_50, _Z_80, Z_95 = 0.6745, 1.2816, 1.96
_QUANTILE = {50: _Z_50, 80: _Z_80}

INTERVAL = ["median", "lower_80", "upper_80", "lower_95", "upper_95", "z"]
"""Columns of a figure's expectation; `z` is the log deviation over its standard deviation."""


@dataclass(frozen=True)
class Expectation:
    """A metric's figures with what is expected of each.

    Parameters
    ----------
    metric : str
        What is counted.
    series : Reconciliation
        The series without doubtful figures.
    figures : DataFrame
        One row a figure: `statement_ids`, `value`, `lower`, `upper`, `start`, `end`, `operator`,
        `kind`, `mean` and `spread` (of the log expected), `papers` (how many print it), and the
        columns of `INTERVAL`.
    """

    metric: str
    series: Reconciliation
    figures: pd.DataFrame


def expectations(statements: pd.DataFrame) -> dict[str, Expectation]:
    """Return an expectation for each metric that has enough figures of achieved work."""
    found = {metric: _expectation(statements, metric) for metric in METRICS}
    return {metric: each for metric, each in found.items() if each is not None}


def _expectation(statements: pd.DataFrame, metric: str) -> Expectation | None:
    chosen = usable(statements, metric=metric)
    if metric == "contaminated_area" or chosen["period_end"].nunique() < _LEAST_FIGURES:
        return None
    try:
        series = reconcile(chosen, metric=metric)
    except ReconcileError:
        return None
    figures = _figures(series)
    doubtful = (figures["z"].abs() > _DOUBTFUL) | in_conflict(figures)
    doubtful |= far_from_neighbours(figures.assign(log=log_value(figures)))
    if doubtful.mean() >= _MOST_DOUBTFUL:
        return None
    trusted = ~doubtful
    if doubtful.any():
        series, figures = _without(chosen, series, figures, doubtful)
        trusted = pd.Series(np.arange(len(figures)) < (~doubtful).sum(), figures.index)
    figures = _with_intervals(calibrated(figures, trusted))
    pages = dict(zip(chosen["statement_id"], _pages(chosen), strict=True))
    papers = figures["statement_ids"].map(lambda names: len({pages[name] for name in names}))
    return Expectation(metric, series, figures.assign(papers=papers))


def _pages(statements: pd.DataFrame) -> pd.Series:
    """Return the page of each statement; each is its own where pages are not known."""
    known = "source_id" in statements
    return statements["source_id"] if known else statements["statement_id"]


def _figures(series: Reconciliation) -> pd.DataFrame:
    """Return the series' figures, each with what the others say of it."""
    residuals = series.residuals()
    residuals = residuals[~residuals.index.duplicated()]
    figures = series.evidence.figures.drop(columns="parts")
    own = residuals.loc[_first(figures)].set_axis(figures.index)
    return _with_intervals(figures.assign(**_moments(own)))


def _first(figures: pd.DataFrame) -> list[str]:
    """Return one statement of each figure."""
    return [names[0] for names in figures["statement_ids"]]


def _without(
    chosen: pd.DataFrame, series: Reconciliation, figures: pd.DataFrame, doubtful: pd.Series
) -> tuple[Reconciliation, pd.DataFrame]:
    """Return the series without the doubtful figures, and every figure seen from there."""
    left_out = figures.loc[doubtful, "statement_ids"].explode()
    rest = chosen[~chosen["statement_id"].isin(left_out)]
    clean = reconcile(rest, metric=series.scope.metric, scales=series.scales, draws=_DRAWS)
    apart, kept = figures[doubtful], _figures(clean)
    last = clean.weeks[-1] + pd.Timedelta(days=6)
    inside = (apart["start"] >= clean.origin) & (apart["end"] <= last)
    rows = chosen.set_index("statement_id", drop=False)
    asked = rows.loc[_first(apart[inside])].set_axis(apart.index[inside])
    judged = [kept, *_predicted(clean, apart[inside], asked, kept)]
    judged += [_beside(kept, each) for _, each in apart[~inside].iterrows()]
    return clean, pd.concat(judged, ignore_index=True)


def _predicted(
    clean: Reconciliation, figures: pd.DataFrame, asked: pd.DataFrame, kept: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield the figures with what the series expects of their statements."""
    if len(asked):
        # The middle half of a prediction is free of the misprints that it allows for.
        days = {"period_start": figures["start"], "period_end": figures["end"]}
        asked = asked.assign(operator=figures["operator"], **days)
        told = figures.assign(**_moments(clean.predict(asked), part=50))
        yield _with_intervals(as_sure_as_neighbours(told, kept))


def _beside(kept: pd.DataFrame, figure: pd.Series) -> pd.DataFrame:
    """Return a figure past an end of the series with what was expected of the nearest like it.

    The newest notice is judged by the weeks before it: nothing else is known yet.
    """
    row = figure.to_frame().T.astype(kept.dtypes)
    like = kept[(kept["kind"] == figure["kind"]) & (kept["operator"] == figure["operator"])]
    distance = (like["end"] - figure["end"]).abs()
    if like.empty or distance.min() > _FARTHEST or figure["kind"] == "total":
        return row
    near = like.loc[[distance.idxmin()]].set_axis(row.index)
    longer = np.log((days_counted(row) / days_counted(near)).astype(float))
    longer += row["day_share"] - near["day_share"]
    moments = {"mean": near["mean"] + longer, "spread": _PAST_END * near["spread"]}
    return _with_intervals(row.assign(**moments))


def same_days(figures: pd.DataFrame) -> pd.Series:
    """Return a name for the days and scope that each figure counts; a week has one name.

    Notices of a week print Monday to Saturday, to Sunday, or both Mondays, those of a day its date
    or the two that it touches.
    """
    middle = figures["start"] + (figures["end"] - figures["start"]) / 2
    monday = middle.dt.normalize() - pd.to_timedelta(middle.dt.day_of_week, unit="D")
    long_enough = (figures["end"] - figures["start"]).dt.days >= _SHORTEST_WEEK
    week = "week of " + monday.dt.strftime("%Y-%m-%d")
    days = figures["start"].dt.strftime("%Y-%m-%d/") + figures["end"].dt.strftime("%Y-%m-%d")
    weekly = (figures["kind"] == "week") & long_enough
    last = "day of " + figures["end"].dt.strftime("%Y-%m-%d")
    named = week.where(weekly, days).where(figures["kind"] != "day", last)
    return figures["operator"] + " " + named


def in_conflict(figures: pd.DataFrame) -> pd.Series:
    """Return which figures count the same days as another one that they cannot both be."""
    apart = pd.Series(data=False, index=figures.index)
    for _, group in figures.groupby(same_days(figures)):
        if len(group) > 1 and not _agree(group):
            apart[group.index] = True
    return apart


def _agree(group: pd.DataFrame) -> bool:
    """Return whether one number, give or take a printed unit, could be behind all figures."""
    slack = group["upper"] - group["lower"]
    return bool((group["lower"] - slack).max() <= (group["upper"] + slack).min())


def _moments(table: pd.DataFrame, part: int = 80) -> dict[str, pd.Series]:
    """Return mean and spread of the log from the columns of an interval frame."""
    names = ("median", f"lower_{part}", f"upper_{part}")
    median, lower, upper = (np.log(table[name].clip(lower=SMALLEST)) for name in names)
    spread = (upper - lower) / (2 * _QUANTILE[part])
    return {"mean": pd.Series(median), "spread": pd.Series(spread).clip(lower=1e-6)}


def _with_intervals(figures: pd.DataFrame) -> pd.DataFrame:
    mean, spread = figures["mean"], figures["spread"]
    return figures.assign(
        median=np.exp(mean),
        lower_80=np.exp(mean - _Z_80 * spread),
        upper_80=np.exp(mean + _Z_80 * spread),
        lower_95=np.exp(mean - Z_95 * spread),
        upper_95=np.exp(mean + Z_95 * spread),
        z=(log_value(figures) - mean) / spread,
    )


def log_value(figures: pd.DataFrame) -> pd.Series:
    """Return the log of the middle of each figure's interval; zero counts as a quarter unit."""
    middle = (figures["lower"] + figures["upper"]) / 2
    least = (0.25 * figures["upper"]).clip(lower=SMALLEST)
    return pd.Series(np.log(middle.where(middle > least, least)))
