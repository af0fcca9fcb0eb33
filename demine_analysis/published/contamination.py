"""Announced plans, published contamination estimates, and a straight line between the two."""

from __future__ import annotations

from typing import Any

import pandas as pd

from demine_analysis.reconciliation.statements import printed_unit
from demine_analysis.scope import WHOLE, Scope

from .choice import filled, roundings
from .select import known_by, matching, of_all_operators
from .totals import cumulative, daily_rate

#: Estimates of some of the contamination alone.
_PARTS = ("part", "confirmed")
#: Published weeks this many times larger or smaller than the median week are misprints.
_MISPRINT = 5
_YEAR_DAYS = 365.25


def announced_plans(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return the plans announced, one row a plan, at its first publication.

    Returns
    -------
    DataFrame
        `period_start`, `period_end`, `value` (ha), `qualifier`, `operator`, `district`,
        `land_use`, `published` (first seen), `n_statements`, `statement_id`, `source_id`.
        Plans without dates are left out.
    """
    scope = scope or Scope()
    frame = known_by(statements, scope.as_of)
    codes = {"status": "planned", "metric": scope.metric}
    if scope.district != "all":
        codes["district"] = scope.district
    frame = frame.iloc[filled(frame, matching(frame, codes), ["period_end"])]
    keys = ["period_start", "period_end", "value", "operator", "district", "land_use"]
    frame = frame.sort_values(["published", "statement_id"])
    counted = frame.assign(
        n_statements=frame.groupby(keys, dropna=False)["value"].transform("size")
    )
    columns = [*keys, "qualifier", "published", "n_statements", "statement_id", "source_id"]
    plans = counted.drop_duplicates(keys)[columns]
    return plans.sort_values(["period_end", "published"]).reset_index(drop=True)


def contamination_estimates(
    statements: pd.DataFrame, *, as_of: str | None = None, since: pd.Timestamp | None = None
) -> pd.DataFrame:
    """Return the published estimates of the contaminated area, one row an estimate.

    Estimates that do not say that they count the whole are left out where others do. Classes of
    contamination that a page prints beside each other are added up; a class alone is no estimate
    of the whole. Figures that are roundings of each other count as one. Estimates from before
    `since`, by default the first day of achieved work, are of what was contaminated before it, and
    left out.

    Returns
    -------
    DataFrame
        `value` (ha), `published` (first seen), `n_statements`, `statement_id` (several joined
        by ``;`` where classes were added), `source_id`; smallest value first.
    """
    frame = known_by(statements, as_of)
    achieved = frame.loc[frame["status"] == "achieved", "period_start"]
    first = achieved.min() if since is None else since
    codes = {"metric": "contaminated_area", "district": "all", "land_use": "all"}
    frame = frame.iloc[matching(frame, codes)]
    whole = frame["operator"].eq(WHOLE)
    frame = frame[whole] if whole.any() else frame
    if "estimate" not in frame:
        frame = frame.assign(estimate="")
    frame = frame[~(frame["period_end"] < first) & (frame["estimate"] != "remaining")]
    confirmed = set(frame.loc[frame["estimate"] == "confirmed", "source_id"])
    # A programme that says only what it suspects means all: confirmed beside it is a part of two.
    beside = (frame["estimate"] == "suspected") & frame["source_id"].isin(confirmed)
    part = frame["estimate"].isin(_PARTS) | beside
    classes = frame[part & frame["source_id"].map(frame[part]["source_id"].value_counts()).ge(2)]
    classes = classes[~classes["source_id"].isin(frame.loc[~part, "source_id"])]
    added = classes.groupby("source_id", as_index=False).agg(
        value=("value", "sum"),
        published=("published", "min"),
        statement_id=("statement_id", ";".join),
    )
    columns = ["value", "published", "statement_id", "source_id"]
    return _merge_roundings(pd.concat([frame.loc[~part, columns], added[columns]]))


def _merge_roundings(frame: pd.DataFrame) -> pd.DataFrame:
    """Join figures that are roundings of a finer one, which stands for them."""
    frame = frame.assign(unit=printed_unit(frame["value"])).sort_values(["unit", "statement_id"])
    frame = frame.reset_index(drop=True)
    value, unit = frame["value"].to_numpy(), frame["unit"].to_numpy()
    label = value.copy()
    for row in range(1, len(frame)):
        near = roundings(value[:row], value[row], unit[row])
        if near.any():
            label[row] = label[near.argmax()]
    merged = frame.groupby(label).agg(
        published=("published", "min"),
        n_statements=("value", "size"),
        statement_id=("statement_id", "first"),
        source_id=("source_id", "first"),
    )
    return merged.rename_axis("value").reset_index()


def straight_line(
    statements: pd.DataFrame,
    scope: Scope | None = None,
    *,
    basis: str = "52_weeks",
    contaminated_area: float | None = None,
) -> pd.DataFrame:
    """Return when clearance would end if it went on at one published pace.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    scope : Scope, optional
        Whose work, and known when. Land is clear when it is cleared: of another metric there is
        no line.
    basis : str
        ``52_weeks`` (mean of the last 52 published weeks, misprints by a factor of five or
        more left out) or ``last_year`` (last year with a published total).
    contaminated_area : float, optional
        Hectares to clear in all, instead of the published estimates.

    Returns
    -------
    DataFrame
        One row an estimate of the contaminated area: `contaminated_area`, `cleared` (last
        published running total), `remaining` (ha), `rate` (ha a day), `from_date`,
        `years_left`, `completion` (date), `basis`, and `statement_id` of the estimate,
        `cleared_statement_id`, `rate_statement_id` (several joined by ``;``).

    Notes
    -----
    The baseline of the projections: no season, no growth, no uncertainty.
    """
    scope = scope or Scope()
    if scope.metric != "area_cleared":
        return _straight_line_frame(contamination_estimates(statements).head(0))
    totals = cumulative(statements, scope)
    totals = totals[~totals["set_aside"]]
    rates = _recent_rates(statements, scope, basis)
    estimates = contamination_estimates(statements, as_of=scope.as_of)
    if contaminated_area is not None:
        estimates = pd.DataFrame({"value": [contaminated_area]})
    if totals.empty or rates.empty or estimates.empty:
        return _straight_line_frame(estimates.head(0))
    last = totals.iloc[-1]
    rate = float(rates["value"].mul(rates["days"]).sum() / rates["days"].sum())
    remaining = (estimates["value"] - last["value"]).clip(lower=0)
    years = remaining / rate / _YEAR_DAYS
    return _straight_line_frame(
        estimates,
        cleared=last["value"],
        remaining=remaining,
        rate=rate,
        from_date=totals.index[-1],
        years_left=years,
        completion=totals.index[-1] + pd.to_timedelta((remaining / rate).round(), unit="D"),
        basis=basis,
        cleared_statement_id=last["statement_id"],
        rate_statement_id=";".join(rates["statement_id"]),
    )


def _recent_rates(statements: pd.DataFrame, scope: Scope, basis: str) -> pd.DataFrame:
    """Return the daily rates a straight line rests on, single operators left out."""
    period = {"52_weeks": "week", "last_year": "year"}[basis]
    rates = of_all_operators(daily_rate(statements, scope, period=period), scope)
    rates = rates.tail(52 if period == "week" else 1)
    middle = rates["value"].median()
    return rates[rates["value"].between(middle / _MISPRINT, middle * _MISPRINT)]


def _straight_line_frame(estimates: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    names = [
        "contaminated_area",
        "cleared",
        "remaining",
        "rate",
        "from_date",
        "years_left",
        "completion",
        "basis",
        "statement_id",
        "source_id",
        "cleared_statement_id",
        "rate_statement_id",
    ]
    frame = estimates.rename(columns={"value": "contaminated_area"}).assign(**columns)
    return frame.reindex(columns=names)
