"""Plans that cannot be meant: larger than what there is to clear, or tiny beside what is done."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.sums import bounded
from demine_analysis.reconciliation.statements import intervals, publication_date

_PACE_LIMIT = 8.0
"""A plan that needs this many times a usual year is not meant."""

_AREA_LIMIT = 0.95
"""A plan of this part of the contaminated area is that area, not a plan."""

_TINY = 0.15
"""A plan of less than this part of the slowest pace reached is not meant."""

_YEAR = 365.25
_NEAR_ESTIMATE = 0.05
_LEAST_DAYS = 60
_FITS = 1.5
_PLACE = ["metric", "district", "land_use"]


def impossible_plans(statements: pd.DataFrame) -> list[Finding]:
    """Return plans for the country that exceed the contaminated area or any pace reached.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    """
    plans = _plans(statements)
    plans = plans[(plans["district"] == "all") & (plans["land_use"] == "all")]
    pace = _usual_year(statements)
    found = []
    for _, plan in plans.iterrows():
        area, related = _contaminated(statements, plan)
        if plan["lower"] >= _AREA_LIMIT * area or plan["lower"] > _PACE_LIMIT * pace * _years(plan):
            own = (plan["statement_id"],)
            found.append(Finding(own, "impossible_plan", "impossible_plan", related=related))
    return found


def _plans(statements: pd.DataFrame) -> pd.DataFrame:
    plans = statements[
        (statements["status"] == "planned") & (statements["metric"] == "area_cleared")
    ]
    limits = intervals(plans)
    return plans.assign(lower=limits["lower"], upper=limits["upper"], known=publication_date(plans))


def _usual_year(statements: pd.DataFrame) -> float:
    """Return the median published annual total of the country, infinity where there is none."""
    years = statements[
        (statements["metric"] == "area_cleared")
        & (statements["status"] == "achieved")
        & (statements["period"] == "year")
        & (statements["district"] == "all")
    ]
    return float(years["value"].median()) if len(years) else np.inf


def _years(plan: pd.Series) -> float:
    """Return the years that a plan has, one where the page does not tell."""
    starts = [day for day in (plan["period_start"], plan["known"]) if pd.notna(day)]
    if pd.isna(plan["period_end"]) or not starts:
        return 1.0
    return max(float((plan["period_end"] - min(starts)).days) / _YEAR, 1 / 12)


def _contaminated(statements: pd.DataFrame, plan: pd.Series) -> tuple[float, tuple[str, ...]]:
    """Return the largest contaminated area known when a plan appeared, and those like the plan."""
    estimates = statements[
        (statements["metric"] == "contaminated_area") & (statements["district"] == "all")
    ]
    known = estimates[~(publication_date(estimates) > plan["known"])]
    dated = known[publication_date(known).notna()]
    like = (dated["value"] / plan["value"] - 1).abs() <= _NEAR_ESTIMATE
    area = float(dated["value"].max()) if len(dated) else np.inf
    return area, tuple(dated.loc[like, "statement_id"])


def tiny_plans(statements: pd.DataFrame) -> list[Finding]:
    """Return plans for a year far below the slowest pace at which the same was done."""
    plans = _plans(statements)
    plans = plans[(plans["period"] == "year") & plans["period_end"].notna()]
    done = bounded(statements[statements["status"] == "achieved"])
    done = done.assign(days=(done["period_end"] - done["period_start"]).dt.days + 1)
    done = done[(done["days"] >= _LEAST_DAYS) & done["operator"].isin(["all", "unstated"])]
    return [finding for _, plan in plans.iterrows() for finding in _tiny(plan, done)]


def _tiny(plan: pd.Series, done: pd.DataFrame) -> Iterator[Finding]:
    same = done
    for name in _PLACE:
        same = same[same[name] == plan[name]]
    days = (plan["period_end"] - plan["period_start"]).days + 1
    expected = same["value"] / same["days"] * days
    if same.empty or plan["upper"] >= _TINY * expected.min():
        return
    outcome = expected[(same["period_end"] == plan["period_end"]) & (same["days"] == days)]
    moved = plan["value"] * 10
    fits = any(1 / _FITS < moved / value < _FITS for value in outcome)
    reading, value = ("decimal_point", float(moved)) if fits else ("tiny_plan", np.nan)
    own, related = (plan["statement_id"],), tuple(same["statement_id"])
    yield Finding(own, "tiny_plan", reading, value, related)
