"""When the land will be clear: a distribution for each estimate of the contaminated area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from demine_analysis.arguments import number
from demine_analysis.errors import ParameterError
from demine_analysis.model import Floats
from demine_analysis.reconciliation.intervals import QUANTILES

MIXTURE = "mixture"


@dataclass(frozen=True)
class Completion:
    """The distribution of the completion date.

    Parameters
    ----------
    quantiles : DataFrame
        One row an estimate of the contaminated area (ha), and a last row "mixture" of all by
        their weights; columns median and intervals as everywhere, dates. NaT: not within the
        horizon, and no date is made up.
    done : DataFrame
        Index: the last day of each year; one column an estimate, and "mixture": share of draws
        in which clearance is done by then.
    not_done : Series
        Share of draws in which it is not done by the horizon, by estimate, and "mixture".
    weights : Series
        Weight of each estimate in the mixture; they add up to 1.
    horizon : Timestamp
        Last day looked at.
    """

    quantiles: pd.DataFrame
    done: pd.DataFrame
    not_done: pd.Series
    weights: pd.Series
    horizon: pd.Timestamp


def checked_estimates(given: float | pd.Series, cleared: float, through: pd.Timestamp) -> pd.Series:
    """Return estimates (ha) as index and their weights, which add up to 1.

    Raises
    ------
    ParameterError
        Where an estimate is not larger than what is already cleared, or weights are negative.
    """
    weights = _weighted(given)
    areas = weights.index.to_numpy(dtype=float)
    if not np.isfinite(weights).all() or not (weights >= 0).all() or not weights.sum() > 0:
        raise ParameterError(
            "contaminated_area must have weights of nought or more, not all of them nought"
        )
    if not (areas > cleared).all():
        raise ParameterError(
            f"contaminated_area must be larger than the {cleared:,.0f} ha already cleared by "
            f"{through:%Y-%m-%d}, got {areas.min():,.0f} ha"
        )
    weights = (weights / weights.sum()).sort_index()
    return weights.rename_axis("contaminated_area").rename("weight")


def _weighted(given: float | pd.Series) -> pd.Series:
    if not isinstance(given, pd.Series):
        return pd.Series({number(given, "contaminated_area"): 1.0})
    areas = [number(area, "each contaminated_area") for area in given.index.tolist()]
    weights = [number(weight, "each weight of contaminated_area") for weight in given.tolist()]
    series = pd.Series(weights, index=pd.Index(areas, dtype=float), dtype=float)
    return series.groupby(level=0).sum()


def completion(
    cumulative: Floats, origin: pd.Timestamp, start: pd.Timestamp, weights: pd.Series
) -> Completion:
    """Return when cumulative work reaches each estimate.

    Parameters
    ----------
    cumulative : (weeks + 1, draws) array
        Work done by the start of each week, ha, and by the end of the last.
    origin : Timestamp
        Monday of the first week.
    start : Timestamp
        First projected day; the table by year begins with its year.
    weights : Series
        As `checked_estimates` returns it.
    """
    horizon = origin + pd.Timedelta(days=7 * (len(cumulative) - 1) - 1)
    days = {area: _days(cumulative, float(area)) for area in weights.index}
    shares = {area: (found, np.full(len(found), 1 / len(found))) for area, found in days.items()}
    shares[MIXTURE] = (
        np.concatenate(list(days.values())),
        np.concatenate([shares[area][1] * weight for area, weight in weights.items()]),
    )
    ends = pd.date_range(start, horizon, freq="YE", name="by")
    limits = (ends - origin).days.to_numpy()
    done = {area: _share_by(*pair, limits) for area, pair in shares.items()}
    last = np.array([(horizon - origin).days])
    return Completion(
        quantiles=_quantiles(shares, origin),
        done=pd.DataFrame(done, index=ends).rename_axis(columns="contaminated_area"),
        not_done=pd.Series(
            {area: 1 - float(_share_by(*pair, last)[0]) for area, pair in shares.items()},
            name="not_done",
        ).rename_axis("contaminated_area"),
        weights=weights,
        horizon=horizon,
    )


def _days(cumulative: Floats, area: float) -> Floats:
    """Return the day, counted from the origin, on which each draw is done; inf where it is not."""
    reached = cumulative >= area
    week = reached.argmax(axis=0)
    column = np.arange(cumulative.shape[1])
    before, after = cumulative[np.maximum(week - 1, 0), column], cumulative[week, column]
    step = after - before
    part = np.clip(np.divide(area - before, step, out=np.ones_like(step), where=step > 0), 0, 1)
    day = np.ceil(7 * (week - 1 + part)) - 1
    return np.where(reached.any(axis=0), np.maximum(day, 0), np.inf)


def _share_by(days: Floats, share: Floats, limits: Floats) -> Floats:
    order = np.argsort(days, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(share[order])])
    return np.asarray(total[np.searchsorted(days[order], limits, side="right")] / total[-1])


def _quantiles(shares: dict[object, tuple[Floats, Floats]], origin: pd.Timestamp) -> pd.DataFrame:
    rows = {}
    for area, (days, share) in shares.items():
        order = np.argsort(days, kind="stable")
        total = np.cumsum(share[order])
        found = np.searchsorted(total, np.array(list(QUANTILES.values())) - 1e-12)
        rows[area] = days[order][np.minimum(found, len(days) - 1)]
    table = np.array(list(rows.values()))
    known = np.where(np.isfinite(table), table, 0)
    dates = (np.datetime64(origin, "D") + known.astype("timedelta64[D]")).astype("datetime64[us]")
    dates[~np.isfinite(table)] = np.datetime64("NaT", "us")
    index = pd.Index(list(rows), name="contaminated_area", dtype=object)
    return pd.DataFrame(dates, index=index, columns=list(QUANTILES))
